"""What the steps of the minutes do: every change is a version, the signed one is frozen by its digest."""

from __future__ import annotations

from proposals.committee.meetings import Meeting
from proposals.committee.reading.whole import reading
from proposals.committee.steps.asks import CORRECTION, REASON
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, facts, line, text
from proposals.procedure.traits import Trait, having


def draft_minutes(meeting: Meeting, act: Act) -> None:
    """Draw the first version from the record."""
    _keep_minutes(meeting, act)


def edit_wording(meeting: Meeting, act: Act) -> None:
    """Change the wording where no fact stands; the older version stays."""
    _keep_minutes(meeting, act)


@having(Trait.AT_ONCE)
def circulate_minutes(meeting: Meeting, act: Act) -> None:
    """Send the draft to those present for 核对."""


@facts
class CommentMinutes:
    """What 「核对意见」 asks."""

    text: str = text("核对意见", required=False, help="无误请留空")


@having(Trait.QUIET)
def comment_minutes(meeting: Meeting, act: Act, told: CommentMinutes) -> None:
    """Say whether the draft is right, or what is wrong."""
    meeting.newest_minutes.comments.create(
        member=reading(meeting, act).on_roll(act.facts["member"]),
        agreed=not told.text,
        text=told.text,
        at=act.at,
    )


@facts
class ReworkMinutes:
    """What 「退回修改」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def rework_minutes(meeting: Meeting, act: Act, told: ReworkMinutes) -> None:
    """Take the draft back to the desk because of comments."""


def sign_minutes(meeting: Meeting, act: Act) -> None:
    """Sign the minutes; from now on they change only by numbered corrections."""
    signer = act.on_behalf_of or f"{act.actor.name}（{act.actor.post}）"
    meeting.minutes.filter(version=act.facts["version"]).update(signed_by=signer, signed_on=act.happened_on)


@facts
class ProposeCorrection:
    """What 「拟定更正」 asks."""

    place: str = line("更正处")
    before: str = line("原文")
    after: str = line("更正为")
    reason: str = asked(REASON)


def propose_correction(meeting: Meeting, act: Act, told: ProposeCorrection) -> None:
    """Draw up a correction of signed minutes; nothing is corrected until somebody else signs it."""
    facts = act.facts
    meeting.correction_drafts.create(
        uuid=facts["correction"], place=told.place, before=told.before, after=told.after,
        reason=told.reason, drawn_by_id=act.actor.id, drawn_name=facts["proposed_by"], drawn_at=act.at,
    )  # fmt: skip


@facts
class CorrectMinutes:
    """What 「签发更正」 asks."""

    correction: str = asked(CORRECTION)


def correct_minutes(meeting: Meeting, act: Act, told: CorrectMinutes) -> None:
    """Sign a correction that somebody else drew up; it gets its number, and the signed minutes stay as they are."""
    draft = meeting.correction_drafts.get(uuid=told.correction)
    meeting.corrections.create(
        n=act.facts["n"],
        place=act.facts["place"],
        before=act.facts["before"],
        after=act.facts["after"],
        reason=act.facts["reason"],
        by=act.on_behalf_of or f"{act.actor.name}（{act.actor.post}）",
        at=act.at,
        draft=draft,
        proposed_by=act.facts["proposed_by"],
        proposer=draft.drawn_by,
        signed_by_id=act.actor.id,
    )
    _settle(meeting, act, "SIGNED")


@facts
class DeclineCorrection:
    """What 「不予更正」 asks."""

    correction: str = asked(CORRECTION)
    reason: str = asked(REASON)


def decline_correction(meeting: Meeting, act: Act, told: DeclineCorrection) -> None:
    """Decline a correction with the reason; the minutes stay as they are."""
    _settle(meeting, act, "DECLINED")


def _settle(meeting: Meeting, act: Act, status: str) -> None:
    meeting.correction_drafts.filter(uuid=act.facts["correction"]).update(
        status=status, settled_at=act.at, remark=act.facts.get("reason", "") if status == "DECLINED" else ""
    )


def _keep_minutes(meeting: Meeting, act: Act) -> None:
    meeting.minutes.create(
        version=act.facts["version"],
        sections=act.facts["sections"],
        digest=act.facts["digest"],
        written_by_id=act.actor.id,
        at=act.at,
    )
