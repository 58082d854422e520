"""Whether the site lives, and whether it is ready to serve."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from workflows.jobs import pulse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer: the process lives."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer whether the database, its migrations, the archive and the fonts are in place; 503 when one is not.

    `worker` tells whether one lives and the clock is trusted; pages are served without, so it closes nothing.
    """
    checks = {
        "database": _database(),
        "archive": _writable(),
        "fonts": settings.FONTS_ROOT.is_dir() and any(settings.FONTS_ROOT.iterdir()),
    }
    alive = checks["database"] and not pulse.complaint(at=timezone.now())
    return JsonResponse({**checks, "worker": alive}, status=200 if all(checks.values()) else 503)


def _database() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False


def _writable() -> bool:
    root = settings.ARCHIVE_ROOT
    try:
        root.mkdir(parents=True, exist_ok=True)
        probe = root / ".ready"
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True


urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
