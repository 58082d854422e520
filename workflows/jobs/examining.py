"""How a file is examined: the request only keeps it, the worker has a child process look into it, pages tell the end.

A file that is usable moves into the archive; of one that is not only its digest and the reason stay. The job may run
twice or be killed: what was settled stays settled, and a file that took its worker down twice is not tried again.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from docs_templates.archive import read_object, store_bytes
from docs_templates.received import incoming, scanner, uploads
from docs_templates.received.incoming import Incoming
from docs_templates.received.signed_scans import codes_in
from docs_templates.received.uploads import UploadRefused
from proposals.case.correspondence.examinations import brought
from proposals.models import Examination, Person

Standing = Examination.Standing
MOST_TRIES = 2
LEFT_BEHIND = timedelta(days=1)
EVERY = 0.1  # seconds between two looks at what the worker found
LOST = "文件没有收全，请重新上传。"
TOO_OFTEN = "文件多次检查都没有完成，内容可能异常，请打印为普通PDF后重新上传。"
INFECTED = "文件含病毒，不能使用。请先查杀原文件所在的电脑。"


class QuotaReached(Exception):
    """The person has had as much examined today as a day allows; the message says so in Chinese."""


def within_quota(*, person: Person, size: int, at: datetime) -> None:
    """Raise QuotaReached where one more file of that size is more than a person may bring on a day."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    files, taken = brought(person_id=person.pk, since=day)
    if files >= settings.UPLOADS_A_DAY:
        raise QuotaReached(f"您今天已上传{files}个文件，达到每人每天的上限，请明天再传，或者请同事上传。")
    if taken + size > settings.UPLOAD_BYTES_A_DAY:
        most = settings.UPLOAD_BYTES_A_DAY // 1024**2
        raise QuotaReached(
            f"您今天上传的文件合计将超过每人每天{most}MB的上限，请压缩后再传、明天再传，或者请同事上传。"
        )


def begin(*, kept: Incoming, person: Person, at: datetime) -> Examination:
    """Return the examination of a file that was taken in, queued in the same transaction; one that is done stays done.

    What was found unusable is looked into anew: the reason may have been the moment's.
    """
    came = {"brought_by": person, "came_at": at, "media_type": kept.media_type, "size": kept.size}
    with transaction.atomic():
        row, new = Examination.objects.get_or_create(sha256=kept.sha256, defaults=came)
        again = not new and _anew(row, came)
        if new or again:
            queue(kept.sha256)
    row.refresh_from_db()
    if row.standing == Standing.USABLE:
        incoming.forget(sha256=kept.sha256)
    return row


def queue(sha256: str) -> None:
    """Let the worker look into a file that waits."""
    examine.enqueue(sha256)


def _anew(row: Examination, came: dict[str, Any]) -> bool:
    """Let a file that was found unusable wait again; of two who bring it at once one does it."""
    unusable = Examination.objects.filter(pk=row.pk, standing=Standing.UNUSABLE)
    fresh = {"standing": Standing.WAITING, "reason": "", "tries": 0, "times": F("times") + 1}
    return bool(unusable.update(**came, **fresh))


def awaited(*, sha256: str, seconds: float) -> Examination:
    """Return the examination as it stands when it is done, or when so many seconds are over."""
    until = time.monotonic() + seconds
    while (row := Examination.objects.get(sha256=sha256)).unfinished and time.monotonic() < until:
        time.sleep(EVERY)
    return row


@task()
def examine(sha256: str) -> str:
    """Look into a file that waits and settle what becomes of it; return how it stands."""
    settle(sha256=sha256)
    read_codes(sha256=sha256)
    return str(Examination.objects.get(sha256=sha256).standing)


def want_codes(*, sha256: str) -> None:
    """Have the page codes of a signed scan read, unless they are; what could not be read is tried anew."""
    rows = Examination.objects.exclude(standing=Standing.UNUSABLE).filter(sha256=sha256)
    unread = rows.filter(codes__isnull=True, codes_wanted=False) | rows.exclude(codes_fault="")
    with transaction.atomic():
        if unread.update(codes_wanted=True, codes=None, codes_fault=""):
            queue(sha256)


def read_codes(*, sha256: str) -> None:
    """Read the page codes of a usable file where somebody wants them."""
    rows = Examination.objects.filter(sha256=sha256, standing=Standing.USABLE, codes_wanted=True, codes__isnull=True)
    if not rows.exists():
        return
    try:
        rows.update(codes=codes_in(scan=read_object(sha256=sha256)))
    except UploadRefused as refused:
        rows.update(codes=[], codes_fault=str(refused)[:400])


def objection(*, sha256: str) -> str:
    """Return why a file cannot be used, looking into it here and now where it waits: for jobs that need the file."""
    settle(sha256=sha256)
    row = Examination.objects.filter(sha256=sha256).first()
    return row.reason if row else ""


def settle(*, sha256: str) -> None:
    """Settle what becomes of a file, where it waits."""
    waiting = Examination.objects.filter(sha256=sha256, standing=Standing.WAITING)
    row = waiting.first()
    if row is None:
        return
    waiting.update(tries=F("tries") + 1)  # outside of any transaction: it is to outlive a worker that is killed
    try:
        found = _found(row)
    except OSError:
        waiting.update(tries=F("tries") - 1)  # a full disk is no fault of the file
        raise
    waiting.update(**found, examined_at=timezone.now())
    incoming.forget(sha256=sha256)


def _found(row: Examination) -> dict[str, Any]:
    """Return what the columns of the examination become; a usable file stands in the archive when this returns."""
    try:
        if row.tries >= MOST_TRIES:
            raise UploadRefused(TOO_OFTEN)
        data = incoming.read(sha256=row.sha256)
        seen = uploads.looked(data=data)
        by = scanner.scanned(path=incoming.path_of(sha256=row.sha256))
    except FileNotFoundError:
        return {"standing": Standing.UNUSABLE, "reason": LOST}
    except scanner.Infected:
        return {"standing": Standing.UNUSABLE, "reason": INFECTED}
    except UploadRefused as refused:
        return {"standing": Standing.UNUSABLE, "reason": str(refused)[:400]}
    store_bytes(data=data, media_type=row.media_type, at=row.came_at)
    return {"standing": Standing.USABLE, "pages": seen.pages, "unread": seen.unread[:200], "scanner": by}


def tidy(*, at: datetime) -> int:
    """Take away files that were taken in a day ago and that nobody waits for; return how many."""
    names = incoming.left_behind(before=at - LEFT_BEHIND)
    waiting = set(Examination.objects.filter(standing=Standing.WAITING).values_list("sha256", flat=True))
    left = [name for name in names if name not in waiting]
    for name in left:
        incoming.forget(sha256=name)
    return len(left)
