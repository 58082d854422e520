"""What the data say to checkpoints made before: what was taken back, written anew, or would be given twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Max

from docs_templates.models import NumberSeries
from proposals.models import Entry, SubjectKind
from workflows import security_record
from workflows.audit.anchors.files import Checkpoint, Head
from workflows.models import SecurityEvent

TOGETHER = 500  # chains asked for in one statement


def findings(checkpoints: Sequence[Checkpoint]) -> Iterator[str]:
    """Yield what no longer is as a checkpoint says: for every chain its newest mention, for every series its last."""
    newest: dict[str, tuple[Checkpoint, Head]] = {}
    for one in checkpoints:
        for head in one.heads:
            known = newest.get(head.subject)
            if known is not None and known[1].seq > head.seq:
                yield f"检查点第{one.n}号所记的{_named(head)}短于第{known[0].n}号"
            newest[head.subject] = (one, head)
    for some in _batches(list(newest.values())):
        yield from _chains(some)
    if checkpoints:
        yield from _numbers(checkpoints[-1])


def _batches(rows: list[tuple[Checkpoint, Head]]) -> Iterator[list[tuple[Checkpoint, Head]]]:
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]


def _chains(some: list[tuple[Checkpoint, Head]]) -> Iterator[str]:
    wanted = {head.subject: head.seq for _, head in some if head.kind != security_record.KIND}
    hashes = _hashes(wanted)
    ends = _ends(wanted)
    for checkpoint, head in some:
        if head.kind == security_record.KIND:
            now = SecurityEvent.objects.filter(seq=head.seq).values_list("hash", flat=True).first()
            end = SecurityEvent.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        else:
            now, end = hashes.get((head.subject, head.seq)), ends.get(head.subject, 0)
        if now == head.hash or not head.seq:
            continue
        made = f"检查点第{checkpoint.n}号（{checkpoint.at[:10]}）"
        if end < head.seq:
            yield f"{_named(head)}在{made}时已到第{head.seq}条，现在只到第{end}条：数据已退回到从前，或者末尾被删"
        else:
            yield f"{_named(head)}第{head.seq}条与{made}不符：记录链已被改写"


def _hashes(wanted: Mapping[str, int]) -> dict[tuple[str, int], str]:
    rows = Entry.objects.filter(subject_id__in=[UUID(one) for one in wanted], seq__in=set(wanted.values()))
    return {(str(subject), seq): digest for subject, seq, digest in rows.values_list("subject_id", "seq", "hash")}


def _ends(wanted: Mapping[str, int]) -> dict[str, int]:
    rows = Entry.objects.filter(subject_id__in=[UUID(one) for one in wanted]).order_by()
    return {str(row["subject_id"]): row["end"] for row in rows.values("subject_id").annotate(end=Max("seq"))}


def _numbers(last: Checkpoint) -> Iterator[str]:
    now = series()
    for key, number in last.numbers:
        if now.get(key, 0) < number:
            yield (
                f"文号{key}在检查点第{last.n}号（{last.at[:10]}）时已用到{number}号，现在只到{now.get(key, 0)}号，"
                "以后的文号会与已发出的重复，请先登记已用的号"
            )


def series() -> dict[str, int]:
    """Return the last number of every series, by its words."""
    rows = NumberSeries.objects.order_by("pk").values_list("territory", "word", "year", "last")
    return {f"{territory} {word}〔{year}〕": last for territory, word, year, last in rows}


def _named(head: Head) -> str:
    label = "安全审计记录" if head.kind == security_record.KIND else SubjectKind(head.kind).label
    return label if head.kind == security_record.KIND else f"{label}{head.subject}"
