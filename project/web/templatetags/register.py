"""What the pages of the register say about a change of a body."""

from __future__ import annotations

from django import template

from proposals.founded import OPENED, REOPENED, TAKEN_BACK
from proposals.models import ChangeOp

register = template.Library()

OWN = {OPENED: "期初登记", TAKEN_BACK: "更正（恢复原登记）", REOPENED: "更正（恢复机构）"}


@register.filter
def op_label(code: str) -> str:
    """Return the office's word for what made a version of a body."""
    return OWN.get(code) or (str(ChangeOp(code).label) if code in ChangeOp.values else code)
