"""Order: what must already have happened before a step of a case may be taken."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from proposals.case import snapshots, tasks
from proposals.case.correspondence import incoming
from proposals.case.lifecycle import CaseStep
from proposals.models import Examination, Proposal
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.vocabulary import Decider, Origin, Track
from workflows.papers import of_steps, scans
from workflows.preconditions import files
from workflows.preconditions.after_decision import (
    agreed,
    effective,
    founding_paper_numbered,
    goes_by_paper,
    goes_by_permit,
    goes_up,
    legs,
    may_go_down,
    merely_recorded,
    not_in_force,
    not_refused,
    not_yet_effective,
    party_committee_done,
    record_only,
    refused,
    still_open,
)
from workflows.preconditions.closed_periods import effect_open
from workflows.preconditions.consents import (
    ballot_saw_the_lines,
    chair_agreed_to_the_lines,
    city_was_consulted,
    compliance_saw_the_lines,
)
from workflows.preconditions.desks.lending import (
    delegate_fits,
    lender_holds_it,
    lent_by_or_to_me,
    lent_in_person,
    lent_within_limit,
)
from workflows.preconditions.desks.reading import given_in_person, read_within_limit, reader_fits, reading_is_open
from workflows.preconditions.desks.recalls import not_taken_up
from workflows.preconditions.desks.routing import fits_where_it_lies, law_has_changed
from workflows.preconditions.papers.readable import case_readable
from workflows.preconditions.papers.signing import can_be_drafted, letter_given, may_be_handled, signed_first
from workflows.preconditions.papers.titles import title_settled
from workflows.preconditions.papers.values import values_fit, values_stand


def has_lines(case: Proposal, act: Act) -> Iterator[Reason]:
    """A proposal says what shall change."""
    if not case.change_lines:
        yield Reason("NO_LINES", "还没有填写调整事项，请至少填写一项。")


def short_track(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only small matters take the short track."""
    if case.track != Track.SHORT:
        yield Reason("FULL_TRACK", "本类事项须经受理和论证，不能简易办理，请办理「报送编办」。")


def has_origin(case: Proposal, act: Act) -> Iterator[Reason]:
    """A proposal by instruction names the instruction or document."""
    if case.origin != Origin.UNIT and not case.leading_instruction:
        yield Reason("NO_INSTRUCTION", "来源为批示或上级文件的事项，请填写批示或文件的名称、日期。")


def incoming_number_free(case: Proposal, act: Act) -> Iterator[Reason]:
    """A number stands once in the incoming register."""
    yield from incoming.reasons(case=case, act=act)


def deciders(case: Proposal) -> set[str]:
    """Return the bodies that approve in the frozen route."""
    return {leg["decider"] for leg in case.route if leg["mode"] == "APPROVE"}


def office_decides(case: Proposal, act: Act) -> Iterator[Reason]:
    """The office decides only what the route leaves to it."""
    if case.route and deciders(case) != {Decider.OFFICE}:
        who = "、".join(Decider(one).label for one in sorted(deciders(case)))
        yield Reason("BEYOND_OFFICE", f"本事项应由{who}决定，请提请上会。")


