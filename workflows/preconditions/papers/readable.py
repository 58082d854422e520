"""What is kept can be read and printed: the facts of every step, and a draft before it leaves its drafter's hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docs_templates.printing.text_guard import unprintable
from proposals.case import questions
from proposals.case.snapshots import CaseReading
from proposals.models import Proposal
from proposals.procedure.act import Act
from proposals.procedure.asks import Ask
from proposals.procedure.reasons import Reason
from workflows.attempt import Attempt

FIELDS: Mapping[str, str] = {
    "title": "标题", "proposer": "动议单位", "leading_instruction": "批示（文件）", "trigger_note": "情形说明",
    "urgency_reason": "紧急理由", "summary": "内容摘要", "background": "基本情况", "reason": "缘由",
}  # fmt: skip
MOST = 20  # reasons of one refusal: a text in a strange writing has thousands


def facts_readable(attempt: Attempt, asks: Iterable[Ask]) -> list[Reason]:
    """Return a reason for every sign in the facts of a step that could not be printed, with field and place."""
    labels = {ask.name: ask.label for ask in asks}
    act = attempt.act
    told = [("代何人（单位）", act.on_behalf_of), *_texts(act.facts, labels, "填写内容")]
    found = dict.fromkeys(one for where, text in told for one in unprintable(text=text, where=where))
    return [Reason("FACT_UNREADABLE", one) for one in list(found)[:MOST]]


def _texts(value: Any, labels: Mapping[str, str], where: str) -> Iterator[tuple[str, str]]:
    """Yield every text inside a fact with what it is called; names of keys were typed as well."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield where, key
            yield from _texts(inner, labels, labels.get(key, where))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, labels, where)


def case_readable(case: Proposal, act: Act) -> Iterator[Reason]:
    """What a draft says can be printed; whoever is told may still mend it."""
    yield from (Reason("TEXT_UNREADABLE", f"{one}请修改后再办理。") for one in unreadable(case, act.reading))


def unreadable(case: Proposal, reading: CaseReading | None = None) -> list[str]:
    """Return what of a draft could not be printed, with field and place."""
    found = (
        one
        for where, text in texts_of(case, reading or CaseReading(case))
        for one in unprintable(text=text, where=where)
    )
    return list(dict.fromkeys(found))[:MOST]


def texts_of(case: Proposal, reading: CaseReading) -> Iterator[tuple[str, str]]:
    """Yield everything that was typed into a draft, each text with the name of its field."""
    yield from ((label, getattr(case, name)) for name, label in FIELDS.items())
    for line in case.change_lines:
        where = f"第{line.position}项调整事项"
        yield from ((f"{where}机构名称", line.body_name), (f"{where}说明", line.remark))
        for label, value in line.says.labelled():
            yield from _texts(value, {}, f"{where}{label}")
    labels = {question.code: question.label for question in questions.asked(kind=case.kind)}
    for answer in reading.answers:
        yield from (
            (f"论证“{labels.get(answer.question, answer.question)}”", one) for one in (answer.text, answer.pointer)
        )
    for document in reading.basis:
        yield from (("政策依据", one) for one in (document.title, document.number, document.clause))
