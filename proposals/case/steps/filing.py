"""What the steps of filing, replying, carrying out and archiving write down; the other half of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.case import snapshots, tasks
from proposals.case.lifecycle import CASE_STEPS
from proposals.case.manuscripts import Manuscript
from proposals.case.steps.drafting import day
from proposals.case.values import in_force, titles
from proposals.procedure.act import Act
from proposals.procedure.table import bind

if TYPE_CHECKING:
    from proposals.case.models import Proposal

step = bind(CASE_STEPS)


class Filing:
    """上报: paperwork, sealing, the package and the city's answer."""

    @step
    def prepare_filing(self: Proposal, act: Act) -> None:
        """Begin the paperwork for the city."""

    @step
    def allot_number(self: Proposal, act: Act) -> None:
        """Give a paper its number; the paper is final from here and is made from the facts of this moment."""
        titles.set_anew(self, act)
        self.numbers = {**self.numbers, act.facts["paper"]: act.facts["number"]}
        self._numbered(act.facts["paper"])

    @step
    def record_external_number(self: Proposal, act: Act) -> None:
        """Enter a number given by another office, outside our own series."""
        titles.set_anew(self, act)
        self.numbers = {**self.numbers, act.facts["paper"]: act.facts["number"]}
        self._numbered(act.facts["paper"])

    @step
    def register_sealing(self: Proposal, act: Act) -> None:
        """Enter that a paper was sealed: which, how many copies, by whom approved."""
        sealing = {"paper": act.facts["paper"], "copies": act.facts["copies"], "on": act.happened_on.isoformat()}
        self.sealings = [*self.sealings, sealing]

    @step
    def attach_signed_scan(self: Proposal, act: Act) -> None:
        """Attach the signed and sealed scan of a paper; it is the issued copy."""
        self.scans = {**self.scans, act.facts["paper"]: {"upload": act.facts["upload"], "sha256": act.facts["sha256"]}}

    @step
    def seal_package(self: Proposal, act: Act) -> None:
        """Seal the filing package: which papers, in which order, with the chronicle up to this entry."""

    @step
    def reopen_dispatch(self: Proposal, act: Act) -> None:
        """Take a sealed package back to paperwork before it went up."""

    @step
    def record_package(self: Proposal, act: Act) -> None:
        """Enter the hash of the package that was made for the sealing entry."""
        package = {name: act.facts[name] for name in ("package", "sha256", "size", "kind", "round")}
        self.packages = [*self.packages, package]

    @step
    def file_upward(self: Proposal, act: Act) -> None:
        """Send the package up; from now on the city office has the case."""
        self.filed_on = act.happened_on

    @step
    def sign_for(self: Proposal, act: Act) -> None:
        """The city office signs for the package."""

    @step
    def city_accept(self: Proposal, act: Act) -> None:
        """The city office accepts the case for handling."""

    @step
    def supplement(self: Proposal, act: Act) -> None:
        """Hand in a further paper within the same round."""

    @step
    def city_return(self: Proposal, act: Act) -> None:
        """The city returns the case with reasons from its six checks."""
        self._enter_reply(act, "退回")

    @step
    def city_approve(self: Proposal, act: Act) -> None:
        """The city approves, in whole or in part: a granted value on every line."""
        self._enter_reply(act, "批复同意")
        snapshots.set_granted(self, in_force.said(act.facts) or in_force.AS_LAID)

    @step
    def city_record(self: Proposal, act: Act) -> None:
        """The city takes the matter on record."""
        self._enter_reply(act, "备案")
        snapshots.set_granted(self, in_force.AS_LAID)

    @step
    def city_reject(self: Proposal, act: Act) -> None:
        """The city does not agree."""
        self._enter_reply(act, "不予同意")
        self.agreed = False
        snapshots.set_granted(self, None)

    @step
    def refile(self: Proposal, act: Act) -> None:
        """Correct papers and file again with unchanged lines, as the next round; a wish to withdraw is over."""
        self.round += 1
        self.withdrawal = dict[str, str]()
        self._keep_round(act)

    def _numbered(self: Proposal, paper: str) -> None:
        """A signed manuscript serves one paper; the next filing is drafted and signed anew."""
        self.manuscripts.filter(paper=paper, stage=Manuscript.Stage.SIGNED).update(stage=Manuscript.Stage.NUMBERED)

    def _enter_reply(self: Proposal, act: Act, result: str) -> None:
        self.city_reply = {
            "result": result,
            "number": act.facts.get("number", ""),
            "on": act.happened_on.isoformat(),
            "text": act.facts.get("reason", "") or act.facts.get("opinion", ""),
            "on_paper": bool(act.on_behalf_of),
        }


