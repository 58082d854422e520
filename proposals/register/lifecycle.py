"""THE TABLE of a register: what is entered in the ledger and beside it, by whose duty; a register has no states."""

from __future__ import annotations

from enum import StrEnum

from proposals.procedure.table import Row
from proposals.vocabulary import Duty as D

CLERK, DIRECTOR, WATCH = (D.OFFICE_CLERK,), (D.OFFICE_DIRECTOR,), (D.INSPECTOR, D.OFFICE_DIRECTOR)


# The steps of a register by name.
RegisterStep = StrEnum(
    "RegisterStep",
    """
    IMPORT_OPENING ENTER_GRANT ENROL LEAVE EXPIRE_PERMIT HAND_BACK_PERMIT RECONCILE CORRECT_POSTING CLOSE_PERIOD
    IMPORT_SIDE_REGISTERS ENTER_PROBLEM CLOSE_PROBLEM ENTER_PLEDGE ENTER_BORROWED RETURN_BORROWED ENTER_FIGURE
    CLAIM_DUTY CANCEL_PLEDGE
    """,
)


REGISTER_STEPS: tuple[Row, ...] = (
    Row(RegisterStep.IMPORT_OPENING, "期初登记", ("",), None, (*CLERK, *DIRECTOR)),
    Row(RegisterStep.ENTER_GRANT, "登记上级下达", ("",), None, CLERK),
    Row(RegisterStep.ENROL, "入编登记", ("",), None, CLERK),
    Row(RegisterStep.LEAVE, "减员登记", ("",), None, CLERK),
    Row(RegisterStep.EXPIRE_PERMIT, "核准单到期释放", ("",), None, (D.SYSTEM, *CLERK)),
    Row(RegisterStep.HAND_BACK_PERMIT, "核准单退回", ("",), None, CLERK),
    Row(RegisterStep.RECONCILE, "月度核对登记", ("",), None, CLERK),
    Row(RegisterStep.CORRECT_POSTING, "台账更正", ("",), None, DIRECTOR),
    Row(RegisterStep.CLOSE_PERIOD, "台账封存", ("",), None, DIRECTOR),
)

SIDE_STEPS: tuple[Row, ...] = (
    Row(RegisterStep.IMPORT_SIDE_REGISTERS, "并列台账期初登记", ("",), None, (*CLERK, D.OFFICE_DIRECTOR)),
    Row(RegisterStep.ENTER_PROBLEM, "登记问题", ("",), None, (*CLERK, D.INSPECTOR)),
    Row(RegisterStep.CLOSE_PROBLEM, "销号", ("",), None, WATCH),
    Row(RegisterStep.ENTER_PLEDGE, "登记清理发现的责任状（一票否决）", ("",), None, (*CLERK, D.INSPECTOR)),
    Row(RegisterStep.ENTER_BORROWED, "登记清理发现的借调抽调", ("",), None, (*CLERK, D.INSPECTOR)),
    Row(RegisterStep.RETURN_BORROWED, "登记借调归还", ("",), None, CLERK),
    Row(RegisterStep.ENTER_FIGURE, "登记报送数据", ("",), None, CLERK),
    # Steps of earlier releases: their entries stay readable, no state is open to them; cases decide these matters now.
    Row(RegisterStep.CLAIM_DUTY, "登记承接", (), None, CLERK),
    Row(RegisterStep.CANCEL_PLEDGE, "取消责任状（一票否决）", (), None, CLERK),
)
