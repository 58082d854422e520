"""What is typed when something happened on paper: for whom, on which day, with which scan; and the city's reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from project.web.forms.appearance import Boxes, Day, StyledForm, styled
from project.web.forms.asked import Pairs
from project.web.forms.numbers import half_told, instead_fields, instead_of, number_fields
from proposals.case.asks import OTHERWISE, SIX_CHECKS
from proposals.case.lifecycle import CaseStep
from proposals.models import ChangeLine, Proposal

RESULTS = (
    ("", "本文不涉及"),
    (CaseStep.CITY_APPROVE, "批复同意（可部分批准）"),
    (CaseStep.CITY_RECORD, "备案"),
    (CaseStep.CITY_RETURN, "退回"),
    (CaseStep.CITY_REJECT, "不予同意"),
)


class PaperForm(StyledForm, forms.Form):
    """What every record of a paper says."""

    on_behalf_of = forms.CharField(label="代何人（单位）", max_length=120, help_text="在纸质件上办理的人或单位。")
    happened_on = forms.DateField(label="发生日期", widget=Day(), help_text="纸质件上签字（印发）的日期。")
    number = forms.CharField(label="纸质件文号", max_length=80, required=False)
    evidence = forms.ChoiceField(label="扫描件：选用已有材料", required=False)
    file = forms.FileField(label="扫描件：上传新文件", required=False, help_text="签字（盖章）纸质件的扫描件。")
    clean_declared = forms.BooleanField(label="所传文件不含国家秘密", required=False)

    def __init__(self, *args: Any, files: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = forms.ChoiceField(label="扫描件：选用已有材料", choices=[("", "——"), *files], required=False)
        self.fields["evidence"] = styled(chosen)

    def clean(self) -> dict[str, Any]:
        """Ask for the scan: without one nothing is recorded."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("evidence") and not cleaned.get("file"):
            self.add_error("file", "请上传签字（盖章）纸质件的扫描件，或选用已有材料。")
        if cleaned.get("file") and not cleaned.get("clean_declared"):
            self.add_error("clean_declared", "请确认所传文件不含国家秘密。")
        return cleaned


class ReplyForm(StyledForm, forms.Form):
    """What one reply of the city says of one case."""

    result = forms.ChoiceField(label="结果", choices=RESULTS, required=False)
    opinion = forms.CharField(label="意见（理由）", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    checks = forms.MultipleChoiceField(
        label="不符合的审查项（退回时）", choices=SIX_CHECKS, widget=Boxes, required=False
    )

    def __init__(self, *args: Any, case: Proposal, lines: Sequence[ChangeLine], **kwargs: Any) -> None:
        self.case, self.lines = case, lines
        super().__init__(*args, **kwargs)
        numbers = number_fields(lines, prefix="granted", said="报送", bound=False)
        numbers |= instead_fields(lines, prefix="instead")
        numbers["wording"] = forms.CharField(
            label="批准内容与报送不同的原文", max_length=300, required=False, help_text=OTHERWISE
        )
        self.fields.update({name: styled(field) for name, field in numbers.items()})
        self.numbered = tuple(numbers)

    def values(self) -> Iterable[forms.BoundField]:
        """Yield the fields for the granted values, one a line, for what was given instead, and the city's words."""
        return (self[name] for name in self.numbered)

    def clean(self) -> dict[str, Any]:
        """A return or a refusal gives its reason."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("result") in (CaseStep.CITY_RETURN, CaseStep.CITY_REJECT) and not cleaned.get("opinion"):
            self.add_error("opinion", "退回或不予同意的，请填写理由。")
        for name, error in half_told(cleaned, self.lines, prefix="instead").items():
            self.add_error(name, error)
        return cleaned

    def granted(self) -> dict[str, int]:
        """Return the numbers that the city's approval names, line by line."""
        given = {str(line.uuid): self.cleaned_data.get(f"granted-{line.uuid}") for line in self.lines}
        return {line: n for line, n in given.items() if n is not None}

    def act(self, *, number: str) -> dict[str, Any] | None:
        """Return the act that the reply amounts to for this case, or nothing when the reply does not concern it."""
        data = self.cleaned_data
        step = data.get("result")
        if not step:
            return None
        by_step: dict[str, dict[str, Any]] = {
            CaseStep.CITY_APPROVE: {
                "number": number,
                "granted": self.granted(),
                "instead": instead_of(data, self.lines, prefix="instead"),
                "wording": data["wording"],
                "opinion": data["opinion"],
            },
            CaseStep.CITY_RECORD: {"number": number, "opinion": data["opinion"]},
            CaseStep.CITY_RETURN: {"checks": data["checks"], "reason": data["opinion"]},
            CaseStep.CITY_REJECT: {"number": number, "reason": data["opinion"]},
        }
        facts = {name: value for name, value in by_step[step].items() if value not in ("", [], {})}
        return {"kind": "case", "subject": str(self.case.uuid), "step": step, "facts": facts}
