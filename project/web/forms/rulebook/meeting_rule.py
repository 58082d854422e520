"""The forms that draw up a rule of meeting and a seat in the committee, and how a rule is told to a reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from project.web.forms.appearance import Day, styled
from project.web.forms.rulebook.rules import ChangeForm, DatedForm
from proposals.committee import terms
from proposals.committee.voting_rule import Base, Method, Share, VotingRule
from proposals.models import Appointment, Person, Role, Territory
from proposals.organisation.duty_places import ADMINISTRATORS
from proposals.vocabulary import Verdict

SHARES: Mapping[str, tuple[Share, str]] = {
    "1/2+": (Share(1, 2, True), "超过二分之一"),
    "1/2": (Share(1, 2, False), "达到二分之一"),
    "3/5": (Share(3, 5, False), "达到五分之三"),
    "2/3": (Share(2, 3, False), "达到三分之二"),
    "2/3+": (Share(2, 3, True), "超过三分之二"),
    "3/4": (Share(3, 4, False), "达到四分之三"),
    "1": (Share(1, 1, False), "全体"),
}
NAMES: Mapping[Share, str] = {share: name for name, (share, _) in SHARES.items()}
TIES = tuple((str(one), one.label) for one in (Verdict.TIE, Verdict.NOT_CARRIED, Verdict.CARRIED))
SHARE_FIELDS = ("quorum", "quorum_major", "threshold")
SWITCHES: Mapping[str, str] = {
    "recused_in_base": "回避委员计入表决基数",
    "recused_in_quorum_base": "回避委员计入到会基数",
    "recused_is_present": "回避委员计为到会",
    "unit_recusal": "议题涉及本单位的委员须回避",
    "refusal_by_majority": "反对达到规定多数即为不同意",
    "chair_last": "主持人末位表态",
    "substitutes": "委员可以由他人代理出席",
    "circulation": "可以书面传签（非重大事项）",
    "circulation_ratified": "传签议定的事项须经下次会议追认",
}
UNNAMED = "可以无记名表决"
NUMBERS: Mapping[str, str] = {"material_days": "材料提前送达工作日", "circulation_days": "传签期限工作日"}


def _share(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(name, words) for name, (_, words) in SHARES.items()])


class MeetingRuleForm(ChangeForm):
    """How the committee meets and decides from a day on."""

    quorum = _share("一般事项到会人数")
    quorum_major = _share("重大事项到会人数")
    base = forms.ChoiceField(label="表决基数", choices=Base.choices)
    threshold = _share("通过所需赞成票")
    tie = forms.ChoiceField(label="赞成与反对相等时", choices=TIES, required=False, help_text="不选即记为票数相等")
    split_margin = forms.IntegerField(
        label="意见分歧的票差", min_value=0, required=False, help_text="赞成与反对相差不超过此数的暂缓；不填即不设"
    )
    recused_in_base, recused_in_quorum_base, recused_is_present, unit_recusal = (
        forms.BooleanField(label=SWITCHES[name], required=False) for name in list(SWITCHES)[:4]
    )
    refusal_by_majority, chair_last, substitutes, circulation, circulation_ratified = (
        forms.BooleanField(label=SWITCHES[name], required=False) for name in list(SWITCHES)[4:]
    )
    secret = forms.BooleanField(label=UNNAMED, required=False)
    material_days, circulation_days = (forms.IntegerField(label=label, min_value=0) for label in NUMBERS.values())

    def facts(self) -> dict[str, Any]:
        """Return the facts of the step: the rule is one value."""
        given = super().facts()
        value = {name: given.pop(name, None) for name in ("base", "split_margin", *SWITCHES, *NUMBERS)}
        # The table of outcomes is no field of the form: a rule that follows another keeps it.
        value |= {name: kept for name, kept in (self.initial.get("value") or {}).items() if name == "outcomes"}
        value["tie"] = given.pop("tie", "") or str(Verdict.TIE)
        value["methods"] = [str(one) for one in Method if one != Method.SECRET or given.get("secret")]
        given.pop("secret", None)
        for name in SHARE_FIELDS:
            share, _ = SHARES[given.pop(name)]
            value[name] = {"num": share.num, "den": share.den, "strict": share.strict}
        return {**given, "value": value}

    @staticmethod
    def initial_of(value: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the form begins with when a new rule follows an existing one."""
        rule = VotingRule.from_data({**value, "citation": ""})
        plain = {name: getattr(rule, name) for name in ("base", "split_margin", *SWITCHES, *NUMBERS)}
        plain["tie"] = rule.tie
        plain["secret"] = Method.SECRET in rule.methods
        return {**plain, **{name: NAMES.get(getattr(rule, name)) for name in SHARE_FIELDS}}


