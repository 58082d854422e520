"""The command that carries the demonstration cases from draft to archived package and verifies what came of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from docs_templates import archive
from docs_templates.models import Package
from project.demonstration import cases
from workflows.attempt import Refused


class Command(BaseCommand):
    """Print one line a step, then each package's path and the verdict of the verifier that travels inside."""

    help = "Carries the two demonstration cases through the whole life cycle."

    def handle(self, *args: Any, **options: Any) -> None:
        """Carry one case, verify its packages, and print where they lie."""
        try:
            packages = cases.run(self.stdout.write)
        except Refused as refusal:
            raise CommandError("\n".join(str(reason) for reason in refusal.reasons)) from refusal
        self.stdout.write("")
        for package in packages:
            self.stdout.write(f"{package.get_kind_display()}：{verified(package)}")
        for package in packages:
            self.stdout.write(str(copied(package)))


def copied(package: Package) -> Path:
    """Lay a copy of the package beside the archive under its own name and return its path."""
    folder = settings.VAR / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / package.file_name
    file.write_bytes(archive.read_object(sha256=package.sha256))
    return file


def verified(package: Package) -> str:
    """Return what the package's own verifier says; raise CommandError when it finds fault."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / package.file_name
        file.write_bytes(archive.read_object(sha256=package.sha256))
        subprocess.run([sys.executable, "-m", "zipfile", "-e", file.name, "out"], cwd=folder, check=True)
        script = next(Path(folder, "out").rglob("verify.py"))
        done = subprocess.run(
            [sys.executable, "-I", script, script.parent], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise CommandError(f"{package.file_name}：\n{done.stdout}{done.stderr}")
    return done.stdout.strip().splitlines()[-1]
