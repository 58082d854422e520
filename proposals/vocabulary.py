"""The closed vocabularies of the trade, with the labels the offices use."""

from collections.abc import Mapping

from django.db import models


class State(models.TextChoices):
    """Where a case stands."""

    DRAFT = "DRAFT", "起草中"
    UNIT_COLLECTIVE = "UNIT_COLLECTIVE", "单位集体研究"
    SUBMITTED = "SUBMITTED", "已报编办"
    INTAKE_REVIEW = "INTAKE_REVIEW", "受理审查"
    RETURNED = "RETURNED", "退回补正"
    ARGUING = "ARGUING", "论证中"
    COMPLIANCE_REVIEW = "COMPLIANCE_REVIEW", "合法合规审查"
    OFFICE_REVIEW = "OFFICE_REVIEW", "室务会研究"
    PRE_COMM = "PRE_COMM", "与市委编办沟通"
    OFFICE_DECIDED = "OFFICE_DECIDED", "编办核准"
    AGENDA_APPROVAL = "AGENDA_APPROVAL", "议题待批"
    SCHEDULED = "SCHEDULED", "已列入会议"
    IN_DELIBERATION = "IN_DELIBERATION", "编委会审议"
    IN_CIRCULATION = "IN_CIRCULATION", "传签中"
    APPROVED = "APPROVED", "同意"
    APPROVED_AMENDED = "APPROVED_AMENDED", "原则同意"
    DEFERRED = "DEFERRED", "暂缓审议"
    REJECTED = "REJECTED", "不予同意"
    MINUTES_DRAFT = "MINUTES_DRAFT", "纪要起草"
    MINUTES_SIGNED = "MINUTES_SIGNED", "纪要已签发"
    PARTY_COMMITTEE = "PARTY_COMMITTEE", "待区委审定"
    DISPATCHING = "DISPATCHING", "行文办理（上报）"
    PACKAGED = "PACKAGED", "报送包已生成"
    FILED = "FILED", "已上报市委编办"
    CITY_RECEIVED = "CITY_RECEIVED", "市级已签收"
    CITY_ACCEPTED = "CITY_ACCEPTED", "市级办理中"
    CITY_RETURNED = "CITY_RETURNED", "市级退回"
    CITY_APPROVED = "CITY_APPROVED", "市级已批复"
    CITY_RECORDED = "CITY_RECORDED", "市级已备案"
    CITY_REJECTED = "CITY_REJECTED", "市级不同意"
    DISPATCHING_DOWN = "DISPATCHING_DOWN", "行文下达"
    IMPLEMENTING = "IMPLEMENTING", "组织实施"
    CLOSED = "CLOSED", "已办结"
    ARCHIVED = "ARCHIVED", "已归档"
    WITHDRAWN = "WITHDRAWN", "已撤回"
    SUSPENDED = "SUSPENDED", "中止"
    VOID = "VOID", "作废"


class MeetingState(models.TextChoices):
    """Where a meeting of the committee stands."""

    PLANNED = "PLANNED", "筹备中"
    CALLED = "CALLED", "已通知"
    AGENDA_FROZEN = "AGENDA_FROZEN", "议程已定"
    OPEN = "OPEN", "会议进行中"
    CLOSED = "CLOSED", "已散会"
    MINUTES_DRAFT = "MINUTES_DRAFT", "纪要起草"
    CIRCULATED = "CIRCULATED", "纪要核对中"
    SIGNED = "SIGNED", "纪要已签发"
    CANCELLED = "CANCELLED", "已取消"


class Duty(models.TextChoices):
    """What a person may be appointed to do."""

    UNIT_DRAFTER = "UNIT_DRAFTER", "申请单位经办人"
    UNIT_HEAD = "UNIT_HEAD", "单位主要负责人"
    OFFICE_CLERK = "OFFICE_CLERK", "区委编办经办人"
    OFFICE_REVIEWER = "OFFICE_REVIEWER", "编办核稿人"
    OFFICE_DIRECTOR = "OFFICE_DIRECTOR", "编办主任"
    COMPLIANCE = "COMPLIANCE", "合法合规审查岗"
    COMMITTEE_CHAIR = "COMMITTEE_CHAIR", "编委主任"
    COMMITTEE_VICE = "COMMITTEE_VICE", "编委副主任"
    COMMITTEE_MEMBER = "COMMITTEE_MEMBER", "编委委员"
    ATTENDEE = "ATTENDEE", "列席人员"
    RECORDER = "RECORDER", "会议记录员"
    SEAL_KEEPER = "SEAL_KEEPER", "用印管理人"
    ARCHIVIST = "ARCHIVIST", "档案员"
    CITY_RECEIVER = "CITY_RECEIVER", "市委编办收文人"
    CITY_REVIEWER = "CITY_REVIEWER", "市委编办审核人"
    INSPECTOR = "INSPECTOR", "监督检查岗"
    SYSTEM = "SYSTEM", "系统"
    SYSADMIN = "SYSADMIN", "系统管理员"
    SECADMIN = "SECADMIN", "安全保密管理员"
    AUDITOR = "AUDITOR", "安全审计员"


class TerritoryLevel(models.TextChoices):
    """The level of an office."""

    CITY = "CITY", "市级"
    DISTRICT = "DISTRICT", "区级"


