"""The forms of a meeting: a step's fields with items and members to choose from, counts and names, wording, a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from project.web.forms.appearance import StyledForm, styled
from project.web.forms.asked import AskedForm, Offer
from proposals.case.values import placed_lines
from proposals.committee import counting, planning
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.minutes import correcting, drawing, places
from proposals.committee.reading.whole import Reading
from proposals.committee.steps.preconditions.roll import substitutes_for
from proposals.committee.voting_rule import Method
from proposals.models import (
    AgendaItem,
    CorrectionDraft,
    Form,
    Meeting,
    Proposal,
    Role,
    SubjectKind,
    Territory,
)
from proposals.vocabulary import BallotValue, MeetingState, State
from workflows import subjects

DISSENT = (
    ("", "无异议"),
    (BallotValue.AGAINST.value, "反对"),
    (BallotValue.ABSTAIN.value, "弃权"),
)
NAMED = (
    ("", "未表决"),
    *BallotValue.choices,
)
PRESSED = frozenset({Method.NAMED, Method.SECRET})
METHODS: Mapping[str, frozenset[Method]] = {
    MeetingStep.OPEN_BALLOT: PRESSED,
    MeetingStep.SECOND_BALLOT: PRESSED,
    MeetingStep.RECORD_COUNTS: frozenset({Method.ORAL, Method.HANDS, Method.SECRET}),
}
COUNTS = (("in_favour", "赞成"), ("against", "反对"), ("abstained", "弃权"))


def pool(meeting: Meeting) -> list[tuple[str, str]]:
    """Return the cases that wait for a meeting: agreed to by the chair and on no other agenda."""
    waiting = Proposal.objects.filter(territory=meeting.territory_id, state=State.SCHEDULED).exclude(
        agenda_items__in=AgendaItem.objects.filter(status=AgendaItem.Status.WAITING).exclude(
            meeting__state=MeetingState.CANCELLED
        )
    )
    return [(str(case.uuid), case.title) for case in waiting.order_by("proposed_on", "pk")]


class SittingForm(AskedForm):
    """The form of one step of a meeting; what the page has already chosen travels hidden."""

    def __init__(self, *args: Any, meeting: Meeting, step: str, given: dict[str, str], **kwargs: Any) -> None:
        self.meeting, self.step = meeting, step
        self.read = Reading(meeting)
        self.matter = self.read.matter(given.get("item"))
        self.item = self.matter.item if self.matter else None
        voted = self.item.proposal.change_lines if self.item and self.item.proposal else ()
        lines = placed_lines.placed(voted, on=timezone.localdate())
        initial = {"seq": planning.next_number(meeting=meeting), "motion": self.item.motion if self.item else None}
        offer = Offer(lines=lines)
        super().__init__(
            *args,
            asks=subjects.asks_of(kind=SubjectKind.MEETING, step=step),
            offer=offer,
            initial={**initial, **given},
            **kwargs,
        )
        choices = {
            "item": self._items,
            "proposal": lambda: pool(meeting),
            "member": self._seats,
            "person": self._vices,
            "correction": self._drafts,
        }
        for name, field in self.fields.items():
            if name in choices:
                field.choices = [("", "请选择"), *choices[name]()]  # type: ignore[attr-defined]
                if given.get(name):
                    field.widget = forms.HiddenInput()
            if name == "method":
                allowed = set(self.read.rule.methods if meeting.rule else ()) & METHODS[step]
                kept = [one for one in field.choices if not one[0] or one[0] in allowed]  # type: ignore[attr-defined]
                field.choices = kept  # type: ignore[attr-defined]
        if step == MeetingStep.PROPOSE_CORRECTION:
            texts = drawing.texts_of(correcting.as_it_stands(meeting))
            self.fields["place"] = styled(
                forms.ChoiceField(
                    label="更正处", choices=[("", "请选择"), *((one, places.in_words(one)) for one in texts)]
                )
            )
        self._add_counts()

    def facts(self) -> dict[str, Any]:
        """Return the step's facts; counts of nought are facts too."""
        facts = super().facts()
        if self.step == MeetingStep.RECORD_COUNTS:
            facts |= {name: self.cleaned_data[name] or 0 for name, _ in COUNTS}
        names = {name[2:]: self.cleaned_data[name] for name in self.fields if name.startswith("m-")}
        if names:
            key = "ballots" if self.step == MeetingStep.RECORD_NAMED else "dissent"
            facts[key] = {member: value for member, value in names.items() if value}
        return facts

    def _add_counts(self) -> None:
        if self.step == MeetingStep.RECORD_COUNTS:
            for name, label in COUNTS:
                self.fields[name] = styled(
                    forms.IntegerField(label=f"{label}票数", min_value=0, max_value=99, required=name == "in_favour")
                )
        if self.step in (MeetingStep.RECORD_NO_OBJECTION, MeetingStep.RECORD_NAMED) and self.matter:
            offered = NAMED if self.step == MeetingStep.RECORD_NAMED else DISSENT
            members = self.read.names
            for member in counting.eligible(self.matter):
                field = forms.ChoiceField(label=members[member], choices=offered, required=False)
                self.fields[f"m-{member}"] = styled(field)

    def _items(self) -> list[tuple[str, str]]:
        return [(str(item.uuid), str(item)) for item in self.meeting.items.all()]

    def _drafts(self) -> list[tuple[str, str]]:
        waiting = self.meeting.correction_drafts.filter(status=CorrectionDraft.Status.WAITING)
        return [(str(one.uuid), str(one)) for one in waiting]

    def _seats(self) -> list[tuple[str, str]]:
        return list(self.read.names.items())

    def _vices(self) -> list[tuple[str, str]]:
        if self.step == MeetingStep.NAME_SUBSTITUTE:
            found = substitutes_for(self.meeting, timezone.localdate())
            return [(str(one.person.uuid), f"{one.person.name}（{one.person.post}）") for one in found]
        return [(str(one.member), str(one)) for one in self.meeting.roll.filter(role=Role.VICE)]


