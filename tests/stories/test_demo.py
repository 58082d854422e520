"""The command behind `make demo`, in a process of its own: both cases come to the archive, their packages verify."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from docs_templates.models import FrozenPaper, Package
from docs_templates.verify import verify as verifier
from proposals.models import Proposal
from proposals.vocabulary import State
from tests import databases, depth
from tests.databases import Database

GIVEN = "import sys; from tests.stories import demonstrated; demonstrated.main(sys.argv[1])"


@pytest.mark.dear(300)
def test_the_demonstration_carries_both_cases_to_the_archive(
    tmp_path: Path, sqlite_template: Path, django_db_blocker
) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    file = folder / "dongyi.sqlite3"
    environment = {"DONGYI_DATABASE_URL": "", "DONGYI_SQLITE": str(file), "DONGYI_VAR": str(folder)}
    demonstration = Database("sqlite", {**environment, "DONGYI_ARCHIVE": str(folder / "archive")}, tmp_path)
    file.write_bytes(b"an older office")
    command = ("manage.py", "demo", "--no-serve") if depth.DEEP else ("-c", GIVEN, sqlite_template)
    said = demonstration.run(*command, timeout=1200)
    packages = sorted((folder / "packages").iterdir())
    with django_db_blocker.unblock(), databases.opened(demonstration) as database:
        archived = set(
            Proposal.objects.using(database.alias).filter(state=State.ARCHIVED).values_list("uuid", flat=True)
        )
        made = Package.objects.using(database.alias).filter(subject_uuid__in=archived)
        assert sorted((one.subject_uuid, one.kind) for one in made) == sorted(
            product(archived, sorted(Package.Kind.values))
        )
        assert {one.file_name for one in made} == {package.name for package in packages}
        papers = FrozenPaper.objects.using(database.alias).filter(subject_uuid__in=archived)
        assert papers.exists() and not papers.filter(rendered_sha256="").exists()
    assert (len(archived), len(packages)) == (2, 4) and all(str(package) in said for package in packages)
    for package in packages:
        run = subprocess.run([sys.executable, "-I", verifier.__file__, package], capture_output=True, text=True)
        assert run.returncode == 0 and "核验通过" in run.stdout, run.stdout
