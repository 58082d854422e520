"""The door: when the tries to sign in are too many, by account and address, by account, and by address."""

from datetime import datetime, timedelta

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest


class Try(HttpRequest):
    """A request that axes has looked at."""

    axes_ip_address: str | None
    axes_attempt_time: datetime


class Door(AxesDatabaseHandler):
    """Pauses an account at an address as axes does, and brakes guessing that is spread over addresses or accounts.

    Where the account has signed in before, only the pause of account and address holds: nobody silences a member on
    his own computer by guessing elsewhere. A name that no account has is braked like any other, so nobody learns it.
    """

    def is_locked(self, request: Try, credentials: dict | None = None) -> bool:
        """Return whether this try is not even compared with the password."""
        if super().is_locked(request, credentials):
            return True
        username, address = get_client_username(request, credentials), request.axes_ip_address
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        braked = (
            _failures(recent.filter(username=username)) >= settings.SIGN_IN_FAILURES_OF_ACCOUNT
            or _failures(recent.filter(ip_address=address)) >= settings.SIGN_IN_FAILURES_FROM_ADDRESS
        )
        return braked and not _known(request, username, address)


def _failures(attempts: QuerySet[AccessAttempt]) -> int:
    return attempts.aggregate(all=Sum("failures_since_start"))["all"] or 0


def _known(request: Try, username: str | None, address: str | None) -> bool:
    """Return whether the account signed in from the address before, not too long ago."""
    since = request.axes_attempt_time - timedelta(days=settings.SIGN_IN_ADDRESS_KNOWN_DAYS)
    came = AccessLog.objects.filter(username=username, ip_address=address, attempt_time__gte=since)
    return address is not None and came.exists()
