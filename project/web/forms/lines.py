"""The rows in which change lines are typed; a body is named by its name or code, also one that this case creates."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from project.web.forms.appearance import Day, StyledForm, styled
from project.web.forms.line_fields import Rows, ops_of, uses
from proposals.case.kinds import BY_CODE
from proposals.case.lines import CREATING
from proposals.case.particulars.kinds import Key
from proposals.case.particulars.table import CORRECTABLE, KEYS, stored
from proposals.case.particulars.table import Particulars as P
from proposals.ledger.models import Holder, UseWay
from proposals.models import Body, ChangeLine, ChangeOp
from proposals.organisation.bodies import BodyVersion
from proposals.organisation.body_words import Bodies
from proposals.side_registers.models import DutyItem, Pledge, ProblemItem
from proposals.vocabulary import UNITS, BodyCategory, Rank

NONE = (("", "——"),)
# The keys under which a line names a body that the case itself creates, by the field in which it is typed.
MADE: Mapping[str, Key[Any]] = {"body": P.new_body, "counterpart": P.new_counterpart}
SOURCES = (("", "按权限默认"), (Holder.POOL.value, "区级余量（限额余量）"), (Holder.CITY.value, "市级"))
LEADERS_HELP = "撤并的机构有领导职数的填写：职数核减或转入哪里，现任人员怎样安排"


def _words(vocabulary: Any) -> list[tuple[str, str]]:
    """Return the words of a vocabulary whose own empty word is not offered."""
    return [*NONE, *((value, label) for value, label in vocabulary.choices if value)]


class LineForm(StyledForm, forms.Form):
    """One change line: every field that some sort of line uses; what its own does not use is dropped."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    op = forms.ChoiceField(label="调整事项", required=False)
    body = forms.CharField(
        label="机构", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "bodies"})
    )
    name = forms.CharField(label=P.name.asked, max_length=100, required=False)
    counterpart = forms.CharField(
        label="对方（接收、上级）机构", max_length=100, required=False, widget=forms.TextInput(attrs={"list": "bodies"})
    )
    unit = forms.ChoiceField(label="编制（职数）类型", choices=[*NONE, *UNITS], required=False)
    requested = forms.IntegerField(label="申请数（项数、人数）", min_value=1, max_value=99_999, required=False)
    people = forms.IntegerField(label=P.people.asked, min_value=0, max_value=99_999, required=False)
    rank = forms.ChoiceField(
        label="规格", choices=[*NONE, *((str(v), label) for v, label in Rank.choices)], required=False
    )
    category = forms.ChoiceField(label=P.category.asked, choices=[*NONE, *BodyCategory.choices], required=False)
    short_name = forms.CharField(label=P.short_name.asked, max_length=60, required=False)
    nature = forms.ChoiceField(label=P.nature.asked, choices=[*NONE, *BodyVersion.Nature.choices], required=False)
    welfare_class = forms.ChoiceField(
        label=P.welfare_class.asked, choices=_words(BodyVersion.WelfareClass), required=False
    )
    funding = forms.ChoiceField(label=P.funding.asked, choices=_words(BodyVersion.Funding), required=False)
    plate = forms.CharField(label=P.plate.asked, max_length=100, required=False)
    duty = forms.CharField(label=P.duty.asked, max_length=200, required=False)
    duties = forms.CharField(
        label=P.duties.asked, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    row = forms.CharField(label=P.row.asked, max_length=300, required=False)
    way = forms.ChoiceField(label=P.way.asked, choices=[*NONE, *ProblemItem.Way.choices], required=False)
    measure = forms.CharField(label=P.measure.asked, max_length=300, required=False)
    part = forms.IntegerField(label=P.part.asked, min_value=1, max_value=99_999, required=False)
    mode = forms.ChoiceField(label=P.mode.asked, choices=_words(DutyItem.Mode), required=False)
    form = forms.ChoiceField(label=P.form.asked, choices=[*NONE, *Pledge.Form.choices], required=False)
    threshold = forms.IntegerField(label=P.threshold.asked, min_value=1, max_value=100, required=False)
    department = forms.CharField(label=P.department.asked, max_length=100, required=False)
    source = forms.ChoiceField(label=P.source.asked, choices=SOURCES, required=False)
    to_unit = forms.ChoiceField(label=P.to_unit.asked, choices=[*NONE, *UNITS], required=False)
    return_on = forms.DateField(label=P.return_on.asked, widget=Day(), required=False)
    ends_on = forms.DateField(label=P.ends_on.asked, widget=Day(), required=False)
    leaders = forms.CharField(label=P.leaders.asked, max_length=300, required=False, help_text=LEADERS_HELP)
    end_condition = forms.CharField(label=P.end_condition.asked, max_length=200, required=False)
    use_way = forms.ChoiceField(label=P.use_way.asked, choices=[*NONE, *UseWay.choices], required=False)
    post = forms.CharField(label=P.post.asked, max_length=100, required=False)
    from_outside = forms.BooleanField(label=P.from_outside.asked, required=False)
    purpose = forms.CharField(label=P.purpose.asked, max_length=200, required=False)
    year = forms.IntegerField(label=P.year.asked, min_value=2000, max_value=2100, required=False)
    carried = forms.IntegerField(label=P.carried.asked, min_value=0, max_value=99_999, required=False)
    correct_field = forms.ChoiceField(label="更正项目", choices=[*NONE, *CORRECTABLE.items()], required=False)
    correct_value = forms.CharField(label="更正为", max_length=100, required=False)
    remark = forms.CharField(label="说明", max_length=300, required=False)

    quiet = True  # nearly every field may stay empty: saying so beside each would only be noise
    MAIN = ("op", "body", "counterpart", "unit", "requested")

    def __init__(self, *args: Any, kind: str, bodies: Bodies, rows: Rows, **kwargs: Any) -> None:
        kwargs["empty_permitted"] = False  # a row is a line; one that is not wanted is removed, never passed over
        super().__init__(*args, **kwargs)
        self.bodies, self.rows = bodies, rows
        usual = BY_CODE[kind].ops
        labels = dict(ChangeOp.choices)
        others = [(value, label) for value, label in ChangeOp.choices if value not in usual]
        choices = [
            ("", "请选择"), ("本类事项常用", [(op, labels[op]) for op in usual]), ("其他", others),
        ]  # fmt: skip
        self.fields["op"] = styled(forms.ChoiceField(label="调整事项", choices=choices, required=False))
        types = [*NONE, *rows.list_types()]
        self.fields["list_type"] = styled(forms.ChoiceField(label=P.list_type.asked, choices=types, required=False))
        self.fields["row"].widget.attrs["list"] = f"rows-{self['op'].value()}"

    def places(self) -> list[tuple[forms.BoundField, str, bool]]:
        """Return every field with the sorts of line that use it and whether the chosen sort does, the usual first."""
        op = str(self["op"].value() or "")
        known = op if op in ChangeOp else ""
        order = (*self.MAIN, *(name for name in self.fields if name not in (*self.MAIN, "uuid", "remark")), "remark")
        return [(self[name], ops_of(name), uses(known, name)) for name in order]

    def clean(self) -> dict[str, Any]:
        """Find the bodies that were named; what this case creates is known by its line."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("op"):
            self.add_error("op", "请选择调整事项，不需要的请移除本行。")
        if cleaned.get("op") == ChangeOp.USE and not cleaned.get(P.use_way.key):
            self.add_error(P.use_way.key, "请选择用编方式：招录（聘）、调入、安置、引才等。")
        if cleaned.get("op") == ChangeOp.POOL_USE and not cleaned.get(P.purpose.key):
            self.add_error(P.purpose.key, "请填写引进的人才（类别）和岗位，周转池编制专编专用。")
        for name in ("body", "counterpart"):
            word = (cleaned.get(name) or "").strip()
            if word and (complaint := self._complaint(word)):
                self.add_error(name, complaint)
        word, op = (cleaned.get("row") or "").strip(), cleaned.get("op", "")
        if word and op and uses(op, "row") and word not in self.rows.of(op):
            self.add_error("row", f"台账中没有可办理的「{word}」，请从列表中选择。")
        return cleaned

    def _complaint(self, word: str) -> str:
        """Say why a word names no body, or which bodies it may mean."""
        found = self.bodies.read(word)
        if found.candidates:
            return found.asked_back(word)
        return "" if found.body or found.made else f"台账中没有「{word}」，请按全称或机构编号填写。"

    def line(self) -> dict[str, Any]:
        """Return the line as drafting takes it; what its sort does not use is left out."""
        op = self.cleaned_data["op"]
        data: dict[str, Any] = {name: value if uses(op, name) else None for name, value in self.cleaned_data.items()}
        row = self.rows.of(op).get((data[P.row.key] or "").strip())
        said: dict[Key[Any], Any] = {key: data[name] for name, key in KEYS.items() if name in data}
        said[P.duties] = [one for line in (data[P.duties.key] or "").splitlines() if (one := line.strip())]
        said[P.fields] = {data["correct_field"]: data["correct_value"]} if data["correct_field"] else {}
        said[P.row], said[P.row_name] = (row.uuid, row.label) if row else (None, "")
        bodies, shown = {}, ""
        for name in ("body", "counterpart"):
            found = self.bodies.read((data.get(name) or "").strip())
            bodies[name] = found.body
            if found.made:
                said[MADE[name]] = found.made
                shown = shown or self.bodies.made_names[found.made]
        if row and row.body and bodies["body"] is None:
            bodies["body"] = self.bodies.by_uuid(row.body)
        return {
            "uuid": data["uuid"],
            "op": op,
            **bodies,
            "body_name": self._shown(bodies["body"], shown) or (row.whose if row else ""),
            "unit": data["unit"] or "",
            "rank": int(data["rank"]) if data["rank"] else None,
            "requested": data["requested"],
            "params": stored(said),
            "remark": data["remark"],
        }

    def _shown(self, body: Body | None, made: str) -> str:
        if self.cleaned_data["op"] in CREATING and self.cleaned_data.get("name"):
            return self.cleaned_data["name"]
        return self.bodies.names.get(body.pk, "") if body else made


def initial_of(line: ChangeLine, bodies: Bodies, rows: Rows) -> dict[str, Any]:
    """Return a saved line as its row shows it."""
    words, made = bodies.words, bodies.made
    says = line.says
    correction = next(iter(says.fields.items()), ("", ""))
    return {
        **says.stored,
        "uuid": line.uuid,
        "op": line.op,
        "body": words.get(line.body_id or 0) or made.get(str(says.new_body or ""), ""),
        "counterpart": words.get(line.counterpart_id or 0) or made.get(str(says.new_counterpart or ""), ""),
        "unit": line.unit,
        "rank": "" if line.rank is None else str(line.rank),
        "requested": line.requested,
        P.name.key: says.name or (line.body_name if line.op in CREATING else ""),
        P.duties.key: "\n".join(says.duties),
        P.row.key: (rows.words(line.op, says.row) or says.row_name) if says.row else "",
        "correct_field": correction[0],
        "correct_value": correction[1],
        "remark": line.remark,
    }


def new_line() -> dict[str, Any]:
    """Return an empty row; its uuid is given now, so that other rows may name the body it creates."""
    return {"uuid": uuid.uuid4()}