def committee_decides(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only what the committee studies goes on its agenda."""
    if Decider.COMMITTEE not in legs(case):
        yield Reason("WITHIN_OFFICE", "本事项在编办权限内，由编办核准，不必提请上会。")


def party_committee_in_route(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only what the route sends there goes to the Party committee."""
    if Decider.PARTY_COMMITTEE not in legs(case):
        yield Reason("NOT_FOR_PARTY", "按审批权限，本事项不需报区委审定。")


def paper_belongs(case: Proposal, act: Act) -> Iterator[Reason]:
    """A number or seal is given to a paper that this stage makes."""
    slug = act.facts.get("paper")
    if slug and slug not in dict(of_steps.choices(case)):
        yield Reason("NO_SUCH_PAPER", "本环节没有这种文书，请从列表中选择。")


def not_numbered(case: Proposal, act: Act) -> Iterator[Reason]:
    """A paper that has its number is out: another one is drafted for another filing."""
    slug = act.facts.get("paper")
    if slug and of_steps.numbered(case=case, slug=slug):
        yield Reason("NUMBERED", "这份文书已编文号，不能再拟稿；制作有误请办理「重新制作文书」。")


def signed(case: Proposal, act: Act) -> Iterator[Reason]:
    """A paper is signed before it is numbered; that one which has its number gets no second is said by the number."""
    slug = act.facts.get("paper")
    if slug and not of_steps.numbered(case=case, slug=slug):
        yield from signed_first(case, act)


def lines_unchanged(case: Proposal, act: Act) -> Iterator[Reason]:
    """Changed lines need a new decision before they are filed again."""
    undecided = any(line.decided is None for line in case.change_lines if line.requested is not None)
    if undecided or snapshots.lines_digest(snapshots.lines_of(case)) != case.decided_digest:
        yield Reason("LINES_CHANGED", "调整事项与已决定的方案不同，请办理「重新论证」并再次提请审议。")


def filing_paper_numbered(case: Proposal, act: Act) -> Iterator[Reason]:
    """The paper to the city has its number before the package is sealed."""
    if not of_steps.upward(case):
        yield Reason("NO_NUMBER", "上报文件还没有编文号，请先办理「编文号」。")


def package_ready(case: Proposal, act: Act) -> Iterator[Reason]:
    """What goes up is the package of the newest sealing, made and entered."""
    yield from of_steps.package_reasons(case=case)


def withdrawal_asked(case: Proposal, act: Act) -> Iterator[Reason]:
    """The city consents to what it was asked."""
    if not case.withdrawal:
        yield Reason("NOT_ASKED", "没有收到撤回的函，不能办理同意撤回。")


def tasks_settled(case: Proposal, act: Act) -> Iterator[Reason]:
    """A case is closed when every task is done or explained."""
    for task in case.tasks.filter(done_on=None, explanation=""):
        yield Reason("TASK_OPEN", f"落实任务「{task.title}」（{task.unit}）还没有完成，请登记完成或说明原因。")


def task_known(case: Proposal, act: Act) -> Iterator[Reason]:
    """A report names one task of the case that is still open."""
    if not case.tasks.filter(done_on=None).exists():
        yield Reason("NO_TASKS", "没有待完成的落实任务，请先办理「新增落实任务」。")
        return
    found = len(tasks.named(case=case, facts=act.facts))
    title = act.facts.get("title") or "所选任务"
    if not found:
        yield Reason("NO_SUCH_TASK", f"没有「{title}」这项任务，请从任务列表中选择。")
    elif found > 1:
        yield Reason("SAME_TITLE", f"有{found}项任务都叫「{title}」，请从任务列表中选择其中一项。")


def scan_matches(case: Proposal, act: Act) -> Iterator[Reason]:
    """The signed scan has every page of the printed paper and no other."""
    yield from scans.reasons(case=case, facts=act.facts)


def upload_known(case: Proposal, act: Act) -> Iterator[Reason]:
    """A named file belongs to the case and may be used."""
    upload = act.facts.get("upload")
    if not upload:
        return
    found = case.uploads.told().filter(uuid=upload, dropped=False).first()
    if found is None:
        yield Reason("NO_SUCH_FILE", "没有找到所选材料，请先上传。")
    elif found.standing == Examination.Standing.UNUSABLE:
        yield Reason("FILE_UNUSABLE", f"材料「{found.name}」不可用：{found.objection}")
    elif found.standing == Examination.Standing.WAITING:
        yield files.waiting(found)


CASE_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        CaseStep.OPEN_COLLECTIVE: (case_readable,),
        CaseStep.SEND_TO_OFFICE: (has_lines, has_origin, case_readable),
        CaseStep.SEND_SMALL: (short_track, has_lines, case_readable),
        CaseStep.RESEND: (case_readable,),
        CaseStep.FINISH_ARGUMENT: (case_readable, compliance_saw_the_lines),
        CaseStep.SEND_TO_COMPLIANCE: (case_readable,),
        CaseStep.TAKE_BACK: (not_taken_up,),
        CaseStep.RECALL_TO_ARGUMENT: (not_taken_up,),
        CaseStep.RECALL_ITEM: (not_taken_up,),
        CaseStep.REROUTE: (law_has_changed, fits_where_it_lies),
        CaseStep.REGISTER_INCOMING: (incoming_number_free,),
        CaseStep.DECIDE_BY_OFFICE: (office_decides,),
        CaseStep.REARGUE: (still_open,),
        CaseStep.REOPEN_DECISION: (still_open, not_refused),
        CaseStep.PROPOSE_ITEM: (committee_decides, city_was_consulted),
        CaseStep.BEGIN_DELIBERATION: (chair_agreed_to_the_lines,),
        CaseStep.CIRCULATE: (chair_agreed_to_the_lines,),
        CaseStep.RESOLVE_APPROVED: (ballot_saw_the_lines,),
        CaseStep.RESOLVE_AMENDED: (ballot_saw_the_lines,),
        CaseStep.REFER_TO_PARTY_COMMITTEE: (party_committee_in_route,),
        CaseStep.RECORD_PARTY_COMMITTEE: (values_fit, values_stand),
        CaseStep.PREPARE_FILING: (goes_by_paper, goes_up, party_committee_done),
        CaseStep.PREPARE_DOWNWARD: (
            goes_by_paper,
            may_go_down,
            party_committee_done,
            not_yet_effective,
        ),
        CaseStep.CONSULT_CITY: (letter_given, signed_first),
        CaseStep.DRAFT_PAPER: (paper_belongs, not_numbered, title_settled, can_be_drafted, effect_open),
        CaseStep.REVIEW_PAPER: (may_be_handled,),
        CaseStep.SIGN_PAPER: (may_be_handled,),
        CaseStep.RETURN_PAPER: (may_be_handled,),
        CaseStep.ALLOT_NUMBER: (paper_belongs, title_settled, signed, effect_open),
        CaseStep.RECORD_EXTERNAL_NUMBER: (paper_belongs, title_settled, signed, effect_open),
        CaseStep.ATTACH_SIGNED_SCAN: (upload_known, scan_matches),
        CaseStep.SUPPLEMENT: (upload_known,),
        CaseStep.SEAL_PACKAGE: (filing_paper_numbered,),
        CaseStep.FILE_UPWARD: (package_ready,),
        CaseStep.CITY_APPROVE: (not_in_force, values_fit, values_stand),
        CaseStep.CITY_REJECT: (not_in_force,),
        CaseStep.CITY_RECORD: (merely_recorded, values_stand),
        CaseStep.REFILE: (lines_unchanged, case_readable),
        CaseStep.ISSUE_DOWNWARD: (agreed, founding_paper_numbered, effect_open),
        CaseStep.ISSUE_REFUSAL: (refused, signed_first),
        CaseStep.ISSUE_PERMIT: (goes_by_permit, agreed, party_committee_done),
        CaseStep.ISSUE_AHEAD: (agreed, party_committee_done, record_only, founding_paper_numbered, effect_open),
        CaseStep.BEGIN_IMPLEMENTATION: (effective,),
        CaseStep.FINISH_TASK: (task_known,),
        CaseStep.CLOSE_CASE: (tasks_settled,),
        CaseStep.REQUEST_WITHDRAWAL: (still_open,),
        CaseStep.CONSENT_WITHDRAWAL: (withdrawal_asked, still_open),
        CaseStep.DELEGATE: (lent_in_person, lender_holds_it, delegate_fits, lent_within_limit),
        CaseStep.END_DELEGATION: (lent_in_person, lent_by_or_to_me),
        CaseStep.GRANT_READING: (given_in_person, reader_fits, read_within_limit),
        CaseStep.END_READING: (given_in_person, reading_is_open),
    }
)
