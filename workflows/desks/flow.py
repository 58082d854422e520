"""The desks of the office on one screen: which states lie on whose desk, and who hands to whom."""

from __future__ import annotations

from collections.abc import Mapping

from viewflow import this
from viewflow.workflow.base import Flow

from proposals.models import Proposal
from proposals.vocabulary import Duty as D
from proposals.vocabulary import State as S
from workflows.desks.hand_over import Desk
from workflows.models import WorkItem


class StaffingFlow(Flow):
    """A staffing proposal from the draft to the archive; the case's state leads, the desks follow."""

    process_class = Proposal
    task_class = WorkItem
    process_title = "编制事项动议"

    drafting = Desk(S.DRAFT, S.UNIT_COLLECTIVE, S.RETURNED, duty=D.UNIT_DRAFTER, title="起草").hands_to(
        this.intake, this.office_review, this.archiving
    )
    intake = Desk(S.SUBMITTED, S.INTAKE_REVIEW, S.ARGUING, duty=D.OFFICE_CLERK, title="受理与论证").hands_to(
        this.drafting, this.compliance, this.office_review, this.suspended, this.archiving
    )
    compliance = Desk(S.COMPLIANCE_REVIEW, duty=D.COMPLIANCE, title="合法合规审查").hands_to(
        this.intake, this.office_review, this.drafting, this.archiving
    )
    office_review = Desk(S.OFFICE_REVIEW, duty=D.OFFICE_DIRECTOR, title="室务会研究").hands_to(
        this.drafting, this.intake, this.consulting, this.chair, this.dispatch, this.suspended, this.archiving
    )
    consulting = Desk(S.PRE_COMM, duty=D.OFFICE_CLERK, title="与市委编办沟通").hands_to(
        this.office_review, this.archiving
    )
    chair = Desk(S.AGENDA_APPROVAL, duty=D.COMMITTEE_CHAIR, title="议题审批").hands_to(
        this.office_review, this.meeting, this.suspended, this.archiving
    )
    meeting = Desk(
        S.SCHEDULED, S.IN_DELIBERATION, S.IN_CIRCULATION, S.APPROVED, S.APPROVED_AMENDED, S.MINUTES_DRAFT,
        duty=D.RECORDER, else_duty=(D.OFFICE_CLERK,), title="编委会审议",
    ).hands_to(this.intake, this.deferred, this.dispatch, this.archiving)  # fmt: skip
    deferred = Desk(S.DEFERRED, duty=D.OFFICE_DIRECTOR, title="暂缓事项").hands_to(
        this.intake, this.chair, this.archiving
    )
    dispatch = Desk(
        S.MINUTES_SIGNED, S.OFFICE_DECIDED, S.REJECTED, S.PARTY_COMMITTEE, S.DISPATCHING, S.CITY_RETURNED,
        S.CITY_APPROVED, S.CITY_RECORDED, S.CITY_REJECTED, S.IMPLEMENTING, duty=D.OFFICE_CLERK, title="行文与落实",
    ).hands_to(this.deferred, this.intake, this.signing, this.issuing, this.archiving)  # fmt: skip
    signing = Desk(S.PACKAGED, duty=D.OFFICE_DIRECTOR, title="上报").hands_to(
        this.dispatch, this.intake, this.city_reception
    )
    # What the city does on paper the office enters for it, where the city has nobody in the system.
    city_reception = Desk(
        S.FILED,
        duty=D.CITY_RECEIVER,
        else_duty=(D.CITY_REVIEWER, D.OFFICE_CLERK),
        title="市级签收",
    ).hands_to(this.city_review, this.dispatch, this.archiving)
    city_review = Desk(
        S.CITY_RECEIVED,
        S.CITY_ACCEPTED,
        duty=D.CITY_REVIEWER,
        else_duty=(D.OFFICE_CLERK,),
        title="市级办理",
    ).hands_to(this.dispatch, this.archiving)
    issuing = Desk(S.DISPATCHING_DOWN, duty=D.OFFICE_DIRECTOR, title="印发下达").hands_to(
        this.dispatch, this.intake, this.archiving
    )
    suspended = Desk(S.SUSPENDED, duty=D.OFFICE_DIRECTOR, title="中止").hands_to(this.intake)
    archiving = Desk(S.CLOSED, S.WITHDRAWN, S.VOID, duty=D.ARCHIVIST, title="归档").hands_to(this.archived)
    archived = Desk(S.ARCHIVED, duty=D.ARCHIVIST, title="已归档")


DESKS: Mapping[str, Desk] = {
    state: node for node in StaffingFlow.instance.nodes() if isinstance(node, Desk) for state in node.states
}
