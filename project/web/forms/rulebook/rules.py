"""The forms that draw up a change of the rulebook; `facts` is what the step is given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from docs_templates.catalogue import BY_SLUG
from project.web.forms.appearance import Day, StyledForm, styled
from project.web.intake import readers
from proposals.case import kinds
from proposals.law.lawbook import SWITCHES, Signing
from proposals.law.models import CAP_SUBJECTS, Provision
from proposals.models import Appointment, ChangeOp, Person, Setting, Territory
from proposals.organisation.duty_places import UNIT_DUTIES, placed
from proposals.rulebook.appointing import places
from proposals.vocabulary import UNITS, BodyCategory, Decider, DecisionMode, Duty, Rank, State

ANY = ("", "不限")
# What begins like this is meant as JSON, never as a word.
JSON_BEGINS = tuple('[{"-0123456789')
STATES: Mapping[str, str] = {label: state for state, label in State.choices}


class DatedForm(StyledForm, forms.Form):
    """What is drawn up with a day."""

    def facts(self) -> dict[str, Any]:
        """Return the facts of a valid form as primitives; what was left open is left out."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in given.items()}


class ChangeForm(DatedForm):
    """What every change says: from when, by which clause, and why."""

    since = forms.DateField(label="施行日期", widget=Day())
    citation = forms.CharField(label="依据（文件、条款）", max_length=300)
    verified = forms.BooleanField(label="原文已核实", required=False)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RuleForm(ChangeForm):
    """A row of authority: which matters of which bodies are decided by whom, and how."""

    kind = forms.ChoiceField(
        label="事项类型", choices=[ANY, *((one.code, one.label) for one in kinds.KINDS)], required=False
    )
    op = forms.ChoiceField(label="变更内容", choices=[ANY, *ChangeOp.choices], required=False)
    category = forms.ChoiceField(label="机构类别", choices=[ANY, *BodyCategory.choices], required=False)
    unit = forms.ChoiceField(label="编制（职数）类型", choices=[ANY, *UNITS], required=False)
    min_rank = forms.TypedChoiceField(label="最低规格", choices=Rank.choices, coerce=int)
    max_rank = forms.TypedChoiceField(label="最高规格", choices=Rank.choices, coerce=int, initial=Rank.DIVISION)
    raises_total = forms.NullBooleanField(label="突破本级总量", required=False)
    decider = forms.ChoiceField(label="决定机关", choices=Decider.choices)
    mode = forms.ChoiceField(label="方式", choices=DecisionMode.choices)


class CapForm(ChangeForm):
    """A ceiling given from above."""

    counted = forms.ChoiceField(label="对象", choices=CAP_SUBJECTS)
    scope = forms.CharField(label="范围", max_length=60, required=False, help_text="不填即为全区")
    value = forms.IntegerField(label="限额", min_value=0, max_value=999_999)
    paper = forms.CharField(label="批准文件", max_length=200)
    until = forms.DateField(
        label="有效期至", widget=Day(), required=False, help_text="按年度下达的填写年末；长期有效的不填。"
    )


class SettingForm(ChangeForm):
    """One adjustable value; switches are typed as 是, 否, a number or a word, everything else as JSON."""

    topic = forms.ChoiceField(label="类别", choices=Setting.Topic.choices)
    item = forms.CharField(label="项目", max_length=60, help_text="办理时限填环节名称，如受理审查")
    value = forms.CharField(
        label="内容",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="是、否、数字（办理时限为工作日数），或按原格式填写",
    )

    def clean_item(self) -> str:
        """Read the name of a state for a time limit, everything else as it was typed."""
        item: str = self.cleaned_data["item"].strip()
        return STATES.get(item, item) if self.cleaned_data.get("topic") == Setting.Topic.TIME_LIMIT else item

    def clean_value(self) -> Any:
        """Read 是 and 否, then JSON, then plain words."""
        text = self.cleaned_data["value"].strip()
        if text in ("是", "否"):
            return text == "是"
        try:
            return readers.json_value(text)
        except ValueError:
            if text[:1] in JSON_BEGINS:
                raise forms.ValidationError("内容的格式有误：数字须为整数，不超过10位；括号、引号须成对。") from None
            copied = self.cleaned_data.get("topic") == Setting.Topic.COPIES
            return [name for name in re.split(r"[、，,\s]+", text) if name] if copied else text


class EndForm(StyledForm, forms.Form):
    """The last day of a row."""

    until = forms.DateField(label="截止日期", widget=Day())
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self) -> dict[str, Any]:
        """Return the facts of a valid form."""
        return {"until": self.cleaned_data["until"].isoformat(), "reason": self.cleaned_data["reason"]}


