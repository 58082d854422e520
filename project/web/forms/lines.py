"""The rows in which change lines are typed; a body is named by its name or code, also one that this case creates."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from project.web.forms.dress import Day, Dressed, dress
from proposals.kinds import BY_CODE
from proposals.models import Body, ChangeLine, ChangeOp
from proposals.models.change import CREATING
from proposals.models.establishment import BodyVersion
from proposals.models.quota import UNITS
from proposals.states import BodyCategory, Rank

NONE = [("", "——")]
SOURCES = [("", "按权限默认"), ("POOL", "区级周转池（限额余量）"), ("CITY", "市级")]
TEXTS = ("name", "short_name", "plate", "duty", "category", "source", "to_unit", "end_condition")
DAYS = ("return_on", "ends_on")
CORRECTABLE = [
    ("", "——"), ("name", "机构名称"), ("short_name", "规范简称"), ("credit_code", "统一社会信用代码"),
    ("nature", "机构性质"), ("welfare_class", "公益类别"), ("funding", "经费形式"),
]  # fmt: skip


@dataclass(slots=True)
class Bodies:
    """The bodies a line may name on a day: by name and by code."""

    by_word: dict[str, Body] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def standing(cls, rows: Sequence[BodyVersion]) -> Bodies:
        """Gather what may be typed; the code wins over a name that looks the same."""
        words = {row.name: row.body for row in rows} | {row.body.code: row.body for row in rows}
        return cls(by_word=words, names={row.body_id: row.name for row in rows})


class LineForm(Dressed, forms.Form):
    """One change line."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    op = forms.ChoiceField(label="调整事项", required=False)
    body = forms.CharField(
        label="机构", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "bodies"})
    )
    name = forms.CharField(label="拟设（新）名称", max_length=100, required=False)
    counterpart = forms.CharField(
        label="对方（接收、上级）机构", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "bodies"})
    )
    unit = forms.ChoiceField(label="编制（职数）类型", choices=[*NONE, *UNITS], required=False)
    requested = forms.IntegerField(label="申请数", min_value=1, max_value=99_999, required=False)
    people = forms.IntegerField(label="随编划转人数", min_value=0, max_value=99_999, required=False)
    rank = forms.ChoiceField(
        label="规格", choices=[*NONE, *((str(v), label) for v, label in Rank.choices)], required=False
    )
    category = forms.ChoiceField(label="机构类别", choices=[*NONE, *BodyCategory.choices], required=False)
    short_name = forms.CharField(label="规范简称", max_length=60, required=False)
    plate = forms.CharField(label="牌子名称", max_length=100, required=False)
    duty = forms.CharField(label="职责", max_length=200, required=False)
    source = forms.ChoiceField(label="编制来源（去向）", choices=SOURCES, required=False)
    to_unit = forms.ChoiceField(label="调整后的类型", choices=[*NONE, *UNITS], required=False)
    return_on = forms.DateField(label="归还日期", widget=Day(), required=False)
    ends_on = forms.DateField(label="存续期限", widget=Day(), required=False)
    end_condition = forms.CharField(label="撤销条件", max_length=200, required=False)
    correct_field = forms.ChoiceField(label="更正项目", choices=CORRECTABLE, required=False)
    correct_value = forms.CharField(label="更正为", max_length=100, required=False)
    remark = forms.CharField(label="说明", max_length=300, required=False)

    quiet = True  # nearly every field may stay empty: saying so beside each would only be noise
    MAIN = ("op", "body", "counterpart", "unit", "requested")

    def __init__(self, *args: Any, kind: str, bodies: Bodies, made: Mapping[str, str], **kwargs: Any) -> None:
        kwargs["empty_permitted"] = False  # a row is a line; one that is not wanted is removed, never passed over
        super().__init__(*args, **kwargs)
        self.bodies, self.made = bodies, made
        usual = BY_CODE[kind].ops
        labels = dict(ChangeOp.choices)
        others = [(value, label) for value, label in ChangeOp.choices if value not in usual]
        choices = [
            ("", "请选择"), ("本类事项常用", [(op, labels[op]) for op in usual]), ("其他", others),
        ]  # fmt: skip
        self.fields["op"] = dress(forms.ChoiceField(label="调整事项", choices=choices, required=False))

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that nearly every line needs."""
        return [self[name] for name in self.MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that single kinds of lines need."""
        return [self[name] for name in self.fields if name not in (*self.MAIN, "uuid")]

    @property
    def has_more(self) -> bool:
        """Whether one of the further fields is filled, so that it must not be folded away."""
        return any(field.value() not in (None, "") for field in self.more) or any(field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        """Find the bodies that were named; what this case creates is known by its line."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("op"):
            self.add_error("op", "请选择调整事项，不需要的请移除本行。")
        for name in ("body", "counterpart"):
            word = (cleaned.get(name) or "").strip()
            if word and word not in self.bodies.by_word and word not in self.made:
                self.add_error(name, f"台账中没有「{word}」，请按全称或机构编号填写。")
        return cleaned

    def line(self) -> dict[str, Any]:
        """Return the line as drafting takes it."""
        data = self.cleaned_data
        params: dict[str, Any] = {key: data[key] for key in TEXTS if data.get(key)}
        params |= {key: data[key].isoformat() for key in DAYS if data.get(key)}
        if data.get("people") is not None:
            params["people"] = data["people"]
        if data.get("correct_field"):
            params["fields"] = {data["correct_field"]: data["correct_value"]}
        bodies = {}
        for name in ("body", "counterpart"):
            word = (data.get(name) or "").strip()
            bodies[name] = self.bodies.by_word.get(word)
            if word and bodies[name] is None:
                params[f"new_{name}"] = self.made[word]
        return {
            "uuid": data["uuid"],
            "op": data["op"],
            **bodies,
            "body_name": self._shown(bodies["body"]),
            "unit": data["unit"],
            "rank": int(data["rank"]) if data["rank"] else None,
            "requested": data["requested"],
            "params": params,
            "remark": data["remark"],
        }

    def _shown(self, body: Body | None) -> str:
        if self.cleaned_data["op"] in CREATING and self.cleaned_data.get("name"):
            return self.cleaned_data["name"]
        return self.bodies.names.get(body.pk, "") if body else (self.cleaned_data.get("body") or "")


def initial_of(line: ChangeLine, names: Mapping[int, str], made: Mapping[str, str]) -> dict[str, Any]:
    """Return a saved line as its row shows it."""
    shown = {code: word for word, code in made.items()}
    params = dict(line.params)
    correction = next(iter(params.get("fields", {}).items()), ("", ""))
    return {
        **params,
        "uuid": line.uuid,
        "op": line.op,
        "body": names.get(line.body_id or 0) or shown.get(params.get("new_body", ""), ""),
        "counterpart": names.get(line.counterpart_id or 0) or shown.get(params.get("new_counterpart", ""), ""),
        "unit": line.unit,
        "rank": "" if line.rank is None else str(line.rank),
        "requested": line.requested,
        "name": params.get("name", "") or (line.body_name if line.op in CREATING else ""),
        "correct_field": correction[0],
        "correct_value": correction[1],
        "remark": line.remark,
    }


def new_line() -> dict[str, Any]:
    """Return an empty row; its uuid is given now, so that other rows may name the body it creates."""
    return {"uuid": uuid.uuid4()}
