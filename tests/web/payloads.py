"""The only list of what people who mean harm, and machines that mean nothing, put into fields."""

from types import MappingProxyType

PAYLOADS = MappingProxyType({
    "numbers": (
        "-1", "0", "²", "½", "１２", "١٢٣",
        "1_000", "+5", "00", "-0", "1.5", "1,000", "0x10", "1e309", "NaN", "Infinity",
        "-Infinity", "2147483648", "9223372036854775808", "99999999999999999999999", "1" * 400, "1" * 4400,
    ),
    "days": (
        "0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "10000-01-01",
        "-001-01-01", "2026-13-01", "2026-W01-1",
        "01/02/2026", "now", "1899-12-31", "2200-01-01", "²026-01-01", "2026-01-01T00:00", "0001-01-01T00:00",
    ),
    "signs": (
        "\x00", "a\x00b", "\uffff", "\ufffe", "\ud7ff", "\ue000", "\U0010ffff", "\u202egnp.exe",
        "\u2066x\u2069", "\u200b",
        "\ufeff", "\u2028", "\x0b", "\x1b[31m", "\x7f", "\x85", "😀", "𠮷野家", "\u0300" * 200, "　", "\r\n",
        "İıſK", "\ufffd",
    ),
    "long": ("A" * 201, "A" * 65_536, "中" * 20_001, "<" * 5_000, "\n" * 5_000),
    "names": (
        "x", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", "1-²",
        "1-99999999999999999999999", "1~2~3", "~", "zzz", "SYSTEM", "remove-²", "remove-99999",
        "../../etc/passwd", "%00",
    ),
    "ways": (
        "//example.invalid", "https://example.invalid/", "/\\example.invalid", "javascript:alert(1)",
        "x\r\nLocation: //example.invalid", "x%0d%0aSet-Cookie:a=b",
    ),
    "markup": (
        "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
        "</textarea><script>alert(1)</script>", "{{7*7}}",
        "{% debug %}", "%s%n", "' OR '1'='1", "'; DROP TABLE proposals_entry;--", "=1+1",
        "=cmd|' /C calc'!A0", "@SUM(A1)",
        '{"a":1}', "[]", "[1.5]", "[NaN]", "[" * 5_000, '"\\u0000"', "null", "true", "秘密★10年",
    ),
})  # fmt: skip
ALL = tuple((kind, one) for kind, several in PAYLOADS.items() for one in several)
