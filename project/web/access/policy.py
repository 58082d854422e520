"""Who may open which page: every address names its readers and the step it takes; what is not listed stays closed.

A page's readers are duties. Which cases, meetings or registers a reader reaches is narrowed by the page itself
(reach.py), and whether a step may be taken is judged behind the one door, whatever this table says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from project.web.access import security_stream
from project.web.access.visit import Visit
from proposals.case.lifecycle import CaseStep
from proposals.committee.lifecycle import MeetingStep
from proposals.law.changes import RulebookStep
from proposals.procedure.paper_records import PaperRecordStep
from proposals.register.lifecycle import RegisterStep
from proposals.vocabulary import Duty as D
from workflows import access
from workflows.access import Held
from workflows.desks import lending

UNIT = frozenset({D.UNIT_DRAFTER, D.UNIT_HEAD})
OFFICE = frozenset({
    D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.COMPLIANCE, D.RECORDER, D.SEAL_KEEPER, D.ARCHIVIST,
})  # fmt: skip
COMMITTEE = frozenset({D.COMMITTEE_CHAIR, D.COMMITTEE_VICE, D.COMMITTEE_MEMBER, D.ATTENDEE})
SITTING = COMMITTEE - {D.ATTENDEE}
CALLING = frozenset({D.OFFICE_CLERK, D.RECORDER})
CITY = frozenset({D.CITY_RECEIVER, D.CITY_REVIEWER})
INSPECTION = frozenset({D.INSPECTOR})
MEETING = OFFICE | SITTING | INSPECTION
WORKING = UNIT | OFFICE | COMMITTEE | CITY | INSPECTION
DRAFTING = frozenset({D.UNIT_DRAFTER, D.OFFICE_CLERK})
ENTERING = frozenset({D.OFFICE_CLERK, D.RECORDER})
RECORDING = frozenset({D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.RECORDER})
KEEPING = frozenset({D.OFFICE_CLERK, D.OFFICE_DIRECTOR})
WATCHING = frozenset({D.AUDITOR, D.SECADMIN})
ANYBODY = frozenset({"*"})  # signed in, with duties or without


class Rule(NamedTuple):
    """Who may open an address; `step` names what its POST does: a step, `draft`, or "*" for any step of its subject."""

    readers: frozenset[str] | None
    step: str = ""


PUBLIC = Rule(readers=None)
SIGNED_IN = Rule(readers=ANYBODY)

POLICY: Mapping[str, Rule] = {
    # the site
    "login": PUBLIC,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "logout": SIGNED_IN,
    "type_size": SIGNED_IN,
    "worklist": SIGNED_IN,
    "done": SIGNED_IN,
    "mine": SIGNED_IN,
    "security": Rule(WATCHING),
    "queue": Rule(OFFICE | {D.SYSADMIN}),
    # cases
    "case_list": Rule(WORKING),
    "incoming": Rule(OFFICE | INSPECTION),
    "filing": Rule(OFFICE | INSPECTION),
    "city_list": Rule(CITY),
    "archive": Rule(OFFICE | CITY | INSPECTION),
    "case": Rule(WORKING),
    "case_flow": Rule(WORKING),
    "flow": Rule(WORKING),
    "flow_bpmn": Rule(WORKING),
    "case_step": Rule(WORKING, "*"),
    "case_new": Rule(DRAFTING, "draft"),
    "case_facts": Rule(DRAFTING, "draft"),
    "case_lines": Rule(DRAFTING, "draft"),
    "case_answers": Rule(DRAFTING, "draft"),
    "case_basis": Rule(DRAFTING, "draft"),
    "case_uploads": Rule(WORKING, "draft"),
    "case_evidence": Rule(WORKING),
    "upload": Rule(WORKING),
    "paper": Rule(WORKING),
    "manuscript": Rule(OFFICE | SITTING | INSPECTION, CaseStep.DRAFT_PAPER),
    "manuscript_preview": Rule(OFFICE | SITTING | INSPECTION),
    "package": Rule(WORKING),
    # the committee
    "meetings": Rule(MEETING),
    "meeting_new": Rule(CALLING, "draft"),
    "meeting": Rule(MEETING),
    "meeting_live": Rule(MEETING),
    "meeting_screen": Rule(MEETING),
    "meeting_step": Rule(MEETING, "*"),
    "meeting_paper": Rule(CALLING, PaperRecordStep.RECORD_ON_BEHALF),
    "meeting_votes": Rule(MEETING),
    "ballot": Rule(SITTING),
    "ballot_live": Rule(SITTING),
    "ballot_review": Rule(SITTING, MeetingStep.CAST_BALLOT),
    "ballot_cast": Rule(SITTING, MeetingStep.CAST_BALLOT),
    "minutes": Rule(MEETING),
    "minutes_compare": Rule(MEETING),
    "minutes_step": Rule(MEETING, "*"),
    # what happened on paper
    "paper_records": Rule(RECORDING),
    "paper_record": Rule(RECORDING, PaperRecordStep.CONFIRM_RECORD),
    "paper_record_new": Rule(ENTERING, PaperRecordStep.RECORD_ON_BEHALF),
    "city_reply_on_paper": Rule(ENTERING, PaperRecordStep.RECORD_ON_BEHALF),
    # the register and its ledger
    "register": Rule(WORKING),
    "body": Rule(WORKING),
    "caps": Rule(WORKING - UNIT),
    "ledger": Rule(WORKING - UNIT),
    "closed_periods": Rule(WORKING - UNIT),
    "permits": Rule(OFFICE | INSPECTION),
    "number_register": Rule(OFFICE | INSPECTION),
    "register_step": Rule(KEEPING, "*"),
    "opening_import": Rule(KEEPING, "draft"),
    "opening": Rule(KEEPING, RegisterStep.IMPORT_OPENING),
    "opening_template": Rule(KEEPING),
    "reconciliation": Rule(OFFICE | INSPECTION, RegisterStep.RECONCILE),
    "plan_export": Rule(WORKING),
    # the registers beside it, the figures, the rulebook
    "problems": Rule(WORKING - UNIT),
    "use_plans": Rule(WORKING - UNIT),
    "talent_pool": Rule(WORKING - UNIT),
    "duty_lists": Rule(WORKING - UNIT),
    "pledges": Rule(WORKING - UNIT),
    "figures": Rule(WORKING - UNIT),
    "side_step": Rule(KEEPING | INSPECTION, "*"),
    "rulebook": Rule(WORKING - UNIT),
    "founding_law": Rule(KEEPING | {D.OFFICE_REVIEWER}, RulebookStep.ADOPT_PROFILE),
    "standing_law": Rule(KEEPING | {D.OFFICE_REVIEWER}, RulebookStep.TAKE_OVER_LAW),
    "rulebook_step": Rule(KEEPING | {D.OFFICE_REVIEWER}, "*"),
    "rule_change": Rule(KEEPING | {D.OFFICE_REVIEWER}, RulebookStep.CONFIRM_CHANGE),
}


def held_by(request: HttpRequest) -> Held:
    """Return the duties of the person today, read once a request; an administrator's other duties do not count."""
    visit = cast(Visit, request)
    if not hasattr(visit, "held"):
        held = access.standing(person_id=visit.user.pk, on=timezone.localdate())
        visit.held = tuple(pair for pair in held if pair[0] in access.ADMINISTRATORS) or held
    return visit.held


