"""What the frame of every page shows: who is signed in, for which office, what waits, and the menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

from project.web.access import growing, own_office, policy, waiting
from proposals.models import Person


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu."""

    label: str
    url: str
    current: bool


# Group → (label, name of the page); who sees it is the page's own policy.
MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("工作台", (("待办", "worklist"), ("已办", "done"), ("我经办的", "mine"))),
    ("动议与审议", (
        ("动议事项", "case_list"), ("办理流程", "flow"), ("收文登记簿", "incoming"),
        ("文号登记簿", "number_register"), ("编委会会议", "meetings"),
        ("补录事项", "paper_records"),
    )),
    ("上报与归档", (("上报办理", "filing"), ("市级收件", "city_list"), ("归档", "archive"))),
    ("台账", (
        ("编制台账", "register"), ("总量与限额", "caps"), ("用编核准单", "permits"), ("年度用编计划", "use_plans"),
        ("人才周转池", "talent_pool"), ("月度核对", "reconciliation"),
        ("台账封存", "closed_periods"), ("权责清单", "duty_lists"), ("问题整改台账", "problems"), ("责任状、借调", "pledges"),
        ("机构编制数据", "figures"), ("办事规则", "rulebook"),
    )),
    ("系统", (("后台任务", "queue"), ("安全审计", "security"))),
)  # fmt: skip


def chrome(request: HttpRequest) -> dict:
    """Return the frame's values; somebody who is not signed in gets the bare frame."""
    frame: dict = {"type_size": "normal", "type_sizes": Person._meta.get_field("type_size").choices}
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return frame
    held = policy.held_by(request)
    frame["type_size"] = person.type_size
    mine = waiting.of(request)
    frame["worklist_beyond"] = mine.tally.total >= growing.MOST  # first: all that the frame shows is read with it
    frame["worklist_count"] = mine.total
    own = own_office.of(request)
    frame["office"] = own.office_name if own else ""
    frame["near"] = partial(own_office.near_days, request)  # asked for by the pages that show a last day
    frame["may_draft"] = policy.opens(name="case_new", held=held)
    frame["may_record"] = policy.opens(name="paper_record_new", held=held)
    frame["menu"] = list(menu(request, held))
    return frame


def menu(request: HttpRequest, held: policy.Held) -> list[tuple[str, list[Item]]]:
    """Return the menu that the person's duties open."""
    groups = []
    for group, lines in MENU:
        items = [
            Item(label=label, url=url, current=request.path == url)
            for label, name in lines
            if policy.opens(name=name, held=held) and (url := _address(name))
        ]
        if items:
            groups.append((group, items))
    return groups


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
