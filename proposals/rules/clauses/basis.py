"""The law of grounds: documents that may be a basis, interference of line departments, answers and attachments."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case import kinds, questions
from proposals.case.consents import consents
from proposals.case.correspondence.uploads import Upload
from proposals.case.lifecycle import CaseStep
from proposals.case.models import BasisDocument
from proposals.rules.base import ARGUED, BY_CHAIR, BY_OFFICE, PROPOSED, RESOLVED, SENT, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.vocabulary import Decider, DecisionMode, Origin, Severity, Track

Level = BasisDocument.Level
FOUNDED = (Level.PARTY_RULE, Level.STATUTE, Level.CENTRAL)
ART27 = "《中国共产党机构编制工作条例》第二十七条"


class BasisGiven(Rule):
    """没有填写政策依据。"""

    code, citation = "R16-2", "《中国共产党机构编制工作条例》第十六条第二项"
    remedy = "请填写至少一份党内法规、法律法规或上级机构编制文件及条款。"
    steps, warns = (*TAKEN_IN, *ARGUED, *PROPOSED), SENT

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A proposal of the full track rests on at least one document."""
        if case.kind.track == Track.FULL and not case.basis:
            yield self.finding(case)


class MinistryAloneIsNoBasis(Rule):
    """所列依据{documents}均为部门规章或部门规范性文件，不得作为机构编制事项的依据。"""

    code, citation = "R27", ART27
    adjustable = False
    remedy = "请补充党内法规、法律法规或党中央、上级编委文件，否则不予同意并复函告知。"
    steps, warns = (*PROPOSED, *RESOLVED), (*SENT, *TAKEN_IN, *ARGUED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A department's own paper cannot carry a staffing matter, and nobody may let it."""
        if case.basis and all(document.level == Level.MINISTRY for document in case.basis):
            yield self.finding(case, documents="、".join(str(document) for document in case.basis))


class MinistryBesideOthers(Rule):
    """{documents}为部门规章或部门规范性文件，不作为依据。"""

    code, citation = "R27-B", ART27
    remedy = "请移至参考材料。"
    severity = Severity.INFO
    steps = (*TAKEN_IN, *ARGUED, *PROPOSED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A department's paper beside a true basis is no basis either."""
        weak = [document for document in case.basis if document.level == Level.MINISTRY]
        if weak and len(weak) < len(case.basis):
            yield self.finding(case, documents="、".join(str(document) for document in weak))


class NoVerticalInterference(Rule):
    """本事项属于上级业务部门{demands}（条条干预）。"""

    adjustable = False
    code, citation = "R27-V", ART27 + "；海勃湾区：未经上级党委、政府和机构编制部门同意一律不予落实"
    remedy = (
        "不予落实，请办理“不予同意”并复函告知，要求留存备查；确有党内法规、法律或党中央文件依据的，由编委主任书面特批。"
    )
    steps, warns = (*PROPOSED, *RESOLVED), (*SENT, *TAKEN_IN, *ARGUED)
    overridable = BY_CHAIR

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Demands of line departments are not carried out; only a Party or statute basis allows an exception."""
        labels = [label for code, label in questions.VERTICAL_FLAGS if code in case.case.vertical_flags]
        if labels:
            founded = any(document.level in FOUNDED for document in case.basis)
            yield self.finding(case, demands="、".join(labels), overridable=founded)


class ArgumentComplete(Rule):
    """论证问题「{question}」没有回答。"""

    code, citation = "R16", questions.ART16
    remedy = "请逐项填写，或指明上传的论证报告章节。"
    steps = (*ARGUED, *PROPOSED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Article 16 and the three needs are answered one by one, and what the kind asks besides."""
        for question in questions.asked(kind=case.case.kind, three_needs=case.lawbook.switch("three_needs")):
            answer = case.answers.get(question.code)
            if answer is None or not (answer.text.strip() or answer.pointer.strip()):
                yield self.finding(case, question=question.label, citation=question.citation or self.citation)


class AttachmentsComplete(Rule):
    """缺少必备材料「{purpose}」。"""

    code, citation = "ATT-01", "机构编制事项动议材料要求"
    remedy = "请补充上传。"
    steps, warns = (*TAKEN_IN, *PROPOSED), SENT
    overridable = BY_OFFICE

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Every kind has its list; a case with lines of several kinds needs the union of their lists."""
        if case.kind.track == Track.SHORT:
            return
        row = case.lawbook.attachments(case.case.kind)
        wanted = row.value if row else _usual(case)
        for purpose in dict.fromkeys(wanted):
            if purpose != Upload.Purpose.PARTY_GROUP_MINUTES and purpose not in case.purposes:
                label = Upload.Purpose(purpose).label
                yield self.finding(case, purpose=label, citation=row.citation if row else self.citation)


def _usual(case: CaseView) -> list[str]:
    wanted = [purpose for purpose in kinds.EVERY_CASE if case.case.origin == Origin.UNIT or purpose == "POLICY_BASIS"]
    if case.case.origin != Origin.UNIT:
        wanted.append(Upload.Purpose.INSTRUCTION)
    wanted += case.kind.attachments
    for line in case.lines:
        wanted += kinds.ATTACHED_TO.get(line.op, ())
    return wanted


class PartyGroupMinutes(Rule):
    """单位党组（党委）会议纪要未附。"""

    adjustable = False
    code, citation = "R09", "《中国共产党机构编制工作条例》第三章（动议须经领导班子集体研究）"
    remedy = "请上传会议纪要；未经集体研究的动议不予受理。"
    steps, warns = (*TAKEN_IN, *PROPOSED), SENT

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A unit's proposal is decided collectively by its Party group first."""
        if case.case.origin != Origin.UNIT or case.kind.track == Track.SHORT:
            return
        if case.lawbook.switch("party_group_minutes") and Upload.Purpose.PARTY_GROUP_MINUTES not in case.purposes:
            yield self.finding(case)


class CityConsultedFirst(Rule):
    """本事项由市级决定，{lack}。"""

    code, citation = "PRE-01", "事前沟通（酒泉、宜昌做法，按本地规定调整）"
    remedy = "请先办理「发沟通函」并登记市级意见。"
    steps = (CaseStep.PROPOSE_ITEM,)
    verified = False
    overridable = BY_OFFICE

    def check(self, case: CaseView) -> Iterator[Finding]:
        """What the city decides was talked over with it before the committee meets."""
        at_city = any(leg.decider == Decider.CITY and leg.mode == DecisionMode.APPROVE for leg in case.route)
        if not (at_city and case.road_law.switch("pre_communication")):
            return
        said = consents.newest(case.case, consents.Kind.CITY, case.read)
        if (said and consents.stands(said, case.case)) or case.has_letter(Upload.Purpose.PRE_COMM):
            return
        lack = f"市委编办的沟通意见{consents.words(said, case.case)}，不再适用" if said else "尚无市委编办沟通预审意见"
        yield self.finding(case, lack=lack)


class OpinionsOfTheseLines(Rule):
    """{unit}的意见针对第{times}次报送的原方案，其后调整事项已变更。"""

    code, citation = "OPN-01", "征求意见：有关单位就所报方案提出意见"
    remedy = "请就现方案再次征求意见，或者在采纳情况中说明变更与该单位无关。"
    severity = Severity.WARN
    steps = (*ARGUED, *PROPOSED)
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """What a unit said of other lines is not what it says of these."""
        newest = {(one.unit, one.body_id): one for one in consents.opinions(case.case, case.read) if one.replied_on}
        for one in newest.values():
            if not consents.stands(one, case.case):
                yield self.finding(case, unit=one.unit, times=one.round)
