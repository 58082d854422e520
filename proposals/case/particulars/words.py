"""The closed words of a change line: what it does, and how problems, duties and pledges are settled by it."""

from django.db import models


class ChangeOp(models.TextChoices):
    """What a line does; a case may mix them."""

    CREATE = "CREATE", "设立机构"
    ABOLISH = "ABOLISH", "撤销机构"
    MERGE = "MERGE", "并入（合并）"
    SPLIT = "SPLIT", "分设机构"
    RENAME = "RENAME", "更名"
    RERANK = "RERANK", "调整机构规格"
    REAFFILIATE = "REAFFILIATE", "调整隶属关系"
    RECLASSIFY = "RECLASSIFY", "调整类别"
    ADD_PLATE = "ADD_PLATE", "加挂牌子"
    REMOVE_PLATE = "REMOVE_PLATE", "摘除牌子"
    CREATE_INNER = "CREATE_INNER", "设立内设机构"
    ABOLISH_INNER = "ABOLISH_INNER", "撤销内设机构"
    MERGE_INNER = "MERGE_INNER", "合并内设机构"
    RENAME_INNER = "RENAME_INNER", "内设机构更名"
    COORD_CREATE = "COORD_CREATE", "设立议事协调机构"
    COORD_ABOLISH = "COORD_ABOLISH", "撤销议事协调机构"
    DUTY_ADD = "DUTY_ADD", "增加职责（准入）"
    DUTY_MOVE = "DUTY_MOVE", "划转职责"
    DUTY_DROP = "DUTY_DROP", "取消职责"
    DUTY_CLAIM = "DUTY_CLAIM", "承接权责事项"
    DUTY_LIST = "DUTY_LIST", "建立权责清单"
    CHARTER = "CHARTER", "制定（修订）“三定”规定"
    QUOTA_ADD = "QUOTA_ADD", "核增编制"
    QUOTA_CUT = "QUOTA_CUT", "核减编制"
    QUOTA_TRANSFER = "QUOTA_TRANSFER", "调剂编制"
    QUOTA_CONVERT = "QUOTA_CONVERT", "调整编制结构"
    LEADER_ADD = "LEADER_ADD", "核增领导职数"
    LEADER_CUT = "LEADER_CUT", "核减领导职数"
    LEADER_TRANSFER = "LEADER_TRANSFER", "调剂领导职数"
    LEADER_CONVERT = "LEADER_CONVERT", "调整职数层级"
    POOL_GROW = "POOL_GROW", "核定（扩大）人才周转池"
    POOL_SHRINK = "POOL_SHRINK", "核减人才周转池"
    POOL_USE = "POOL_USE", "使用周转池编制"
    POOL_RETURN = "POOL_RETURN", "归还周转池编制"
    LEVEL_UP = "LEVEL_UP", "上划市级"
    LEVEL_DOWN = "LEVEL_DOWN", "市级下放"
    USE = "USE", "使用编制"
    USE_PLAN = "USE_PLAN", "年度用编计划"
    CORRECT = "CORRECT", "更正登记信息"
    RECTIFY = "RECTIFY", "问题整改（销号）"
    PLEDGE_KEEP = "PLEDGE_KEEP", "保留（新设）责任状、一票否决"
    PLEDGE_CANCEL = "PLEDGE_CANCEL", "取消责任状、一票否决"
    BORROW = "BORROW", "批准借调抽调"
    BORROW_END = "BORROW_END", "清退借调抽调"
    OTHER = "OTHER", "其他"


class Settling(models.TextChoices):
    """How a problem of the problem ledger is settled."""

    MOVED = "MOVED", "干部转任"
    ATTRITION = "ATTRITION", "自然减员"
    TO_PSU = "TO_PSU", "调整到事业单位"
    GRANTED = "GRANTED", "增编（增核职数）"
    CORRECTED = "CORRECTED", "纠正"


class Claiming(models.TextChoices):
    """How a duty of a list is taken over."""

    NONE = "", "—"
    CONFIRM = "CONFIRM", "确认"
    ASSIGN = "ASSIGN", "交办"


class PledgeForm(models.TextChoices):
    """What somebody was made to answer for: by a signed pledge, or by a veto over every other merit."""

    PLEDGE = "PLEDGE", "责任状"
    VETO = "VETO", "一票否决"