class AdoptForm(DatedForm):
    """From when a whole ready profile is the law, and why; the digest says which rows were shown."""

    digest = forms.CharField(widget=forms.HiddenInput)
    since = forms.DateField(label="施行日期", widget=Day(), help_text="条目本身写明较晚日期的，从该日期起施行。")
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TakeOverForm(DatedForm):
    """Why the office answers for law that stands; the digest says which rows were shown."""

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AppointForm(DatedForm):
    """A person's duty from a day on; a unit's duty names the unit."""

    since = forms.DateField(label="起", widget=Day())
    until = forms.DateField(label="止", widget=Day(), required=False)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, territory: Territory, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Appointment.objects.filter(path__startswith=territory.path).values("person")
        people = [(str(one.uuid), str(one)) for one in Person.objects.filter(pk__in=here, is_active=True)]
        self.units = places(territory=territory, on=on)
        duties = [one for one in Duty if one in UNIT_DUTIES or placed(duty=one, path=territory.path)]
        self.fields |= {
            "person": styled(forms.ChoiceField(label="人员", choices=people)),
            "duty": styled(forms.ChoiceField(label="职责", choices=[(one.value, one.label) for one in duties])),
            "place": styled(
                forms.ChoiceField(
                    label="所在单位", choices=[("", "——"), *self.units.items()], required=False,
                    help_text="单位经办人、单位主要负责人须选择，其他职责不选",
                )
            ),
        }  # fmt: skip
        self.order_fields(["person", "duty", "place"])

    def clean(self) -> dict[str, Any]:
        """Ask for the unit where the duty is a unit's, and for none where it is not."""
        cleaned = super().clean() or self.cleaned_data
        of_a_unit, place = cleaned.get("duty") in UNIT_DUTIES, cleaned.get("place")
        if of_a_unit and not place:
            self.add_error("place", "这项职责须有所在单位，请选择单位。")
        if place and not of_a_unit and "duty" in cleaned:
            self.add_error("place", "这项职责不是单位的职责，请不要选择所在单位。")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the facts of a valid form: the unit becomes the path of the duty and the unit's name of that day."""
        facts = super().facts()
        if place := facts.pop("place", ""):
            facts |= {"path": place, "unit": self.units[place].rpartition("（")[0] or self.units[place]}
        return facts


def initial_of(row: Provision) -> dict[str, Any]:
    """Return what a form shows when it begins from an existing row."""
    initial = {
        name: value for name, value in row.__dict__.items() if name not in ("since", "until", "citation", "verified")
    }
    initial["counted"] = initial.get("subject", "")
    if isinstance(row, Setting):
        initial["item"] = name_of(row) if row.topic == Setting.Topic.TIME_LIMIT else row.key
        plain = {True: "是", False: "否"}
        initial["value"] = (
            plain[row.value] if isinstance(row.value, bool)
            else shown(row) if row.topic == Setting.Topic.COPIES
            else json.dumps(row.value, ensure_ascii=False)
        )  # fmt: skip
    return initial


def shown(row: Setting) -> str:
    """Return a setting's value as a reader sees it."""
    if isinstance(row.value, bool):
        return "是" if row.value else "否"
    if row.topic == Setting.Topic.TIME_LIMIT:
        return f"{row.value}个工作日"
    if row.topic == Setting.Topic.SIGNING:
        return hands(Signing(*(tuple(row.value[name]) for name in Signing._fields)))
    if row.topic == Setting.Topic.COPIES:
        return "、".join(row.value)
    return row.value if isinstance(row.value, str) else json.dumps(row.value, ensure_ascii=False)


def hands(signing: Signing) -> str:
    """Return who reviews and signs a paper, in words."""
    words = dict(Duty.choices)
    reviewers, committee, office = ("、".join(words[duty] for duty in duties) for duties in signing)
    return f"核稿：{reviewers or '拟稿人自核'}；编委发文签发：{committee}；编办发文签发：{office}"


def name_of(row: Setting) -> str:
    """Return what a setting is called."""
    if row.topic == Setting.Topic.TIME_LIMIT and row.key in State:
        return State(row.key).label
    if row.topic == Setting.Topic.SIGNING and row.key in BY_SLUG:
        return BY_SLUG[row.key].label
    return SWITCHES[row.key].label if row.topic == Setting.Topic.SWITCH and row.key in SWITCHES else row.key
