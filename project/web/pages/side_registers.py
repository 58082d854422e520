"""The registers beside the ledger in the browser, and the page of figures: each as of a day, printed and exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from project.web import policy, register_reach, spreadsheets
from project.web.pages.register import exported
from project.web.visit import Visit
from proposals import figures as figures_of
from proposals import side_data
from proposals.lawbook import Lawbook
from proposals.models import Borrowed, DutyList, Pledge, ProblemItem, Seconded
from proposals.side_steps import SIDE_STEPS

LABELS = {row.step: row.label for row in SIDE_STEPS}


def frame(request: Visit, *steps: str, kind: str = "") -> dict[str, Any]:
    """Return what every page of the side registers shows: district, day, and the steps that the reader may take.

    `kind` is the kind of proposal by which the register changes; who drafts is offered it.
    """
    duties = {duty for duty, _ in policy.held_by(request)}
    takes = {row.step for row in SIDE_STEPS if duties & set(row.duties)}
    drafts = policy.opens(name="case_new", held=policy.held_by(request))
    return {
        "district": register_reach.district_of(request),
        "districts": register_reach.districts(request),
        "as_of": register_reach.day_of(request),
        "steps": [(step, LABELS[step]) for step in steps if step in takes],
        "takes": takes,
        "kind": kind if drafts else "",
    }


def problems(request: Visit) -> HttpResponse:
    """Show the problem ledger: batches, and every matter with deadline, finish, measure and evidence."""
    context = frame(request, "enter_problem", kind="PROBLEM_RECTIFY")
    district, as_of = context["district"], context["as_of"]
    rows = list(ProblemItem.objects.filter(territory=district, since__lte=as_of))
    wanted = request.GET.get("show", "")
    shown = [row for row in rows if not wanted or row.stands(on=as_of) is (wanted == "open")]
    if request.GET.get("export"):
        headings = [
            "台账编号",
            "批次",
            "单位",
            "问题类别",
            "问题",
            "整改时限",
            "实际完成时间",
            "解决措施",
            "消化途径",
            "依据文件",
        ]
        table: Iterable[Sequence[spreadsheets.Cell]] = (
            [
                row.number, row.batch, row.body_name, row.get_topic_display(), row.problem, row.due_on, row.closed_on,
                row.measure, row.get_way_display(), row.paper,
            ]
            for row in shown
        )  # fmt: skip
        return exported(request, name=f"{district.name}问题整改台账{as_of:%Y%m%d}", headings=headings, rows=table)
    context |= {
        "batches": side_data.batches(territory=district, on=as_of),
        "rows": [(row, row.stands(on=as_of)) for row in shown],
        "shows": (("", "全部"), ("open", "未销号"), ("closed", "已销号")),
        "show": wanted,
    }
    return render(request, "side/problems.html", context)


def duty_lists(request: Visit) -> HttpResponse:
    """Show duty lists with their items, and claim rates against the rate that binds a list."""
    context = frame(request, kind="DUTY_ADMISSION")
    district, as_of = context["district"], context["as_of"]
    types = {
        key: row.value
        for (topic, key), row in Lawbook(territory=district, on=as_of).settings.items()
        if topic == "DUTY_LIST_TYPE"
    }
    lists = DutyList.objects.standing(on=as_of).filter(territory=district).prefetch_related("items")
    rates = {rate.duty_list.pk: rate for rate in side_data.claim_rates(territory=district, on=as_of)}
    measured_first = sorted(lists, key=lambda one: (one.pk not in rates, one.code))
    rows = [
        (one, types.get(one.list_type, one.list_type), rates.get(one.pk),
         [(item, item.claimed(on=as_of)) for item in side_data.standing_items(one, on=as_of)])
        for one in measured_first
    ]  # fmt: skip
    if request.GET.get("export"):
        headings = ["清单编号", "清单", "类型", "事项", "项数", "承接日期", "方式", "可承接", "依据文件"]
        table = (
            [
                one.code, one.title, kind, item.name, item.count, item.claimed_on if claimed else None,
                item.get_mode_display() if claimed else "", "是" if item.claimable else "否", item.paper,
            ]
            for one, kind, _, items in rows
            for item, claimed in items
        )  # fmt: skip
        return exported(request, name=f"{district.name}权责清单{as_of:%Y%m%d}", headings=headings, rows=table)
    warnings = [rate.warning for rate in rates.values() if rate.falls_short]
    return render(request, "side/duty_lists.html", {**context, "rows": rows, "warnings": warnings})


def pledges(request: Visit) -> HttpResponse:
    """Show pledges and vetoes, borrowed staff and seconded posts."""
    context = frame(request, "enter_pledge", "enter_borrowed", kind="OTHER")
    district, as_of = context["district"], context["as_of"]
    found = Pledge.objects.standing(on=as_of).filter(territory=district)
    if request.GET.get("export"):
        headings = ["事项", "形式", "设定部门", "清理结果", "依据文件"]
        table = (
            [row.title, row.get_form_display(), row.department, row.get_result_display(), row.paper] for row in found
        )
        return exported(request, name=f"{district.name}责任状和一票否决{as_of:%Y%m%d}", headings=headings, rows=table)
    context |= {
        "pledges": found,
        "borrowed": [
            (row, side_data.name_of(row.lender, on=as_of))
            for row in Borrowed.objects.standing(on=as_of).filter(territory=district).select_related("lender")
        ],
        "seconded": [
            (row, side_data.name_of(row.place, on=as_of))
            for row in Seconded.objects.standing(on=as_of).filter(territory=district).select_related("place")
        ],
    }
    return render(request, "side/pledges.html", context)


def figures(request: Visit) -> HttpResponse:
    """Print every figure that a report needs, as of a day, each with its source."""
    context = frame(request, "enter_figure")
    district, as_of = context["district"], context["as_of"]
    rows = figures_of.all_of(territory=district, as_of=as_of)
    if request.GET.get("export"):
        headings = ["类别", "项目", "数值", "单位", "构成", "来源", "提示"]
        table = ([row.group, row.label, row.value, row.measure, row.note, row.source, row.warning] for row in rows)
        return exported(request, name=f"{district.name}机构编制数据{as_of:%Y%m%d}", headings=headings, rows=table)
    groups: dict[str, list[figures_of.Figure]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return render(request, "side/figures.html", {**context, "groups": groups.items()})


urlpatterns = [
    path("problems/", problems, name="problems"),
    path("duty-lists/", duty_lists, name="duty_lists"),
    path("pledges/", pledges, name="pledges"),
    path("figures/", figures, name="figures"),
]
