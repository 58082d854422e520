"""The form of a draft paper: one field for each span that may be worded, the day it takes effect, in whose name."""

from __future__ import annotations

from typing import Any

from django import forms

from docs_templates.printing.spans import Span
from project.web.forms.appearance import Day, StyledForm, styled


class ManuscriptForm(StyledForm, forms.Form):
    """The words of a paper; `facts` is what the step is given besides the paper."""

    title = forms.CharField(
        label="标题（事由）",
        max_length=200,
        help_text="原标题中的数额与现行方案对不上，请写明本件标题，如“关于……的请示”。",
    )
    effective_on = forms.DateField(
        label="生效日期", widget=Day(), required=False, help_text="下达文件写明的执行日期，不填即为成文日期。"
    )
    in_party_name = forms.BooleanField(label="以区委名义发文（文号由区委办给出）", required=False)

    def __init__(
        self, *args: Any, spans: tuple[Span, ...], takes_effect: bool, asks_title: bool, of_organ: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spans = spans
        if not asks_title:
            del self.fields["title"]
        if not of_organ:  # letters are the office's own
            del self.fields["in_party_name"]
        if not takes_effect:
            del self.fields["effective_on"]
        for span in spans:
            rows = max(3, min(16, len(span.text) // 45 + span.text.count("\n") + 1))
            self.fields[span.key] = styled(
                forms.CharField(
                    label=span.label,
                    max_length=20_000,
                    required=False,
                    initial=span.text,
                    widget=forms.Textarea(attrs={"rows": rows}),
                )  # fmt: skip
            )
        self.order_fields(["title", *(span.key for span in spans), "effective_on", "in_party_name"])

    def facts(self) -> dict[str, Any]:
        """Return what was worded differently or chosen; line ends are those of the record."""
        given = {span.key: self.cleaned_data[span.key].replace("\r\n", "\n") for span in self.spans}
        facts: dict[str, Any] = {"wording": given} if given else {}
        if title := self.cleaned_data.get("title"):
            facts["title"] = title
        if day := self.cleaned_data.get("effective_on"):
            facts["effective_on"] = day.isoformat()
        if self.cleaned_data.get("in_party_name"):
            facts["in_party_name"] = True
        return facts
