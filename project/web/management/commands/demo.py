"""The command behind `make demo`: a fresh demonstration office, two cases carried to the archive, and the site."""

import fcntl
import shutil
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any, TextIO

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from proposals.models import Appointment, Person
from proposals.vocabulary import Duty

FOLDER = "demo"
# Only this command opens the accounts it has just made, on this machine's own address.
PASSWORD = "haibowan-demo"  # noqa: S105
RESTART_AFTER = 1.0


class Command(BaseCommand):
    """Build the demonstration anew each time; the folder it lives in is never anything else's."""

    # The database is opened only after its file was made anew; it is checked then.
    requires_system_checks = ()
    help = "Recreates the demonstration database, carries both demonstration cases, then serves the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where to serve, and whether to."""
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument("--port", type=int, default=8000, help="port on this machine (8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recreate the office, carry its cases, and serve the site."""
        if settings.VAR.name != FOLDER or connection.vendor != "sqlite":
            raise CommandError(f"the demonstration lives on SQLite in a folder named {FOLDER}: use `make demo`")
        if not options["no_serve"] and port_is_taken(options["port"]):
            raise CommandError(f"port {options['port']} is in use; try `make demo ARGS='--port 8001'`")
        # Held until the process ends: nobody recreates the office under a site that is being served.
        with alone():
            recreate()
            call_command("migrate", verbosity=0)
            call_command("check")
            call_command("load_district")
            call_command("demo_case", stdout=self.stdout)
            if not options["no_serve"]:
                Person.objects.filter(is_superuser=False).update(password=make_password(PASSWORD))
                self.serve(options["port"])

    def serve(self, port: int) -> None:
        """Run the worker and the site until interrupted."""
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        bind = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
        commands = [
            [*manage, "worker"],
            [sys.executable, "-m", "gunicorn", "project.wsgi", "--log-level", "warning", *bind],
        ]
        for label, username, name in logins():
            self.stdout.write(f"{username:12} {PASSWORD}   {label}：{name}")
        self.stdout.write(f"http://127.0.0.1:{port}/   Ctrl-C 结束")
        supervise(commands)


def logins() -> list[tuple[str, str, str]]:
    """Return one account per duty: the duty's label, the user name, and who it is."""
    found: dict[str, Person] = {}
    for appointment in Appointment.objects.select_related("person").order_by("person__post_order"):
        found.setdefault(appointment.duty, appointment.person)
    return [(Duty(duty).label, person.username, f"{person.name}（{person.post}）") for duty, person in found.items()]


def port_is_taken(port: int) -> bool:
    """Return whether something already answers on this machine's port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def alone() -> TextIO:
    """Return an open file that only one demonstration at a time can have."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    lock = (settings.VAR.parent / f"{FOLDER}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError("another demonstration is running; end it first") from None
    return lock


def recreate() -> None:
    """Empty the demonstration's folder, but for the key that this process has already read."""
    for path in settings.VAR.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "secret-key":
            path.unlink()
    # Static files are served from where they lie; the folder for collected ones is only looked for.
    settings.STATIC_ROOT.mkdir()


def supervise(commands: list[list[str]]) -> None:
    """Keep the commands running, each restarted when it ends, until this process is told to stop."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        # Under nohup a closed terminal is ignored, and stays ignored.
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, signal.default_int_handler)
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]
    try:
        while True:
            time.sleep(RESTART_AFTER)
            for place, process in enumerate(running):
                if process.poll() is not None:
                    running[place] = subprocess.Popen(commands[place], start_new_session=True)
    except KeyboardInterrupt:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
