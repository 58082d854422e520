"""The one entry to the sources: which paper is told by whom, and which papers a case can have numbered now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.parts import PaperFacts
from docs_templates.sources import approval, argument, city, downward, minutes, request
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.issuer import founding_slug, upward_slug
from docs_templates.sources.wording import all_written
from proposals.case.phases import IN_FORCE
from proposals.models import Meeting, Proposal
from proposals.procedure.act import Act
from proposals.vocabulary import FilingMode, State, Track

OF_CASES: Mapping[str, Callable[[Dossier], PaperFacts]] = {
    "qingshi": lambda dossier: request.upward(dossier, "qingshi"),
    "beian": lambda dossier: request.upward(dossier, "beian"),
    "lunzheng": argument.report,
    "jielu": minutes.extract,
    "shenpi": approval.form,
    "tongzhi": lambda dossier: downward.notice(dossier, "tongzhi"),
    "pifu": lambda dossier: downward.notice(dossier, "pifu"),
    "shipifu": lambda dossier: city.reply(dossier, "shipifu"),
    "huizhi": lambda dossier: city.reply(dossier, "huizhi"),
    "fuhan": downward.refusal,
    "goutong": downward.letter,
    "hezhundan": approval.permit,
    "shouwen": downward.incoming_slip,
    "tuihui": downward.return_notice,
}
# What the city only records is issued whenever the district is ready.
AHEAD = tuple(state for state in IN_FORCE if state != State.DISPATCHING_DOWN)


def facts_for(*, slug: str, subject: Any, act: Act) -> PaperFacts:
    """Return what the paper is told at this step, written as it shall be printed; it is guarded by the caller."""
    if isinstance(subject, Meeting):
        return all_written(minutes.whole(meeting=subject, act=act))
    return all_written(OF_CASES[slug](Dossier(case=subject, act=act)))


def choices(case: Proposal) -> tuple[tuple[str, str], ...]:
    """Return (slug, label) of the papers that can be given a number where the case stands."""
    slugs: list[str] = []
    if case.state == State.OFFICE_REVIEW and case.track != Track.SHORT:
        slugs.append("goutong")
    if case.state == State.DISPATCHING:
        slugs.append(upward_slug(case))
    if case.state == State.DISPATCHING_DOWN:
        slugs.append(founding_slug(case) if case.agreed else "fuhan")
    if case.state == State.OFFICE_DECIDED and case.track == Track.SHORT:
        slugs.append("hezhundan")
    elif case.state in AHEAD and case.agreed and case.filing_mode == FilingMode.RECORD and not case.effective:
        slugs.append(founding_slug(case))
    return tuple((slug, BY_SLUG[slug].label) for slug in slugs if slug)