class PlanForm(StyledForm, forms.Form):
    """When, where and how the committee meets next."""

    form = forms.ChoiceField(label="形式", choices=Form.choices)
    starts_at = forms.DateTimeField(
        label="时间", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label="地点", max_length=100, required=False)

    def __init__(self, *args: Any, districts: Sequence[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.districts = {str(one.uuid): one for one in districts}
        if len(districts) > 1:  # who calls one committee only is not asked
            choices = [("", "请选择"), *((uuid, one.committee_name) for uuid, one in self.districts.items())]
            asked = forms.ChoiceField(label="召开会议的编委", choices=choices)
            self.fields = {"district": styled(asked), **self.fields}

    def district(self) -> Territory:
        """Return whose committee meets: the chosen one, or the only one there is."""
        return self.districts[self.cleaned_data.get("district") or next(iter(self.districts))]


class WordingForm(StyledForm, forms.Form):
    """The wording of the minutes, item by item; facts are not in the form."""

    def __init__(self, *args: Any, content: dict[str, Any], **kwargs: Any) -> None:
        self.base_fields: dict[str, forms.Field] = {}  # type: ignore[misc]
        self.content = content
        for name, label in (("opening", "开头"), ("closing", "结尾")):
            self.base_fields[name] = _text(label, content["wording"][name], rows=2)
        for item in content["items"]:
            for name, label in (("discussion", "讨论情况"), ("resolution", "议定事项"), ("conditions", "有关要求")):
                shown = f"议题{item['position']}《{item['title']}》{label}"
                self.base_fields[f"{name}-{item['item']}"] = _text(shown, item["wording"][name], rows=3)
        super().__init__(*args, **kwargs)

    def wording(self) -> dict[str, Any]:
        """Return the wording as the step takes it."""
        items: dict[str, dict[str, str]] = {}
        for name, value in self.cleaned_data.items():
            place, _, item = name.partition("-")
            if item:
                items.setdefault(item, {})[place] = value
        return {"opening": self.cleaned_data["opening"], "closing": self.cleaned_data["closing"], "items": items}


def _text(label: str, value: str, *, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, initial=value, required=False, max_length=20_000, widget=area)
