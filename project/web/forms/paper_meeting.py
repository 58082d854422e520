"""The form of a meeting held on paper: roll, results item by item, dissent, recusal, and the scan of the record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from project.web.forms.appearance import Boxes, Day, StyledForm
from project.web.forms.numbers import number_fields
from proposals.case.values import placed_lines
from proposals.committee import planning, terms
from proposals.committee.voting_rule import Method
from proposals.models import AgendaItem, ChangeLine, Meeting, Role
from proposals.vocabulary import BallotValue, Motion

METHODS = tuple((str(one), one.label) for one in (Method.NO_OBJECTION, Method.ORAL, Method.HANDS, Method.NAMED))
VOTES = (("", "未表决"), *BallotValue.choices)
MOTIONS = tuple((str(one), one.label) for one in Motion)


class PaperMeetingForm(StyledForm, forms.Form):
    """What the paper record says; how each item came out is counted from it."""

    def __init__(self, *args: Any, meeting: Meeting, on: date, **kwargs: Any) -> None:
        self.meeting, self.roll = meeting, terms.seated(territory=meeting.territory, on=on)
        people = [(one.member, f"{one.name}（{one.post}）") for one in self.roll]
        self.base_fields: dict[str, forms.Field] = {  # type: ignore[misc]
            "held_on": forms.DateField(label="会议日期", widget=Day(), initial=on),
            "seq": forms.IntegerField(label="第几次会议", min_value=1, initial=planning.next_number(meeting=meeting)),
            "number": forms.CharField(label="会议记录编号（文号）", max_length=80),
            "present": forms.MultipleChoiceField(
                label="到会委员", choices=people, widget=Boxes, initial=[member for member, _ in people]
            ),
            "on_leave": forms.MultipleChoiceField(
                label="请假委员", choices=people, widget=Boxes, required=False, help_text="未到会又未请假的记为缺席"
            ),
            "leave_reason": forms.CharField(
                label="请假事由", max_length=200, required=False, help_text="各人不同的在下面分别填写"
            ),
            **{
                f"leave-{member}": forms.CharField(
                    label=f"{name}请假事由", max_length=200, required=False, help_text="与上面所填不同的填写"
                )
                for member, name in people
            },
            "presiding": forms.ChoiceField(label="主持人", choices=[("", "编委主任"), *self._vices()], required=False),
            "delegation": forms.CharField(
                label="委托主持说明", max_length=300, required=False, help_text="副主任主持的填写书面委托情况"
            ),
        }
        for item in meeting.standing_items:
            self.base_fields.update(_result(item, people))
        self.base_fields["scan"] = forms.FileField(label="会议记录扫描件", help_text="PDF 或图片，签字页应清晰。")
        self.base_fields["clean"] = forms.BooleanField(label="所传文件不含国家秘密")
        super().__init__(*args, **kwargs)

    def _vices(self) -> list[tuple[str, str]]:
        return [(one.member, one.name) for one in self.roll if one.role == Role.VICE]

    def clean(self) -> dict[str, Any]:
        """Let nobody be there and on leave, and a vice chair preside only by a delegation in writing."""
        given = super().clean() or self.cleaned_data
        if both := set(given.get("present") or ()) & set(given.get("on_leave") or ()):
            names = "、".join(one.name for one in self.roll if one.member in both)
            self.add_error("on_leave", f"{names}已列为到会，不能同时列为请假，请核对。")
        for one in self.roll:
            if given.get(f"leave-{one.member}") and one.member not in (given.get("on_leave") or ()):
                self.add_error(f"leave-{one.member}", f"填写了{one.name}的请假事由，请在请假委员中选择。")
        chair = next((one for one in self.roll if one.role == Role.CHAIR), None)
        if chair and not given.get("presiding") and chair.member not in (given.get("present") or ()):
            self.add_error("presiding", f"{chair.name}未到会，请选择受委托主持会议的副主任。")
        if given.get("presiding") and not given.get("delegation"):
            self.add_error("delegation", "副主任主持的，请填写书面委托情况。")
        for item in self.meeting.standing_items:
            self._hold_together(item)
        return given

    def _hold_together(self, item: AgendaItem) -> None:
        """Let votes by name stand where the method is by name, one of those present each, and nowhere else."""
        method, votes = self.cleaned_data.get(f"method-{item.uuid}"), self._votes(item)
        if method == Method.NAMED and not votes:
            self.add_error(f"method-{item.uuid}", "记名表决的，请逐人选择各委员的表决意见。")
        if method and method != Method.NAMED and votes:
            self.add_error(
                f"method-{item.uuid}", "已填写各委员的表决意见，请选择记名表决；不是记名表决的，请清除各人意见。"
            )
        names = {one.member: one.name for one in self.roll}
        aside, there = self.cleaned_data.get(f"recused-{item.uuid}") or (), self.cleaned_data.get("present") or ()
        for member in votes:
            if member in aside or member not in there:
                why = "已回避本议题" if member in aside else "未到会"
                self.add_error(f"vote-{member}-{item.uuid}", f"{names[member]}{why}，不能填写表决意见，请核对。")

    def _votes(self, item: AgendaItem) -> dict[str, str]:
        said = {one.member: self.cleaned_data.get(f"vote-{one.member}-{item.uuid}") for one in self.roll}
        return {member: value for member, value in said.items() if value}

    def facts(self) -> dict[str, Any]:
        """Return the facts of the step that enters the meeting."""
        given = self.cleaned_data
        reason = given["leave_reason"] or "会议记录载明请假"
        facts: dict[str, Any] = {
            "seq": given["seq"],
            "present": given["present"],
            "leave": {one: given.get(f"leave-{one}") or reason for one in given["on_leave"]},
            "results": [self._answer(item) for item in self.meeting.standing_items],
        }
        if given["presiding"]:
            facts |= {"presiding": given["presiding"], "delegation": given["delegation"]}
        return facts

    def _answer(self, item: AgendaItem) -> dict[str, Any]:
        said: dict[str, Any] = {name: self.cleaned_data.get(f"{name}-{item.uuid}") for name in NAMES}
        answer: dict[str, Any] = {"item": str(item.uuid), "note": said["note"] or ""}
        if not item.decides:
            return answer
        answer |= {"motion": said["motion"], "method": said["method"]}
        if said["motion"] == Motion.AS_AMENDED:
            changed = {str(line.uuid): self.cleaned_data.get(f"line-{line.uuid}") for line in lines_of(item)}
            answer |= {
                "amendment": said["amendment"] or "",
                "values": {line: n for line, n in changed.items() if n is not None},
            }
        if said["method"] == Method.NO_OBJECTION:
            answer["dissent"] = {one: "AGAINST" for one in said["against_by"]} | {
                one: "ABSTAIN" for one in said["abstained_by"]
            }
        elif said["method"] == Method.NAMED:
            answer["ballots"] = self._votes(item)
        else:
            answer |= {name: said[name] or 0 for name in ("in_favour", "against", "abstained")}
        return answer | {"recused": {one: said["note"] or "会议记录载明回避" for one in said["recused"]}}


NAMES = (
    "motion", "amendment", "method", "in_favour", "against", "abstained", "against_by", "abstained_by", "recused",
    "note",
)  # fmt: skip


def _result(item: AgendaItem, people: list[tuple[str, str]]) -> dict[str, forms.Field]:
    head = f"议题{item.position}《{item.title}》"
    note = forms.CharField(label=f"{head}说明", max_length=300, required=False)
    if not item.decides:
        return {f"note-{item.uuid}": note}
    fields: dict[str, forms.Field] = {
        "motion": forms.ChoiceField(label=f"{head}表决动议", choices=MOTIONS),
        "amendment": forms.CharField(
            label=f"{head}修改意见",
            max_length=2_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="同意修改案的填写；改了数额的在下面逐项填写",
        ),
        "method": forms.ChoiceField(label=f"{head}表决方式", choices=METHODS),
        "in_favour": forms.IntegerField(
            label=f"{head}赞成票数", min_value=0, required=False, help_text="一致同意（无异议）、记名表决的不填票数"
        ),
        "against": forms.IntegerField(label=f"{head}反对票数", min_value=0, required=False),
        "abstained": forms.IntegerField(label=f"{head}弃权票数", min_value=0, required=False),
    }
    for name, label in (("against_by", "反对的委员"), ("abstained_by", "弃权的委员"), ("recused", "回避的委员")):
        fields[name] = forms.MultipleChoiceField(label=f"{head}{label}", choices=people, widget=Boxes, required=False)
    for member, name in people:
        fields[f"vote-{member}"] = forms.ChoiceField(
            label=f"{head}{name}的表决意见", choices=VOTES, required=False, help_text="记名表决的逐人填写"
        )
    lines = number_fields(lines_of(item), prefix="line", said="原", bound=False, head=head)
    return {f"{name}-{item.uuid}": field for name, field in fields.items()} | lines | {f"note-{item.uuid}": note}


def lines_of(item: AgendaItem) -> list[ChangeLine]:
    """Return the lines of the item's case: also what is not counted may be left out of what the committee agrees to."""
    lines = item.proposal.change_lines if item.proposal else ()
    return placed_lines.placed(lines, on=timezone.localdate(item.meeting.starts_at))