class QuotaType(models.TextChoices):
    """Kinds of approved posts; they never mix (decree 486 art. 15)."""

    ADMIN = "ADMIN", "行政编制"
    JUDICIAL_SPECIAL = "JUDICIAL_SPECIAL", "政法专项编制"
    SUPPORT_WORKER = "SUPPORT_WORKER", "工勤编制"
    PSU_FULL = "PSU_FULL", "事业编制（全额拨款）"
    PSU_PARTIAL = "PSU_PARTIAL", "事业编制（差额补贴）"
    PSU_SELF = "PSU_SELF", "事业编制（经费自理）"


class Rank(models.IntegerChoices):
    """Rank of a body, low to high, so that ranks compare."""

    NONE = 0, "未定级"
    SUB_SECTION = 10, "股级"
    VICE_SECTION = 20, "副科级"
    SECTION = 30, "正科级"
    VICE_DIVISION = 40, "副处级"
    DIVISION = 50, "正处级"


class LeaderLevel(models.TextChoices):
    """Levels of leader posts; a unit of the ledger beside the quota types."""

    SECTION_CHIEF = "SECTION_CHIEF", "正科级领导职数"
    SECTION_DEPUTY = "SECTION_DEPUTY", "副科级领导职数"
    SUB_SECTION_CHIEF = "SUB_SECTION_CHIEF", "股级职数"


class BodyCategory(models.TextChoices):
    """Categories of bodies; each may have a cap."""

    PARTY_ORGAN = "PARTY_ORGAN", "党委机构"
    GOVERNMENT_ORGAN = "GOVERNMENT_ORGAN", "政府工作部门"
    COORDINATION = "COORDINATION", "议事协调机构"
    TOWN = "TOWN", "乡镇"
    STREET = "STREET", "街道"
    PSU = "PSU", "事业单位"
    INNER = "INNER", "内设机构"
    OTHER = "OTHER", "其他机构"


class Severity(models.TextChoices):
    """What a finding means for the step it concerns."""

    BLOCK = "BLOCK", "不得办理"
    WARN = "WARN", "请核实"
    INFO = "INFO", "提示"


class Track(models.TextChoices):
    """How much procedure a case goes through: the full one, or the short one of small matters."""

    SHORT = "SHORT", "简易"
    FULL = "FULL", "一般"


class FilingMode(models.TextChoices):
    """Why a case goes up to the city."""

    APPROVE = "APPROVE", "报批"
    RECORD = "RECORD", "备案"
    NONE = "NONE", "不上报"


class Decider(models.TextChoices):
    """Bodies that decide, audit or record."""

    OFFICE = "OFFICE", "区委编办"
    COMMITTEE = "COMMITTEE", "区委编委"
    PARTY_COMMITTEE = "PARTY_COMMITTEE", "区委"
    CITY = "CITY", "市委编办（编委）"


class DecisionMode(models.TextChoices):
    """What a body does in the route of a case."""

    APPROVE = "APPROVE", "审批"
    AUDIT = "AUDIT", "审核"
    RECORD = "RECORD", "备案"


class Origin(models.TextChoices):
    """Who started the matter."""

    UNIT = "UNIT", "单位申请"
    DISTRICT = "DISTRICT", "区领导批示"
    SUPERIOR = "SUPERIOR", "上级文件要求"


class Trigger(models.TextChoices):
    """Why a proposal is started."""

    SUPERIOR_MANDATE = "SUPERIOR_MANDATE", "党中央或上级党委、编委有明确要求"
    STATUTE = "STATUTE", "党内法规、法律法规要求"
    REFORM_FOLLOWUP = "REFORM_FOLLOWUP", "重大体制机制和职责调整的配套改革"
    LOCAL_MISFIT = "LOCAL_MISFIT", "机构职能体系局部明显不适应不协调"
    PUBLIC_DEMAND = "PUBLIC_DEMAND", "人民群众、所辖地区或下属部门反映强烈"
    OTHER_SPECIAL = "OTHER_SPECIAL", "其他特殊情况"


class Urgency(models.TextChoices):
    """How quickly a case must be handled."""

    NORMAL = "NORMAL", "平件"
    URGENT = "URGENT", "加急"
    MOST_URGENT = "MOST_URGENT", "特急"


class BallotValue(models.TextChoices):
    """What a member may say on an item."""

    FOR = "FOR", "赞成"
    AGAINST = "AGAINST", "反对"
    ABSTAIN = "ABSTAIN", "弃权"


class Motion(models.TextChoices):
    """What the committee is asked; every item is voted on by itself."""

    AS_PROPOSED = "AS_PROPOSED", "同意原案"
    AS_AMENDED = "AS_AMENDED", "同意修改案"
    DEFER = "DEFER", "暂缓"
    RETURN = "RETURN", "退回"


class Verdict(models.TextChoices):
    """What the count of an item came to."""

    CARRIED = "CARRIED", "通过"
    NOT_CARRIED = "NOT_CARRIED", "未通过"
    TIE = "TIE", "票数相等"
    SPLIT = "SPLIT", "意见分歧较大"
    NO_QUORUM = "NO_QUORUM", "不足法定人数"


class Outcome(models.TextChoices):
    """What the committee decided on an item."""

    APPROVED = "APPROVED", "同意"
    AMENDED = "AMENDED", "原则同意"
    DEFERRED = "DEFERRED", "暂缓"
    RETURNED = "RETURNED", "退回"
    REJECTED = "REJECTED", "不同意"
    PUT_OVER = "PUT_OVER", "顺延至下次会议"


# What is counted: kinds of posts, levels of leader posts, and places for bodies of a category.
UNITS: tuple[tuple[str, str], ...] = (*QuotaType.choices, *LeaderLevel.choices, *BodyCategory.choices)
UNIT_LABELS: Mapping[str, str] = dict(UNITS)