class CarryingOut:
    """组织实施: the founding paper, tasks, closing, archive."""

    @step
    def prepare_downward(self: Proposal, act: Act) -> None:
        """Begin the paper that goes down to the units."""

    @step
    def issue_downward(self: Proposal, act: Act) -> None:
        """Issue the founding paper: the plan takes effect and is posted."""
        self.effective_on = self.effective_on or day(act.facts.get("effective_on")) or act.happened_on

    @step
    def issue_ahead(self: Proposal, act: Act) -> None:
        """Issue the founding paper of a matter that the city only records, without waiting."""
        self.effective_on = day(act.facts.get("effective_on")) or act.happened_on

    @step
    def issue_permit(self: Proposal, act: Act) -> None:
        """Issue the permit to use approved posts, with the day it expires."""
        self.numbers = {"hezhundan": act.facts.get("number", ""), **self.numbers}
        self.effective_on = self.closed_on = act.happened_on

    @step
    def issue_refusal(self: Proposal, act: Act) -> None:
        """Tell the unit in writing that the matter was not agreed to."""
        self.numbers = {"fuhan": act.facts.get("number", ""), **self.numbers}
        self._numbered("fuhan")
        self.closed_on = act.happened_on

    @step
    def begin_implementation(self: Proposal, act: Act) -> None:
        """Go over to carrying out what already took effect."""

    @step
    def add_task(self: Proposal, act: Act) -> None:
        """Write down who has to do what by when."""
        facts = act.facts
        due_on = day(facts.get("due_on"))
        self.tasks.create(uuid=facts["task"], title=facts["title"], unit=facts["unit"], due_on=due_on)

    @step
    def finish_task(self: Proposal, act: Act) -> None:
        """Report a task as done, or explain why it is not."""
        explanation = act.facts.get("explanation", "")
        done_on = None if explanation else act.happened_on
        tasks.named(case=self, facts=act.facts).update(done_on=done_on, explanation=explanation)

    @step
    def close_case(self: Proposal, act: Act) -> None:
        """Close the case: every task is done or explained."""
        self.closed_on = act.happened_on

    @step
    def archive(self: Proposal, act: Act) -> None:
        """Complete the archive package and put the case to rest."""


class Aside:
    """Out of the ordinary: withdrawal, suspension, urging, reissue."""

    @step
    def reissue_paper(self: Proposal, act: Act) -> None:
        """Make a paper anew whose making failed; decided values stay."""

    @step
    def withdraw(self: Proposal, act: Act) -> None:
        """End the proposal before it was filed: it is withdrawn, not corrected."""
        self.withdrawal = {"reason": act.facts["reason"], "on": act.happened_on.isoformat()}

    @step
    def request_withdrawal(self: Proposal, act: Act) -> None:
        """Ask the city in a letter to let the filed case be withdrawn."""
        self.withdrawal = {
            "reason": act.facts["reason"],
            "letter": act.facts["letter"],
            "asked_on": act.happened_on.isoformat(),
        }

    @step
    def consent_withdrawal(self: Proposal, act: Act) -> None:
        """The city consents to the withdrawal."""
        self.withdrawal = {**self.withdrawal, "on": act.happened_on.isoformat()}

    @step
    def suspend(self: Proposal, act: Act) -> None:
        """Stop the clock with a reason."""

    @step
    def resume(self: Proposal, act: Act) -> None:
        """Take the case up again, at argument."""

    @step
    def void(self: Proposal, act: Act) -> None:
        """Declare a draft void; number and traces stay."""

    @step
    def urge(self: Proposal, act: Act) -> None:
        """Remind whoever has the case."""

    @step
    def delegate(self: Proposal, act: Act) -> None:
        """Let a colleague do one's duty on this case for a time; both names are shown."""

    @step
    def end_delegation(self: Proposal, act: Act) -> None:
        """End what was lent before its day, by either side."""
