"""The facts of the city's answer, when the city works in this system: 市级批复 and 备案回执."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from docs_templates.facts.downward import CityReply
from docs_templates.facts.frozen import from_canonical
from docs_templates.facts.parts import Official
from docs_templates.facts.request import UpwardPaper
from docs_templates.models import FrozenPaper
from docs_templates.sources import record
from docs_templates.sources.dossier import Dossier
from docs_templates.sources.issuer import UPWARD, committee, office
from docs_templates.sources.wording import paragraphs, sentence
from proposals.case.lifecycle import CaseStep

if TYPE_CHECKING:
    from proposals.models import Proposal

ATTITUDES: Mapping[str, str] = {CaseStep.CITY_REJECT: "不同意", CaseStep.CITY_RECORD: "准予备案"}


def reply(dossier: Dossier, slug: str) -> CityReply:
    """Tell the city's answer to the newest paper that went up: who answers is who was asked."""
    case, act = dossier.case, dossier.act
    paper = newest_request(case)
    city = case.territory.parent or case.territory
    issuer = committee(city) if paper and paper.head.recipient == city.committee_name else office(city)
    title = f"关于{dossier.matter}的批复" if slug == "shipifu" else f"关于{dossier.matter}的备案回执"
    return CityReply(
        **dossier.base(issuer=issuer, title=f"{issuer.name}{title}", times=record.filings(dossier.past)),
        head=Official(
            mark=f"{issuer.name}文件" if slug == "shipifu" else issuer.name,
            number=str(act.facts.get("number") or ""),
            recipient=paper.organ if paper else case.territory.office_name,
            printed_by=issuer.printed_by,
            printed_on=act.happened_on.isoformat(),
        ),
        answered=_answered(paper) if paper else "",
        attitude=ATTITUDES.get(act.step) or _attitude(dossier),
        changes=dossier.changes if act.step == CaseStep.CITY_APPROVE else (),
        **(dossier.plan() if act.step == CaseStep.CITY_APPROVE else {}),
        words=_words(str(act.facts.get("reason") or act.facts.get("opinion") or "")),
    )


def newest_request(case: Proposal, until: datetime | None = None) -> UpwardPaper | None:
    """Return the newest paper of the case that went up, of whatever kind it was; or that which was it at a moment."""
    papers = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug__in=UPWARD).order_by("frozen_at", "id")
    asked = (papers.filter(frozen_at__lte=until) if until else papers).last()
    return from_canonical(UpwardPaper, asked.facts) if asked else None


def _words(text: str) -> tuple[str, ...]:
    """Return what the city says besides its consent; that alone needs no paragraph of its own."""
    return () if sentence(text) == "同意" else paragraphs(text)


def _answered(paper: UpwardPaper) -> str:
    you = "你办" if paper.organ.endswith("办公室") else "你委"
    return f"{you}《{paper.title}》（{paper.head.number}）"


def _attitude(dossier: Dossier) -> str:
    """Say 原则同意 where less was granted than was decided."""
    return "原则同意" if any(line.granted not in ("", line.decided) for line in dossier.changes) else "同意"
