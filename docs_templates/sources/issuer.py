"""Who issues a paper: name, red head, code word, addressee, signer; a territory's own words, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docs_templates.facts.parts import Official
from docs_templates.models import NumberSeries
from docs_templates.numbers import register
from proposals.case.lifecycle import CaseStep
from proposals.models import Territory
from proposals.vocabulary import Decider, Duty, FilingMode, Origin, Urgency

if TYPE_CHECKING:
    from proposals.models import Proposal
    from proposals.procedure.act import Act

Role = NumberSeries.Role
UPWARD, FOUNDING, LETTERS = ("qingshi", "beian"), ("tongzhi", "pifu"), ("fuhan", "goutong")


@dataclass(frozen=True)
class Issuer:
    """One organ that issues papers; `code` is the word before the year in its numbers."""

    name: str
    printed_by: str
    signs: str
    code: str


def committee(territory: Territory) -> Issuer:
    """Return the staffing committee as an issuer; its office prints."""
    return Issuer(territory.committee_name, territory.office_name, Duty.COMMITTEE_CHAIR, territory.committee_code)


def office(territory: Territory) -> Issuer:
    """Return the staffing office as an issuer."""
    return Issuer(territory.office_name, territory.office_name, Duty.OFFICE_DIRECTOR, territory.office_code)


def party(territory: Territory) -> Issuer:
    """Return the Party committee as an issuer; its own office gives the number."""
    return Issuer(territory.party_committee_name, territory.party_office_name, Duty.COMMITTEE_CHAIR, "")


def issuer_of(*, slug: str, case: Proposal, act: Act) -> Issuer:
    """Return who issues the paper: whoever decided, except that letters and permits are the office's."""
    if slug in (*UPWARD, *FOUNDING):
        if act.step == CaseStep.RECORD_EXTERNAL_NUMBER:
            return party(case.territory)
        return office(case.territory) if case.decided_by == Decider.OFFICE else committee(case.territory)
    return office(case.territory)


def code_word(*, slug: str, case: Proposal, act: Act) -> str:
    """Return the code word of the series that the paper's number belongs to; empty when the paper has no number.

    The word under which two people opened the year's series counts before the one that the territory has had.
    """
    role, standing = _role(slug=slug, case=case, act=act)
    opened = register.series_of(territory=case.territory.path, role=role, year=act.happened_on.year)
    return opened.word if opened else standing


def _role(*, slug: str, case: Proposal, act: Act) -> tuple[str, str]:
    """Return what the paper's series is for, and the word that the territory has for it."""
    territory = case.territory
    if slug in LETTERS:
        return Role.LETTER, territory.letter_code
    if slug == "hezhundan":
        return Role.PERMIT, territory.permit_code
    if slug not in (*UPWARD, *FOUNDING) or act.step == CaseStep.RECORD_EXTERNAL_NUMBER:
        return "", ""
    by_office = case.decided_by == Decider.OFFICE
    return (Role.OFFICE, territory.office_code) if by_office else (Role.COMMITTEE, territory.committee_code)


def addressee(*, slug: str, case: Proposal) -> str:
    """Return who an upward paper or letter goes to: the city's committee decides, its office records and consults."""
    city = case.territory.parent
    if city is None:
        return ""
    to_committee = slug == "qingshi" and case.decided_by != Decider.OFFICE
    return city.committee_name if to_committee else city.office_name


def official(*, slug: str, case: Proposal, act: Act, recipient: str, copies_to: str = "") -> Official:
    """Return red head and 版记 of an official paper about the case."""
    issuer = issuer_of(slug=slug, case=case, act=act)
    return Official(
        mark=issuer.name if slug in LETTERS else f"{issuer.name}文件",
        number=number_of(slug=slug, case=case, act=act),
        recipient=recipient,
        urgency="" if case.urgency == Urgency.NORMAL else case.get_urgency_display(),
        copies_to=copies_to,
        printed_by=issuer.printed_by,
        printed_on=act.happened_on.isoformat(),
    )


def number_of(*, slug: str, case: Proposal, act: Act) -> str:
    """Return the paper's number: the one the case holds, or the one this very step gives."""
    return case.numbers.get(slug) or str(act.facts.get("number") or "")


def upward_slug(case: Proposal) -> str:
    """Return which paper takes the case up: a request for approval, a report for the record, or none."""
    return {FilingMode.APPROVE: "qingshi", FilingMode.RECORD: "beian"}.get(FilingMode(case.filing_mode or "NONE"), "")


def founding_slug(case: Proposal) -> str:
    """Return which paper founds the register entries: a reply to the unit that asked, else a notice."""
    return "pifu" if case.origin == Origin.UNIT else "tongzhi"
