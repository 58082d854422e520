"""The register's own steps: opening balance, people in and out, grants, reconciliation, corrections, closed periods.

A step's facts say everything; the ledger follows once the entry stands, so that every posting can name it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from proposals.ledger import periods
from proposals.ledger.models import HeadcountReport
from proposals.procedure.act import Act
from proposals.procedure.asks import CHOICE, LINE, Ask
from proposals.procedure.facts import asked, choice, count, day, facts, line, text
from proposals.procedure.subjects import Register
from proposals.register.lifecycle import RegisterStep
from proposals.vocabulary import LeaderLevel, QuotaType

POSTS: tuple[tuple[str, str], ...] = (*QuotaType.choices, *LeaderLevel.choices)
LEAVING = (
    ("RETIRED", "退休"), ("MOVED", "调出"), ("RESIGNED", "辞职"), ("DISMISSED", "辞退（开除）"), ("ENDED", "聘用期满"),
    ("DIED", "去世"), ("OTHER", "其他"),
)  # fmt: skip
BODY, UNIT = Ask("body", "单位", LINE), Ask("unit", "编制（职数）类型", CHOICE, choices=POSTS)
PAPER = Ask("paper", "依据文件（文号）", LINE)


@facts
class ImportOpening:
    """What 「期初登记」 asks."""

    on: date | None = day("期初日期")
    paper: str = asked(PAPER)


def import_opening(register: Register, act: Act, told: ImportOpening) -> None:
    """Open register and ledger with what stands on a day; an excess needs a problem item."""


@facts
class EnterGrant:
    """What 「登记上级下达」 asks."""

    unit: str = asked(UNIT)
    count: int = count("下达数")
    paper: str = asked(PAPER)


def enter_grant(register: Register, act: Act, told: EnterGrant) -> None:
    """Enter posts that the city grants to the district as a whole."""


@facts
class Enrol:
    """What 「入编登记」 asks."""

    body: str = asked(BODY)
    unit: str = asked(UNIT)
    count: int = count("人数")
    permit: str = line("用编核准单", required=False)
    paper: str = asked(PAPER)


def enrol(register: Register, act: Act, told: Enrol) -> None:
    """Enter people who took up posts, on a permit; leader posts need none."""


@facts
class Leave:
    """What 「减员登记」 asks."""

    body: str = asked(BODY)
    unit: str = asked(UNIT)
    count: int = count("人数")
    cause: str = choice("减员原因", LEAVING)
    paper: str = asked(PAPER)


def leave(register: Register, act: Act, told: Leave) -> None:
    """Enter people who left their posts, with cause and paper."""


@facts
class ExpirePermit:
    """What 「核准单到期释放」 asks."""

    permit: str = line("用编核准单")


def expire_permit(register: Register, act: Act, told: ExpirePermit) -> None:
    """Let a permit lapse whose day has passed: its unfilled posts are vacant again."""


@facts
class HandBackPermit:
    """What 「核准单退回」 asks."""

    permit: str = line("用编核准单")
    count: int = count("退回数", help="不再使用的编制，退回后为空编")
    reason: str = text("退回原因")
    paper: str = asked(PAPER)


def hand_back_permit(register: Register, act: Act, told: HandBackPermit) -> None:
    """Enter that a body hands posts of a permit back that it will not fill: they are vacant again."""


@facts
class Reconcile:
    """What 「月度核对登记」 asks."""

    month: date | None = day("月份", help="填写当月1日")
    source: str = choice("核对部门", tuple(HeadcountReport.Source.choices))


def reconcile(register: Register, act: Act, told: Reconcile) -> None:
    """Enter another office's counts for a month; differences are listed, nothing is moved."""


@facts
class CorrectPosting:
    """What 「台账更正」 asks."""

    posting: str = line("原台账变动（文件）", help="更正下达文件的，该文件对机构登记的变动一并恢复，自更正之日起。")
    paper: str = asked(PAPER)
    reason: str = text("更正原因")


def correct_posting(register: Register, act: Act, told: CorrectPosting) -> None:
    """Correct a posting by its mirror image, and what its paper made of bodies; all of it stays to be read."""


@facts
class ClosePeriod:
    """What 「台账封存」 asks."""

    through: date | None = day("封存至", help="该日及以前的台账从此不再变动，有误只能办理台账更正。封存不能撤回。")
    reason: str = line("封存说明", help="如：2026年一季度台账已核对无误")
    paper: str = line("依据文件（文号）", required=False)


def close_period(register: Register, act: Act, told: ClosePeriod) -> None:
    """Close the ledger through a day: only corrections take effect by then any more; it is never taken back."""


def system_facts(*, register: Register, act: Act) -> dict[str, Any]:
    """Return what the system adds to a step: what stands on the accounts at the end of a period, as a digest."""
    if act.step != RegisterStep.CLOSE_PERIOD:
        return {}
    through = date.fromisoformat(act.facts["through"])
    return {"digest": periods.seal(territory_id=register.territory_id, through=through)}
