"""What requests tell the security record: sign-ins, closed doors, refused steps, readings, what was handed out."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from proposals.models import Person
from workflows import security_record
from workflows.models import SecurityEvent

Kind = SecurityEvent.Kind
HANDED_OUT = (Kind.DOWNLOADED, Kind.EXPORTED)


def note(request: HttpRequest, kind: str, *, subject: str, detail: str = "") -> None:
    """Keep an event in a transaction of its own: what was refused has rolled everything else back."""
    person = request.user if request.user.is_authenticated else None
    security_record.note(kind=kind, at=timezone.now(), person=person, subject=subject, detail=detail)
    if kind in HANDED_OUT:
        vars(request)["handed_out"] = True


def note_reading(request: HttpRequest, *, subject: str, detail: str) -> None:
    """Keep that somebody read what no duty of his lets him read, once a request."""
    told = vars(request).setdefault("told_readings", set())
    if subject not in told:
        told.add(subject)
        note(request, Kind.READ, subject=subject, detail=detail)


def note_export(request: HttpRequest, response: HttpResponse) -> None:
    """Keep that a table or a list left as a file; stored files tell of themselves when they are handed out."""
    leaves = response.headers.get("Content-Disposition", "").startswith("attachment")
    if leaves and "handed_out" not in vars(request):
        note(request, Kind.EXPORTED, subject=request.path, detail=request.GET.urlencode())


def note_at_the_door(request: HttpRequest, kind: str, *, username: str) -> None:
    """Keep what happened to an account before anybody was signed in.

    A name that no account has may be a password typed in the wrong field: it is not kept.
    """
    person = Person.objects.filter(username=username).first()
    security_record.note(
        kind=kind, at=timezone.now(), person=person, subject=username if person else "没有这个账号",
        detail=request.META.get("REMOTE_ADDR", ""),
    )  # fmt: skip
