"""What a drafter types: the case's own fields, its answers, the documents it relies on, its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from project.web.forms.appearance import Boxes, Day, StyledForm, styled
from project.web.forms.asked import Pairs
from proposals.case.kinds import KINDS
from proposals.case.questions import VERTICAL_FLAGS, Question
from proposals.models import Answer, BasisDocument, Proposal, Upload
from proposals.vocabulary import Origin, Trigger, Urgency

CHOOSE = (("", "请选择"),)


class NewCaseForm(StyledForm, forms.Form):
    """What must be known to open a draft; everything else may follow."""

    title = forms.CharField(label="标题", max_length=200, help_text="如：关于为六个街道调剂事业编制的动议")
    kind = forms.ChoiceField(label="事项类型", choices=[*CHOOSE, *((kind.code, kind.label) for kind in KINDS)])
    origin = forms.ChoiceField(label="来源", choices=Origin.choices, initial=Origin.UNIT)
    proposer = forms.CharField(label="动议单位", max_length=100)

    def __init__(self, *args: Any, places: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(places) > 1:  # who drafts for one place only is not asked
            chosen = forms.ChoiceField(
                label="以哪个单位起草", choices=[*CHOOSE, *places],
                help_text="您在多个单位任起草职责，草稿由所选单位的人员办理。",
            )  # fmt: skip
            self.fields = {"place": styled(chosen), **self.fields}
        self.places = places

    def place(self) -> str:
        """Return the path of a valid form: the chosen one, or the only one there is."""
        return self.cleaned_data.pop("place", "") or self.places[0][0]


class FactsForm(StyledForm, forms.ModelForm):
    """The case's own fields."""

    kind = forms.ChoiceField(label="事项类型", choices=[(kind.code, kind.label) for kind in KINDS])
    trigger = forms.ChoiceField(label="动议情形", choices=[*CHOOSE, *Trigger.choices], required=False)
    urgency = forms.ChoiceField(label="紧急程度", choices=Urgency.choices)
    summary = forms.CharField(label="内容摘要", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    background = forms.CharField(
        label="基本情况", widget=forms.Textarea(attrs={"rows": 6}), required=False,
        help_text="单位性质、规格、隶属关系、内设机构、核定和实有编制、领导职数、主要职责和运行情况。",
    )  # fmt: skip
    vertical_flags = forms.MultipleChoiceField(
        label="上级业务部门的要求（条条干预情形）", choices=VERTICAL_FLAGS, widget=Boxes, required=False,
        help_text="事项因上级业务部门的要求提出的，如实勾选；没有则不选。",
    )  # fmt: skip
    reason = forms.CharField(label="缘由", widget=forms.Textarea(attrs={"rows": 4}), required=False)

    class Meta:
        model = Proposal
        fields = (
            "title", "kind", "origin", "leading_instruction", "trigger", "trigger_note", "proposer", "paper_number",
            "paper_dated", "urgency",
            "urgency_reason", "vertical_flags", "summary", "background", "reason",
        )  # fmt: skip
        widgets = {"paper_dated": Day()}
        help_texts = {
            "leading_instruction": "来源为区领导批示或上级文件的，填写批示（文件）名称、文号和日期。",
            "paper_number": "本单位请示（来文）的发文字号，没有的不填。",
            "paper_dated": "本单位请示（来文）落款的日期。",
        }

    def clean(self) -> dict[str, Any]:
        """Ask why a case is urgent."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("urgency") != Urgency.NORMAL and not cleaned.get("urgency_reason"):
            self.add_error("urgency_reason", "加急、特急事项请填写紧急理由。")
        return cleaned


class AnswersForm(StyledForm, forms.Form):
    """Each question once: a text, or where an uploaded report answers it."""

    quiet = True

    def __init__(self, *args: Any, asked: Iterable[Question], answers: Iterable[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {answer.question: answer for answer in answers}
        self.asked = tuple(asked)
        for question in self.asked:
            answer = given.get(question.code)
            cited = f"（{question.citation}）" if question.citation else ""
            text = forms.CharField(
                label=question.label, help_text=f"{question.help}{cited}", required=False, max_length=20_000,
                initial=answer.text if answer else "", widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip
            pointer = forms.CharField(
                label=f"{question.label}：或见所附论证报告的章节", required=False, max_length=100,
                initial=answer.pointer if answer else "",
            )  # fmt: skip
            self.fields[f"{question.code}-text"] = styled(text)
            self.fields[f"{question.code}-pointer"] = styled(pointer)

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return question → (text, pointer) of every question that was asked."""
        data = self.cleaned_data
        return {one.code: (data[f"{one.code}-text"], data[f"{one.code}-pointer"]) for one in self.asked}


class BasisForm(StyledForm, forms.ModelForm):
    """One document the proposal relies on."""

    class Meta:
        model = BasisDocument
        fields = ("level", "title", "number", "clause")


class UploadForm(StyledForm, forms.Form):
    """A file with its purpose and the declaration every file needs."""

    purpose = forms.ChoiceField(label="材料类型", choices=[*CHOOSE, *Upload.Purpose.choices])
    file = forms.FileField(
        label="文件", help_text=f"PDF、图片或 Office 文件，不超过 {settings.UPLOAD_LIMIT // 1024 // 1024} MB。"
    )
    clean_declared = forms.BooleanField(
        label="所传文件不含国家秘密", error_messages={"required": "请确认所传文件不含国家秘密；涉密文件不得上传。"}
    )