def lent_on(request: HttpRequest, kwargs: Mapping[str, object]) -> Held:
    """Return the duties that are lent to the person today on the case that the address names."""
    case = kwargs.get("case")
    if not isinstance(case, UUID):
        return ()
    rows = lending.standing(on=timezone.localdate()).filter(user=request.user.pk, content_object__uuid=case)
    return tuple(rows.values_list("duty", "path"))


def opens(*, name: str, held: Held) -> bool:
    """Return whether one of the duties opens the page."""
    rule = POLICY.get(name)
    if rule is None:
        return False
    return rule.readers is None or rule.readers == ANYBODY or any(duty in rule.readers for duty, _ in held)


class PolicyMiddleware:
    """Stand before every page; a page that the table does not name cannot be opened at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the page is checked once its name is known. What leaves as a file is noted."""
        response = self.get_response(request)
        security_stream.note_export(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Send strangers to the login page and refuse those whose duties do not open the page."""
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if name not in POLICY:
            raise ImproperlyConfigured(f"{name} has no line in the policy table")
        visit = cast(Visit, request)
        if POLICY[name].readers is None:
            return None
        if not request.user.is_authenticated:
            if visit.htmx:
                return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
            return redirect_to_login(request.get_full_path())
        if not opens(name=name, held=held_by(request)) and not opens(name=name, held=lent_on(request, kwargs)):
            security_stream.note(request, security_stream.Kind.DENIED, subject=request.path)
            raise PermissionDenied
        return None
