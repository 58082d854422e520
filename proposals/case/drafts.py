"""Writes that do not move the state: what the drafter types in, each under the case's lock and its seen revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from proposals.case import kinds, search, snapshots
from proposals.case.consents import consents
from proposals.case.correspondence.uploads import Upload
from proposals.case.lines import ChangeLine
from proposals.case.models import Answer, BasisDocument, Proposal
from proposals.case.particulars.table import faults, unused
from proposals.organisation.bodies import Body
from proposals.organisation.people import Person, Territory
from proposals.procedure.act import Actor
from proposals.procedure.once import KeyReused, once
from proposals.text import terms
from proposals.vocabulary import State

FIELDS = (
    "title", "kind", "origin", "trigger", "trigger_note", "proposer", "proposer_body", "urgency", "urgency_reason",
    "summary", "background", "reason", "vertical_flags", "leading_instruction", "paper_number", "paper_dated",
)  # fmt: skip
STANDS_BELOW = "您填写的内容仍在下面。"
UPLOADS_OPEN = tuple(state for state in State if state not in (State.ARCHIVED, State.VOID, State.WITHDRAWN))


class DraftRefused(Exception):
    """A draft could not be saved; the message says why and what to do."""


def open_case(
    *, territory: Territory, drafter: Person, title: str, kind: str, at: Any, path: str = "", **fields: Any
) -> Proposal:
    """Open a draft; its chain begins with the first step."""
    if kind not in kinds.BY_CODE:
        raise DraftRefused("请选择事项类型。")
    with transaction.atomic():
        case = Proposal.objects.create(
            territory=territory,
            path=path or territory.path,
            drafter=drafter,
            title=title,
            kind=kind,
            track=kinds.BY_CODE[kind].track,
            created_at=at,
            moved_at=at,
            **fields,
        )
        search.follow(case, ())
    return case


def save_fields(*, case: UUID, seen: str, fields: Mapping[str, Any]) -> Proposal:
    """Save the case's own fields; unknown names raise DraftRefused."""
    if unknown := set(fields) - set(FIELDS):
        raise DraftRefused(f"不能修改：{'、'.join(sorted(unknown))}。")
    with transaction.atomic():
        locked = _locked(case, seen)
        for name, value in fields.items():
            setattr(locked, name, value)
        if "kind" in fields:
            locked.track = kinds.BY_CODE[locked.kind].track
        return _saved(locked)


def save_lines(*, case: UUID, seen: str, lines: Sequence[Mapping[str, Any]]) -> Proposal:
    """Replace the change lines; a line that keeps its uuid keeps its identity through the rounds.

    A line that says what it said before keeps what was decided about it; a changed one has to be decided anew.
    """
    with transaction.atomic():
        locked = _locked(case, seen)
        if locked.effective:
            raise DraftRefused("本事项已经印发生效，调整事项不能修改；补正材料后请办理「补正再报市级」。")
        before = {one["line"]: one for one in snapshots.lines_of(locked)}
        locked.lines.exclude(uuid__in=_identities(locked, lines)).delete()
        for position, line in enumerate(lines, start=1):
            if complaint := _complaint(line):
                raise DraftRefused(f"第{position}项调整事项{complaint}，请修改后再保存。")
            values = {**line, "position": position}
            values["body"], values["counterpart"] = _body(values.get("body")), _body(values.get("counterpart"))
            if uuid := values.pop("uuid", None):
                ChangeLine.objects.update_or_create(proposal=locked, uuid=uuid, defaults=values)
            else:
                ChangeLine.objects.create(proposal=locked, **values)
        locked.forget_lines()
        changed = [one["line"] for one in snapshots.lines_of(locked) if before.get(one["line"]) != one]
        locked.lines.filter(uuid__in=changed).update(decided=None, **snapshots.UNGRANTED)
        locked.forget_lines()
        return _saved(locked)


