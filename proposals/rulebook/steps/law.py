"""What the steps that draw up a change of law, calendar or numbers write down."""

from __future__ import annotations

from datetime import date

from proposals.procedure.act import Act
from proposals.procedure.facts import asked, choice, count, facts, line
from proposals.procedure.subjects import Rulebook
from proposals.rulebook import profiles, standing_law
from proposals.rulebook.asks import CITATION, ROLES, SINCE, UNTIL, USES, WORD, YEAR
from proposals.rulebook.steps.drawn import Drawn, draw


@facts
class AdoptProfile(Drawn):
    """What 「拟定启用办事规则」 asks."""

    profile: str = line("办事规则")
    digest: str = line("内容校验值")
    since: date | None = asked(SINCE)


def adopt_profile(rulebook: Rulebook, act: Act, told: AdoptProfile) -> None:
    """Draw up the founding law: every row of a ready profile, whose digest the facts name."""
    draw(rulebook, act, rows=profiles.rows(told.profile))


@facts
class TakeOverLaw(Drawn):
    """What 「拟定承接现行规则」 asks."""

    digest: str = line("内容校验值")


def take_over_law(rulebook: Rulebook, act: Act, told: TakeOverLaw) -> None:
    """Draw up the taking over of every row that stands without two people, whose digest the facts name."""
    draw(rulebook, act, rows=standing_law.rows(rulebook.territory))


@facts
class ChangeRule(Drawn):
    """What 「拟定权限规则」 asks."""

    decider: str = line("决定机关")
    mode: str = line("方式")
    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)


def change_rule(rulebook: Rulebook, act: Act, told: ChangeRule) -> None:
    """Draw up a new authority row; it follows the row named in `row`, if one is named."""
    draw(rulebook, act)


@facts
class ChangeCap(Drawn):
    """What 「拟定限额」 asks."""

    counted: str = line("对象")
    paper: str = line("批准文件")
    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)


def change_cap(rulebook: Rulebook, act: Act, told: ChangeCap) -> None:
    """Draw up a new cap on the paper that gives it."""
    draw(rulebook, act)


@facts
class ChangeSetting(Drawn):
    """What 「拟定办事设置」 asks."""

    topic: str = line("类别")
    item: str = line("项目")
    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)


def change_setting(rulebook: Rulebook, act: Act, told: ChangeSetting) -> None:
    """Draw up a new value of a setting."""
    draw(rulebook, act)


@facts
class ChangeMeetingRule(Drawn):
    """What 「拟定议事规则」 asks."""

    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)


def change_meeting_rule(rulebook: Rulebook, act: Act, told: ChangeMeetingRule) -> None:
    """Draw up a new rule of meeting; meetings already called keep the one frozen for them."""
    draw(rulebook, act)


@facts
class ChangeCalendar(Drawn):
    """What 「拟定节假日安排」 asks."""

    year: int = count("年份")
    citation: str = line("通知名称、文号")


def change_calendar(rulebook: Rulebook, act: Act, told: ChangeCalendar) -> None:
    """Draw up the holidays and swapped working days of a year, as the yearly notice names them."""
    draw(rulebook, act)


@facts
class OpenSeries(Drawn):
    """What 「拟定启用发文字号」 asks."""

    role: str = choice("用于", ROLES)
    word: str = asked(WORD)
    year: int = asked(YEAR)
    first: int = count("起始号", help="系统从这个号开始编；此前的号视为线下已用")


def open_series(rulebook: Rulebook, act: Act, told: OpenSeries) -> None:
    """Draw up the series of a year: for which papers, under which word, from which number on."""
    draw(rulebook, act)


@facts
class EnterNumbers(Drawn):
    """What 「拟定登记线下（作废）文号」 asks."""

    word: str = asked(WORD)
    year: int = asked(YEAR)
    first: int = count("起号")
    last: int = count("止号")
    use: str = choice("情形", USES)


def enter_numbers(rulebook: Rulebook, act: Act, told: EnterNumbers) -> None:
    """Draw up a run of numbers that were used on paper, or are left out."""
    draw(rulebook, act)


@facts
class EndProvision(Drawn):
    """What 「拟定废止」 asks."""

    table: str = line("对象")
    row: str = line("原条目")
    until: date | None = asked(UNTIL)


def end_provision(rulebook: Rulebook, act: Act, told: EndProvision) -> None:
    """Draw up the end of a row without a successor."""
    draw(rulebook, act)
