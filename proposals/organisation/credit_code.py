"""The unified social credit code of a body and its check character (GB 32100-2015)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def check_character(code: str) -> str:
    """Return the 18th character for the first 17; a character outside the alphabet raises ValueError."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(code[:17], WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Return whether the code has 18 known characters and the right last one."""
    known = len(code) == 18 and set(code) <= set(ALPHABET)
    return known and check_character(code) == code[17]


def validate_credit_code(code: str) -> None:
    """Raise ValidationError (in Chinese) for a code whose check character does not fit."""
    if code and not is_valid(code):
        raise ValidationError(f"统一社会信用代码“{code}”有误：应为18位，且最后一位校验码与前17位相符。")
