"""What every step of a case asks of the person who takes it."""

from collections.abc import Mapping

from proposals.case.consents.models import Consent, Opinion
from proposals.organisation.duty_places import LENDABLE
from proposals.procedure.asks import (
    BODY,
    CHOICE,
    COUNT,
    DAY,
    INSTEAD,
    LINE,
    MANY,
    PAPER,
    PERSON,
    TEXT,
    UPLOAD,
    VALUES,
    YES,
    Ask,
)

SIX_CHECKS = (
    ("content", "内容合规"),
    ("law", "依据一致"),
    ("procedure", "程序严密"),
    ("truth", "材料真实"),
    ("form", "公文规范"),
    ("complete", "要件齐全"),
)
REASON = Ask("reason", "理由", TEXT, help="写明哪里不符、需要怎样办理")
OPINION = Ask("opinion", "意见", TEXT, required=False)
CHECKS = Ask("checks", "不符合的审查项", MANY, required=False, choices=SIX_CHECKS)
PAPER_ASK = Ask("paper", "文书", PAPER)
CITY_NUMBER = Ask("number", "市级文号", LINE)
OTHERWISE = "批准数额多于报送，或以其他类型批准（如报2名副职、批1名正职）的，照抄批复原文"
TITLE = Ask(
    "title", "标题（事由）", LINE, required=False, help="标题中的数额按审定数自动改写；系统无法确定的，请在此写明"
)
PARTY_MEETING = Ask("meeting", "常委会会议（届次、次数）", LINE)

