"""What the steps of the minutes do: every change is a version, the signed one is frozen by its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.committee.lifecycle import step
from proposals.procedure.act import Act

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting
    from proposals.committee.minutes.models import Minutes


class Minuting:
    """纪要: drafted from the record, worded, checked by those present, signed, corrected by number."""

    @step
    def draft_minutes(self: Meeting, act: Act) -> None:
        """Draw the first version from the record."""
        self._keep_minutes(act)

    @step
    def edit_wording(self: Meeting, act: Act) -> None:
        """Change the wording where no fact stands; the older version stays."""
        self._keep_minutes(act)

    @step
    def circulate_minutes(self: Meeting, act: Act) -> None:
        """Send the draft to those present for 核对."""

    @step
    def comment_minutes(self: Meeting, act: Act) -> None:
        """Say whether the draft is right, or what is wrong."""
        self.newest_minutes.comments.create(
            member=self.seat(act.facts["member"]),
            agreed=not act.facts.get("text"),
            text=act.facts.get("text", ""),
            at=act.at,
        )

    @step
    def rework_minutes(self: Meeting, act: Act) -> None:
        """Take the draft back to the desk because of comments."""

    @step
    def sign_minutes(self: Meeting, act: Act) -> None:
        """Sign the minutes; from now on they change only by numbered corrections."""
        signer = act.on_behalf_of or f"{act.actor.name}（{act.actor.post}）"
        self.minutes.filter(version=act.facts["version"]).update(signed_by=signer, signed_on=act.happened_on)

    @step
    def propose_correction(self: Meeting, act: Act) -> None:
        """Draw up a correction of signed minutes; nothing is corrected until somebody else signs it."""
        facts = act.facts
        self.correction_drafts.create(
            uuid=facts["correction"], place=facts["place"], before=facts["before"], after=facts["after"],
            reason=facts["reason"], drawn_by_id=act.actor.id, drawn_name=facts["proposed_by"], drawn_at=act.at,
        )  # fmt: skip

    @step
    def correct_minutes(self: Meeting, act: Act) -> None:
        """Sign a correction that somebody else drew up; it gets its number, and the signed minutes stay as they are."""
        draft = self.correction_drafts.get(uuid=act.facts["correction"])
        self.corrections.create(
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
        self._settle(act, "SIGNED")

    @step
    def decline_correction(self: Meeting, act: Act) -> None:
        """Decline a correction with the reason; the minutes stay as they are."""
        self._settle(act, "DECLINED")

    def _settle(self: Meeting, act: Act, status: str) -> None:
        self.correction_drafts.filter(uuid=act.facts["correction"]).update(
            status=status, settled_at=act.at, remark=act.facts.get("reason", "") if status == "DECLINED" else ""
        )

    @property
    def newest_minutes(self: Meeting) -> Minutes:
        """The newest version of the minutes; raises Minutes.DoesNotExist when there is none."""
        return self.minutes.latest("version")

    def _keep_minutes(self: Meeting, act: Act) -> None:
        self.minutes.create(
            version=act.facts["version"],
            sections=act.facts["sections"],
            digest=act.facts["digest"],
            written_by_id=act.actor.id,
            at=act.at,
        )
