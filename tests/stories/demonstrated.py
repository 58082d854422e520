"""The command behind `make demo` without the migrations from nothing: their tables were made once for the whole run."""

from __future__ import annotations

import os
import runpy
import shutil
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from project.web.management.commands import migrate


def main(template: str) -> None:
    """Run `manage.py demo --no-serve`; where it migrates it is given a copy of the file that `migrate` made."""

    def given(command: migrate.Command, *args: Any, **options: Any) -> None:
        target = Path(os.environ["DONGYI_SQLITE"])
        assert not target.exists(), "the demonstration goes on with an older office"
        os.umask(0o077)
        shutil.copyfile(template, target)

    sys.argv = ["manage.py", "demo", "--no-serve"]
    with mock.patch.object(migrate.Command, "handle", given):
        runpy.run_path("manage.py", run_name="__main__")