ASKS: Mapping[str, tuple[Ask, ...]] = {
    "back_to_draft": (REASON,),
    "register_incoming": (
        Ask("incoming_number", "收文登记号", LINE, required=False, help="系统给出下一个号，可按纸质登记簿修改"),
        Ask("paper_number", "来文字号", LINE, required=False, help="来文没有字号的不填"),
        Ask("paper_dated", "来文日期", DAY, required=False, help="来文落款的日期"),
    ),
    "accept": (Ask("checks_passed", "六项审查均符合", YES, help="内容、依据、程序、材料、公文、要件"),),
    "return_for_correction": (CHECKS, REASON),
    "ask_opinion": (
        Ask("body", "在册机构", BODY, required=False, help="名称相同的机构以编码和所属区分"),
        Ask("unit", "征求意见单位", LINE, required=False, help="不在册的单位在此填写名称"),
        Ask("due_on", "答复期限", DAY, required=False),
    ),
    "record_opinion": (
        Ask("unit", "单位", LINE),
        Ask("result", "意见", CHOICE, choices=tuple(Opinion.Result.choices)),
        Ask("text", "意见内容", TEXT, required=False),
        Ask("adopted", "采纳情况", LINE, required=False),
    ),
    "finish_argument": (Ask("conclusion", "论证结论与建议", TEXT),),
    "pass_compliance": (Ask("opinion", "审查意见", TEXT),),
    "object_compliance": (REASON,),
    "reargue": (REASON,),
    "reopen_decision": (REASON,),
    "consult_city": (
        Ask("letter", "沟通内容", TEXT, required=False, help="电话沟通的写明内容；发函的以签发的沟通函为准，不填"),
        Ask("oral", "电话（口头）沟通", YES, required=False),
    ),
    "record_city_opinion": (
        Ask(
            "result",
            "市级意见",
            CHOICE,
            choices=(
                (Consent.Result.AGREE, "同意提请审议"),
                (Consent.Result.CHANGE, "建议修改"),
                (Consent.Result.UNFIT, "不宜提出"),
            ),
        ),
        Ask("text", "意见内容", TEXT, required=False),
    ),
    "decide_by_office": (OPINION,),
    "refuse_by_office": (REASON,),
    "propose_item": (
        Ask("opinion", "室务会意见", TEXT),
        Ask("office_minutes", "室务会次数、日期", LINE, required=False),
    ),
    "decline_item": (REASON,),
    "refer_to_party_committee": (OPINION,),
    "record_party_committee": (PARTY_MEETING, Ask("values", "调整后的数额", VALUES, required=False)),
    "record_party_deferral": (PARTY_MEETING, REASON),
    "record_party_refusal": (PARTY_MEETING, REASON),
    "draft_paper": (
        PAPER_ASK,
        Ask("effective_on", "生效日期", DAY, required=False, help="下达文件写明的执行日期，不填即为成文日期"),
        Ask("in_party_name", "以区委名义发文", YES, required=False, help="文号由区委办给出"),
        TITLE,
    ),
    "review_paper": (PAPER_ASK, OPINION),
    "sign_paper": (PAPER_ASK, OPINION),
    "return_paper": (PAPER_ASK, REASON),
    "allot_number": (
        PAPER_ASK,
        Ask("number", "文号", LINE, required=False, help="留空由系统按顺序编号"),
        Ask("effective_on", "生效日期", DAY, required=False, help="拟稿时已写明的不再填；不填即为成文日期"),
        TITLE,
    ),
    "record_external_number": (PAPER_ASK, Ask("number", "区委办给出的文号", LINE), TITLE),
    "register_sealing": (PAPER_ASK, Ask("copies", "用印份数", COUNT)),
    "attach_signed_scan": (PAPER_ASK, Ask("upload", "签章扫描件", UPLOAD)),
    "reopen_dispatch": (REASON,),
    "city_return": (CHECKS, REASON),
    "city_approve": (
        CITY_NUMBER,
        Ask("granted", "批准数额", VALUES, required=False, help="不填即按报送数额批准"),
        Ask("instead", "另批其他类型", INSTEAD, required=False),
        Ask("wording", "批准内容与报送不同的原文", LINE, required=False, help=OTHERWISE),
        OPINION,
    ),
    "city_record": (CITY_NUMBER, OPINION),
    "city_reject": (CITY_NUMBER, REASON),
    "supplement": (Ask("upload", "补充材料", UPLOAD), Ask("note", "说明", LINE, required=False)),
    "issue_downward": (Ask("effective_on", "生效日期", DAY, required=False, help="不填即为成文日期"),),
    "issue_ahead": (Ask("effective_on", "生效日期", DAY, required=False, help="不填即为成文日期"),),
    "issue_permit": (Ask("expires_on", "有效期至", DAY),),
    "issue_refusal": (Ask("opinion", "告知内容", TEXT, required=False),),
    "add_task": (
        Ask("title", "任务", LINE),
        Ask("unit", "责任单位", LINE),
        Ask("due_on", "完成时限", DAY, required=False),
    ),
    "finish_task": (
        Ask("task", "任务", PERSON, instead="title"),
        Ask("explanation", "未完成说明", LINE, required=False, help="未能完成时填写，留空即为已完成"),
    ),
    "reissue_paper": (PAPER_ASK, REASON),
    "withdraw": (REASON,),
    "request_withdrawal": (REASON, Ask("letter", "函的文号", LINE)),
    "reroute": (REASON,),
    "suspend": (REASON,),
    "resume": (OPINION,),
    "void": (REASON,),
    "override": (
        Ask("finding", "所针对的核查意见", LINE, help="从列表中选择"),
        Ask("reason", "特批理由", TEXT),
    ),
    "urge": (Ask("note", "催办内容", LINE, required=False),),
    "delegate": (
        Ask("person", "受托人", PERSON),
        Ask(
            "duty",
            "委托的职责",
            CHOICE,
            required=False,
            choices=tuple((duty.value, duty.label) for duty in LENDABLE),
            help="不选即为本环节所需的职责",
        ),
        Ask("until", "委托至", DAY, help="不超过办事规则规定的天数"),
        Ask("reason", "理由", TEXT),
    ),
    "end_delegation": (Ask("delegation", "收回的委托", PERSON), Ask("note", "说明", LINE, required=False)),
}


# What the system adds to a step so that its record can be read: (fact, label).
TOLD: Mapping[str, tuple[tuple[str, str], ...]] = {
    "finish_task": (("title", "任务"), ("unit", "责任单位")),
    "delegate": (("person_name", "受托人"),),
    "end_delegation": (("delegation_name", "收回的委托"),),
}
