"""What files ask before a step: whoever looks at them, or carries them on, waits until they are examined."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import CaseReading
from proposals.models import Examination, Upload
from proposals.procedure.reasons import Reason
from workflows.attempt import Attempt

# Steps that hand the files on to somebody, or put them into a package.
CARRYING = frozenset({
    CaseStep.OPEN_COLLECTIVE, CaseStep.SEND_TO_OFFICE, CaseStep.SEND_SMALL, CaseStep.RESEND, CaseStep.FINISH_ARGUMENT,
    CaseStep.SEND_TO_COMPLIANCE, CaseStep.SEAL_PACKAGE, CaseStep.REFILE, CaseStep.ARCHIVE,
})  # fmt: skip


def examined(attempt: Attempt) -> Iterator[Reason]:
    """Name every file that is still being examined, where the step carries files on or its judging looked at them."""
    reading = attempt.act.reading
    if not isinstance(reading, CaseReading):
        return
    if attempt.row.step in CARRYING or reading.looked_at_files:
        yield from (waiting(one) for one in reading.uploads if one.standing == Examination.Standing.WAITING)


def waiting(upload: Upload) -> Reason:
    """Say that a file is still being examined."""
    return Reason("FILE_WAITS", f"材料「{upload.name}」正在检查，通常几秒内完成，请稍候片刻再办理。")
