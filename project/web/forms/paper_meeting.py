"""The form of a meeting held on paper: roll, results item by item, dissent, recusal, and the scan of the record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from project.web.forms.dress import Boxes, Day, Dressed
from proposals import convening
from proposals.models import AgendaItem, ChangeLine, Meeting
from proposals.sitting_facts import roll_on
from proposals.states import Motion
from proposals.voting_rule import Method

METHODS = [(str(one), one.label) for one in (Method.NO_OBJECTION, Method.ORAL, Method.HANDS)]
MOTIONS = [(str(one), one.label) for one in Motion]


class PaperMeetingForm(Dressed, forms.Form):
    """What the paper record says; how each item came out is counted from it."""

    def __init__(self, *args: Any, meeting: Meeting, on: date, **kwargs: Any) -> None:
        self.meeting, self.roll = meeting, roll_on(meeting, on)
        people = [(one["member"], f"{one['name']}（{one['post']}）") for one in self.roll]
        self.base_fields: dict[str, forms.Field] = {  # type: ignore[misc]
            "held_on": forms.DateField(label="会议日期", widget=Day(), initial=on),
            "seq": forms.IntegerField(label="第几次会议", min_value=1, initial=convening.next_number(meeting=meeting)),
            "number": forms.CharField(label="会议记录编号（文号）", max_length=80),
            "present": forms.MultipleChoiceField(
                label="到会委员", choices=people, widget=Boxes, initial=[member for member, _ in people]
            ),
        }
        for item in meeting.items.all():
            self.base_fields.update(_result(item, people))
        self.base_fields["scan"] = forms.FileField(label="会议记录扫描件", help_text="PDF 或图片，签字页应清晰。")
        self.base_fields["clean"] = forms.BooleanField(label="所传文件不含国家秘密")
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """Return the facts of the step that enters the meeting."""
        present = self.cleaned_data["present"]
        away = [one["member"] for one in self.roll if one["member"] not in present]
        return {
            "seq": self.cleaned_data["seq"],
            "present": present,
            "leave": {member: "会议记录载明未到会" for member in away},
            "results": [self._answer(item) for item in self.meeting.items.all()],
        }

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
            label=f"{head}赞成票数", min_value=0, required=False, help_text="一致同意(无异议)的不填票数"
        ),
        "against": forms.IntegerField(label=f"{head}反对票数", min_value=0, required=False),
        "abstained": forms.IntegerField(label=f"{head}弃权票数", min_value=0, required=False),
    }
    for name, label in (("against_by", "反对的委员"), ("abstained_by", "弃权的委员"), ("recused", "回避的委员")):
        fields[name] = forms.MultipleChoiceField(label=f"{head}{label}", choices=people, widget=Boxes, required=False)
    lines = {
        f"line-{line.uuid}": forms.IntegerField(
            label=f"{head}{line.position}. {line}（原 {line.requested}）", min_value=0, required=False
        )
        for line in lines_of(item)
    }
    return {f"{name}-{item.uuid}": field for name, field in fields.items()} | lines | {f"note-{item.uuid}": note}


def lines_of(item: AgendaItem) -> list[ChangeLine]:
    """Return the lines of the item's case that carry a number."""
    return list(item.proposal.lines.exclude(requested=None)) if item.proposal else []
