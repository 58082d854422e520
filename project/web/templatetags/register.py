"""What the pages of the register say about a change of a body."""

from __future__ import annotations

from django import template

from proposals.models import ChangeOp

register = template.Library()


@register.filter
def op_label(code: str) -> str:
    """Return the office's word for what made a version of a body."""
    return "期初登记" if code == "OPENING" else str(ChangeOp(code).label) if code in ChangeOp.values else code
