"""How the steps of a case come to the register of numbers: what is given, typed, told by the city, and refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docs_templates.catalogue import BY_SLUG
from docs_templates.models import AllocatedNumber, FrozenPaper, NumberSeries
from docs_templates.numbers import register
from docs_templates.numbers.register import NumberTaken
from docs_templates.sources.issuer import code_word
from proposals.case.lifecycle import CaseStep
from proposals.models import Proposal, Territory
from proposals.prepared import Prepared
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.read_together import read_together
from proposals.text import document_numbers
from workflows.attempt import Refused

Use = AllocatedNumber.Use
CITY_ANSWERS: Mapping[str, str] = {
    CaseStep.CITY_APPROVE: "shipifu",
    CaseStep.CITY_RECORD: "huizhi",
    CaseStep.CITY_REJECT: "shipifu",
}
LETTER = "withdrawal"
BORNE: Prepared[str] = Prepared(
    lambda uuid: AllocatedNumber.objects.filter(subject_uuid=uuid).values_list("purpose", flat=True)
)
VERSIONS: Prepared[int] = Prepared(
    lambda uuid, slug: FrozenPaper.objects.filter(subject_uuid=uuid, slug=slug).values_list("pk", flat=True)
)


def system_facts(*, case: Proposal, act: Act) -> dict[str, Any]:
    """Enter the numbers that a step brings along and return them as papers print them; a taken one is Refused."""
    given = document_numbers.normal(str(act.facts.get("number") or ""))
    if act.step in CITY_ANSWERS and given:
        return {"number": _of_the_city(case=case, act=act, text=given)}
    if act.step == CaseStep.REQUEST_WITHDRAWAL:
        letter = str(act.facts["letter"])
        return {"letter": _entered(case=case, act=act, text=letter, purpose=_purpose(case, LETTER), use=Use.TYPED)}
    return {}


def of_paper(*, case: Proposal, slug: str, act: Act) -> dict[str, Any]:
    """Return the number of a paper: the given one, entered in its series, or the next one and what it passed over."""
    given = document_numbers.normal(str(act.facts.get("number") or ""))
    purpose = _purpose(case, slug)
    if given:
        use = Use.EXTERNAL if act.step == CaseStep.RECORD_EXTERNAL_NUMBER else Use.TYPED
        return {"number": _entered(case=case, act=act, text=given, purpose=purpose, use=use)}
    territory, year = case.territory.path, act.happened_on.year
    word = code_word(slug=slug, case=case, act=act)
    if not word:
        raise Refused([Reason("NO_CODE_WORD", f"本单位还没有登记《{BY_SLUG[slug].label}》的发文代字，请填写文号。")])
    before = register.lock(territory=territory, word=word, year=year).last
    row = register.allocate(
        territory=territory, word=word, year=year, subject=case.uuid, purpose=purpose, at=act.at, dated=act.happened_on
    )
    passed = [str(n) for n in range(before + 1, row.number or 0)]
    return {"number": row.text, **({"passed_over": passed} if passed else {})}


def own_words(territory: Territory) -> set[str]:
    """Return the code words whose numbers this office counts: those of its papers, and those that were opened."""
    codes = {territory.committee_code, territory.office_code, territory.letter_code, territory.permit_code}
    opened = NumberSeries.objects.filter(territory=territory.path, own=True).values_list("word", flat=True)
    return (codes | set(opened)) - {""}


def _entered(*, case: Proposal, act: Act, text: str, purpose: str, use: str) -> str:
    try:
        row = register.enter(
            territory=case.territory.path, text=text, own=own_words(case.territory), use=use, subject=case.uuid,
            purpose=purpose, at=act.at, dated=act.happened_on, from_paper=bool(act.on_behalf_of),
        )  # fmt: skip
    except NumberTaken as taken:
        raise Refused([Reason("NUMBER_TAKEN", _taken(taken.row))]) from taken
    return row.text


def _of_the_city(*, case: Proposal, act: Act, text: str) -> str:
    """Enter the number of a reply of the city; one reply may answer several cases, entered together or on its day."""
    city = case.territory.parent or case.territory
    use = Use.EXTERNAL if act.on_behalf_of else Use.TYPED
    try:
        row = register.enter(
            territory=city.path, text=text, own=(), use=use, subject=case.uuid,
            purpose=_purpose(case, CITY_ANSWERS[act.step]), at=act.at, dated=act.happened_on,
        )  # fmt: skip
    except NumberTaken as taken:
        row = taken.row
        same_reply = row.allocated_at == act.at if act.on_behalf_of else row.dated == act.happened_on
        if row.use != use or not same_reply or row.subject_uuid == case.uuid:
            said = "同一复文答复几件事项的，请作为一份文件一并登记" if act.on_behalf_of else "请核对文号"
            raise Refused([Reason("NUMBER_TAKEN", f"文号{row.text}已经用过，{said}。")]) from taken
    return row.text


def _taken(row: AllocatedNumber) -> str:
    match row.use:
        case Use.PAPER:
            return f"文号{row.text}已登记为线下使用，请改用别的号或留空由系统编号。"
        case Use.VOID:
            return f"文号{row.text}已作废（{row.reason}），请改用别的号或留空由系统编号。"
        case _:
            return f"文号{row.text}已经用过，请改用别的号或留空由系统编号。"


def _purpose(case: Proposal, slug: str) -> str:
    """Return under which name a paper of the case bears its number: the second one of a kind says so."""
    borne, versions = read_together(BORNE.ask(uuid=case.uuid), VERSIONS.ask(uuid=case.uuid, slug=slug))
    known = {one for one in borne if one.startswith(slug)}
    times = max(len(versions), len(known)) + 1
    name = slug if times == 1 else f"{slug}/{times}"
    return name if name not in known else f"{slug}/{times + len(known)}"