class SeatForm(DatedForm):
    """A seat in the committee from a day on."""

    role = forms.ChoiceField(label="身份", choices=Role.choices)
    order = forms.IntegerField(label="职务排序", min_value=1, max_value=99)
    unit = forms.CharField(label="所在单位", max_length=100, required=False)
    since = forms.DateField(label="起", widget=Day())
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Appointment.objects.filter(path__startswith=territory.path).values("person")
        people = [(str(one.uuid), str(one)) for one in Person.objects.filter(pk__in=here, is_active=True)]
        self.fields["person"] = styled(forms.ChoiceField(label="人员", choices=people))
        self.order_fields(["person"])


class TermForm(DatedForm):
    """A new term of the committee: what each of the people in office becomes in it, beginning from what each is."""

    name = forms.CharField(label="届次", max_length=40, help_text="例如：第六届")
    since = forms.DateField(
        label="任期起", widget=Day(), help_text="上一届及其席位到此前一日为止；此前已发通知的会议不变"
    )
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appointed = Appointment.objects.filter(path__startswith=territory.path)
        running = appointed.filter(duty__in=ADMINISTRATORS).values("person")  # they hold no seat beside their office
        here = appointed.exclude(person__in=running).values("person")
        today = terms.held(territory=territory, since=timezone.localdate())
        seats = {seat.person_id: seat for seat in today.order_by("-order")}
        people = Person.objects.filter(Q(pk__in=here) | Q(pk__in=seats), is_active=True)
        self.people = sorted(people, key=lambda one: (seats[one.pk].order if one.pk in seats else 1000, str(one)))
        for one in self.people:
            seat = seats.get(one.pk)
            self.fields[f"role-{one.uuid}"] = styled(
                forms.ChoiceField(
                    label=f"{one}：身份", choices=[("", "不在本届"), *Role.choices], required=False,
                    initial=seat.role if seat else "",
                )
            )  # fmt: skip
            self.fields[f"order-{one.uuid}"] = styled(
                forms.IntegerField(
                    label=f"{one.name}：职务排序", min_value=1, max_value=99, required=False,
                    initial=seat.order if seat else None,
                )
            )  # fmt: skip
            self.fields[f"unit-{one.uuid}"] = styled(
                forms.CharField(
                    label=f"{one.name}：所在单位", max_length=100, required=False, initial=seat.unit if seat else ""
                )
            )

    def heads(self) -> list[forms.BoundField]:
        """Return the fields that concern the term as a whole."""
        return [self[name] for name in ("name", "since", "reason")]

    def rows(self) -> list[tuple[Person, list[forms.BoundField]]]:
        """Return each person with the fields of a seat, for one line of a table."""
        return [(one, [self[f"{name}-{one.uuid}"] for name in ("role", "order", "unit")]) for one in self.people]

    def clean(self) -> dict[str, Any]:
        """Let whoever is seated have a place in the order, and one of them the chair."""
        given = super().clean() or self.cleaned_data
        seated = [one for one in self.people if given.get(f"role-{one.uuid}")]
        for one in seated:
            if not given.get(f"order-{one.uuid}"):
                self.add_error(f"order-{one.uuid}", f"请填写{one.name}的职务排序。")
        if [given[f"role-{one.uuid}"] for one in seated].count(Role.CHAIR) != 1:
            self.add_error(None, "新一届编委应有一名主任，请核对各人的身份。")
        return given

    def facts(self) -> dict[str, Any]:
        """Return the facts of the step: the members are one list, in the order of their posts."""
        given = self.cleaned_data
        members = [
            {
                "person": str(one.uuid), "role": given[f"role-{one.uuid}"], "order": given[f"order-{one.uuid}"],
                "unit": given[f"unit-{one.uuid}"],
            }
            for one in self.people
            if given[f"role-{one.uuid}"]
        ]  # fmt: skip
        head = {name: value for name, value in super().facts().items() if name in ("name", "since", "reason")}
        return {**head, "members": sorted(members, key=lambda one: one["order"])}


def told(rule: VotingRule) -> list[tuple[str, str]]:
    """Return a rule line by line as a reader sees it."""
    shares = {"quorum": "一般事项到会人数", "quorum_major": "重大事项到会人数", "threshold": "通过所需赞成票"}
    lines = [(label, _words(getattr(rule, name))) for name, label in shares.items()]
    lines += [("表决基数", rule.base.label), ("赞成与反对相等时", rule.tie.label)]
    lines += [(label, "是" if getattr(rule, name) else "否") for name, label in SWITCHES.items()]
    lines += [(UNNAMED, "是" if Method.SECRET in rule.methods else "否")]
    return lines + [(label, f"{getattr(rule, name)} 个") for name, label in NUMBERS.items()]


def _words(share: Share) -> str:
    return SHARES[NAMES[share]][1] if share in NAMES else f"{share.num}/{share.den}"
