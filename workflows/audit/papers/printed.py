"""What chains say of papers, scans and packages, held against the rows and against the files themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docs_templates.archive import ObjectDamaged, ObjectMissing, object_path, read_object
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import digest_of
from docs_templates.models import FrozenPaper, Package, StoredObject
from docs_templates.verify.verify import verify
from proposals.case.lifecycle import CaseStep
from proposals.models import Entry, Examination, Proposal, Upload


def papers(one: Any, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check that the facts of every paper are those whose digest stands in the chain, and that none is missing."""
    told = {(slug, digest) for body in bodies for slug, digest in body["frozen"].get("papers", {}).items()}
    kept = set()
    for paper in FrozenPaper.objects.filter(subject_uuid=one.uuid):
        label = f"《{BY_SLUG[paper.slug].label}》第{paper.version}版"
        kept.add((paper.slug, paper.digest))
        if digest_of(paper.facts) != paper.digest:
            yield f"{label}所据数据与校验值不符"
        if (paper.slug, paper.digest) not in told:
            yield f"{label}没有记入办理记录"
        for digest, what in ((paper.rendered_sha256, "文书"), (paper.scan_sha256, "签章件")):
            if digest and not StoredObject.objects.filter(sha256=digest).exists():
                yield f"{label}的{what}不在档案库中"
    for slug, _ in sorted(told - kept):
        yield f"《{BY_SLUG[slug].label}》记入了办理记录，所据数据已不存在或被改动"


def packages(case: Proposal, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check that every package of the case is the one whose digest stands in the chain, sealed by an entry of it."""
    told = {body["facts"]["sha256"] for body in bodies if body["step"] == CaseStep.RECORD_PACKAGE}
    hashes = {entry.hash for entry in entries}
    kept = list(Package.objects.filter(subject_uuid=case.uuid))
    for package in kept:
        if package.sealed_entry_hash not in hashes:
            yield f"{package.file_name}的封包记录不在办理记录中"
    for digest in sorted(told - {package.sha256 for package in kept}):
        yield f"办理记录登记的数据包{digest[:12]}已不存在或被改动"
    if sorted(one["sha256"] for one in case.packages) != sorted(
        body["facts"]["sha256"] for body in bodies if body["step"] == CaseStep.RECORD_PACKAGE
    ):
        yield "登记的数据包与办理记录不符"


def examined() -> Iterator[str]:
    """What was found usable stands in the archive; what waits or is unusable does not."""
    kept = StoredObject.objects.values("sha256")
    for upload in Upload.objects.told().exclude(sha256__in=kept):
        if upload.standing == Examination.Standing.USABLE:
            yield f"材料「{upload.name}」不在档案库中。"
    for one in Examination.objects.filter(standing=Examination.Standing.UNUSABLE, sha256__in=kept):
        yield f"文件{one.sha256[:12]}在档案库中，检查情况却写为不可用。"
    for one in Examination.objects.filter(standing=Examination.Standing.USABLE).exclude(sha256__in=kept):
        yield f"文件{one.sha256[:12]}检查情况写为可用，却不在档案库中。"


def stored() -> Iterator[str]:
    """Read every file of the archive, find uploads without a file, and verify every package as its receiver would."""
    for pk in list(StoredObject.objects.order_by("pk").values_list("pk", flat=True)):
        one = StoredObject.objects.get(pk=pk)
        try:
            if len(read_object(sha256=one.sha256)) != one.size:
                yield f"档案库文件{one.sha256[:12]}的字节数与登记不符。"
        except (ObjectMissing, ObjectDamaged) as fault:
            yield f"{fault}。"
    yield from examined()
    for package in Package.objects.order_by("pk"):
        path = object_path(sha256=package.sha256)
        code, lines = verify(str(path)) if path.exists() else (2, ["无法读取：文件不存在"])
        if code:
            wrong = "；".join(line for line in lines if line.startswith(("不符", "无法读取")))
            yield f"{package.file_name}核验不通过：{wrong}。"
