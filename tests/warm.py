"""The only place that starts the tests' processes warm: forked from one parent that has imported the product.

`python -m tests.warm FOLDER` is that parent: it listens on a socket in the folder until its input is closed.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests import collector

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = frozenset({"audit", "load_district", "migrate", "worker"})
SETS_UP = "import django; django.setup()"
IMPORTED = (
    "project.urls", "project.web.management.commands.worker", "tests.builders", "tests.faults.importers",
    "gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "whitenoise.middleware",
)  # fmt: skip
DOOR = "door"
LONGEST = 4 << 20


def suits(command: tuple[str, ...]) -> bool:
    """Say whether the command begins with what the parent has done; what looks at a start-up starts from nothing."""
    verb, word = (*command, "", "")[:2]
    if verb == "manage.py":
        return word in COMMANDS
    return (
        word.startswith("tests.") or word == "gunicorn"
        if verb == "-m"
        else verb == "-c" and word.strip().startswith(SETS_UP)
    )


class Warm:
    """A process forked from the parent, to be waited for and killed like one of `subprocess`."""

    elsewhere = 0.0  # seconds of the processor of all that ended: they are no children of this process

    def __init__(self, command: tuple[str, ...], *, environment: Mapping[str, str], log: Path) -> None:
        self.args, self.returncode = command, None
        self.line = socket.socket(socket.AF_UNIX)
        self.line.connect(str(parent() / DOOR))
        order = {"command": command, "environment": dict(environment), "log": str(log)}
        self.line.sendall(json.dumps(order).encode() + b"\n")
        self.said = self.line.makefile("r")
        self.pid = int(self.said.readline())

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code, as `subprocess` does, once the process has ended."""
        if self.returncode is None:
            if not select.select([self.line], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            told = json.loads(self.said.readline())
            self.returncode = int(told["code"])
            Warm.elsewhere += told["cpu"]
            self.said.close()
            self.line.close()
        return self.returncode

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        try:
            return self.wait(timeout=0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process is known to have ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


@functools.cache
def parent() -> Path:
    """Start the parent of this process's warm processes, once; it ends with this process. Return its folder."""
    folder = tempfile.TemporaryDirectory(prefix="dongyi-warm-")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", folder.name], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def ended() -> None:
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=60)
        folder.cleanup()

    atexit.register(ended)
    assert process.stdout
    if process.stdout.readline() != b"open\n":
        raise RuntimeError("the parent of warm processes did not start")
    return Path(folder.name)


def main() -> None:
    """Import the product, then fork a child for every order and tell who ordered it how it ended."""
    import django

    django.setup()
    PBKDF2PasswordHasher.iterations = 1  # that a hash is slow is Django's own; here people only wait for it
    for name in IMPORTED:
        importlib.import_module(name)
    collector.seldom()
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(Path(sys.argv[1]) / DOOR))
    door.listen(64)
    ear, mouth = socket.socketpair()
    mouth.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(mouth.fileno(), warn_on_full_buffer=False)
    lines: dict[int, socket.socket] = {}
    os.write(1, b"open\n")
    while True:
        ready = select.select([door, ear, 0], [], [])[0]
        if 0 in ready:
            for pid in lines:
                os.kill(pid, signal.SIGKILL)
            return
        if ear in ready:
            ear.recv(4096)
        if door in ready:
            line, _ = door.accept()
            order = json.loads(line.makefile("rb").readline(LONGEST))
            if not (pid := os.fork()):
                become(order)
            lines[pid] = line
            line.sendall(b"%d\n" % pid)
        bury(lines)


def bury(lines: dict[int, socket.socket]) -> None:
    """Tell of every child that has ended who ordered it."""
    while lines:
        pid, status, used = os.wait4(-1, os.WNOHANG)
        if not pid:
            return
        told = {"code": os.waitstatus_to_exitcode(status), "cpu": used.ru_utime + used.ru_stime}
        with lines.pop(pid) as line, contextlib.suppress(BrokenPipeError):
            line.sendall(json.dumps(told).encode() + b"\n")


def become(order: dict[str, Any]) -> None:
    """Be the process that was ordered, in the fork, and end as Python ends."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        log = os.open(order["log"], os.O_WRONLY)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.closerange(3, 256)
        read_anew(order["environment"])
        code = run(order["command"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            threading._shutdown()
            atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def read_anew(environment: Mapping[str, str]) -> None:
    """Let Django's settings and connections be those of another environment; nothing was connected before."""
    from django.conf import Settings, settings
    from django.db import connections

    os.environ.clear()
    os.environ.update(environment)
    importlib.reload(sys.modules[os.environ["DJANGO_SETTINGS_MODULE"]])
    before, settings._wrapped = vars(settings._wrapped), Settings(os.environ["DJANGO_SETTINGS_MODULE"])
    for name in before.keys() - vars(settings._wrapped).keys():  # what apps added when they were loaded
        setattr(settings, name, before[name])
    for alias in connections:  # the objects that importing made, none of them open
        with contextlib.suppress(AttributeError):
            del connections[alias]
    connections.__dict__.pop("settings", None)
    connections._settings = None


def run(command: list[str]) -> int:
    """Run what stands behind `python` on a command line."""
    from django.core.management import execute_from_command_line

    verb, *rest = command
    if verb == "manage.py":
        sys.argv = command
        execute_from_command_line(command)
    elif verb == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["-c", *rest[1:]]
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
    return 0


if __name__ == "__main__":
    main()
