"""Ask what scans files for viruses on this machine, ClamAV where it is there; without one a file is said unscanned."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

PATIENCE = 60  # seconds on the wall
CLEAN, INFECTED = 0, 1


class Infected(Exception):
    """The scanner named something in the file."""


def scanned(*, path: Path) -> str:
    """Return in Chinese by what the file was scanned, empty where nothing could scan it; raises Infected.

    The command is a setting and gets the file's path as its last word. Like clamdscan it ends with 0 for a clean file
    and with 1 for an infected one; anything else is no answer.
    """
    command = shlex.split(settings.SCANNER)
    if not command or shutil.which(command[0]) is None:
        return ""
    try:
        ended = subprocess.run([*command, str(path)], capture_output=True, timeout=PATIENCE, check=False).returncode
    except (subprocess.TimeoutExpired, OSError):
        return ""
    if ended == INFECTED:
        raise Infected
    return f"病毒已检（{Path(command[0]).name}）" if ended == CLEAN else ""