def _identities(case: Proposal, lines: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Return the identities that lines bring along; one that another line has raises DraftRefused.

    Of the other case nothing is told.
    """
    given = [UUID(str(line["uuid"])) if line.get("uuid") else None for line in lines]
    taken = set(
        ChangeLine.objects.filter(uuid__in=filter(None, given)).exclude(proposal=case).values_list("uuid", flat=True)
    )
    for position, one in enumerate(given, start=1):
        if one in taken:
            raise DraftRefused(f"第{position}项调整事项的标识已有别处使用，请移除本行后重新添加。{STANDS_BELOW}")
        if one and one in given[: position - 1]:
            raise DraftRefused(
                f"第{position}项调整事项与第{given.index(one) + 1}项是同一行，请移除其中一行后重新添加。{STANDS_BELOW}"
            )
    return [one for one in given if one]


def _complaint(line: Mapping[str, Any]) -> str:
    """Return the first thing that a line says and cannot mean, or nothing."""
    params = line.get("params") or {}
    return next(chain(faults(params), unused(line["op"], params)), "")


def save_answers(*, case: UUID, seen: str, answers: Mapping[str, tuple[str, str]]) -> Proposal:
    """Save answers of the argument: question → (text, pointer to a section of an uploaded report)."""
    with transaction.atomic():
        locked = _locked(case, seen)
        for question, (text, pointer) in answers.items():
            Answer.objects.update_or_create(
                proposal=locked, question=question, defaults={"text": text, "pointer": pointer}
            )
        return _saved(locked)


def save_basis(*, case: UUID, seen: str, documents: Sequence[Mapping[str, str]]) -> Proposal:
    """Replace the documents the proposal relies on."""
    with transaction.atomic():
        locked = _locked(case, seen)
        locked.basis.all().delete()
        for document in documents:
            BasisDocument.objects.create(proposal=locked, **document)
        return _saved(locked)


def add_upload(
    *,
    case: UUID,
    actor: Actor,
    at: Any,
    stored: Mapping[str, Any],
    purpose: str,
    name: str,
    identity: UUID | None = None,
) -> Upload:
    """Add a stored file to the case; `stored` has sha256, media_type, size and pages.

    Files are added until the archive: scans and replies come late. They never change what was decided. A file that was
    added under the same identity is returned as it is; another one under it raises DraftRefused.
    """
    # How many pages it has may be found out after it came.
    says = {name: value for name, value in stored.items() if name != "pages"} | {"purpose": purpose}
    try:
        return once(
            Upload.objects.filter(proposal__uuid=case),
            identity=identity,
            says=says,
            make=lambda: _add_upload(
                case, actor, at, {**stored, **({"uuid": identity} if identity else {})}, purpose, name
            ),
        )
    except KeyReused as reused:
        raise DraftRefused(str(reused)) from None


def _add_upload(case: UUID, actor: Actor, at: Any, stored: Mapping[str, Any], purpose: str, name: str) -> Upload:
    with transaction.atomic():
        locked = _lock(case)
        if locked.state not in UPLOADS_OPEN:
            raise DraftRefused("事项已经归档或终止，不能再增加材料。")
        upload = Upload.objects.create(
            territory=locked.territory,
            proposal=locked,
            purpose=purpose,
            name=name,
            uploaded_by_id=actor.id,
            uploaded_at=at,
            declared_clean=True,
            round=locked.round,
            digest="" if locked.editable else consents.digest(locked),
            **stored,
        )
        search.add(locked, terms.of([name]))
    return upload


def drop_upload(*, case: UUID, seen: str, upload: UUID) -> Proposal:
    """Mark an attachment as void while the case may be edited; its bytes stay."""
    with transaction.atomic():
        locked = _locked(case, seen)
        locked.uploads.filter(uuid=upload).update(dropped=True)
        return _saved(locked)


def _body(value: Any) -> Body | None:
    return value if value is None or isinstance(value, Body) else Body.objects.get(uuid=value)


def _lock(case: UUID) -> Proposal:
    rows = Proposal.objects.select_related("territory")
    if connection.features.has_select_for_no_key_update:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return rows.get(uuid=case)


def _locked(case: UUID, seen: str) -> Proposal:
    locked = _lock(case)
    if not locked.editable:
        raise DraftRefused(f"事项现处于「{locked.get_state_display()}」环节，内容不能修改。")
    if locked.concern != seen:
        raise DraftRefused("您打开页面之后，内容已被他人修改。您填写的内容仍在下面，请核对后再保存。")
    return locked


def _saved(locked: Proposal) -> Proposal:
    locked.revision += 1
    locked.save()
    search.keep(locked)
    return locked
