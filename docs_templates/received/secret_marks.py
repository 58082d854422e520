"""Find the marks of state secrets in texts: those of today (机密★1年), and two letters alone at the head of a page (1999).

Pure and without imports of ours: the child process that looks into a file loads it by its path. What only speaks of
secrets (商业秘密, 不得涉及国家秘密, 绝密★启用前 on an examination paper) is no mark.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

GAP = r"[\s\u3000\u00a0]*"
LEVEL = rf"(绝{GAP}密|机{GAP}密|秘{GAP}密)"
STAR = r"[★☆✩✭✯⭐⋆*＊∗✱]"
PERIOD = rf"(?:长{GAP}期|[0-9０-９一二三四五六七八九十]{{1,3}}{GAP}(?:年|个{GAP}月|天|日))"
URGENCY = rf"(?:特{GAP}急|加{GAP}急|急{GAP}件|特{GAP}提|平{GAP}急)"
COPY = r"(?:(?:№|No\.?|份号[:：]?)?[\s\u3000]*[0-9０-９]{1,8})"
# A star after a level is a mark wherever it stands, unless the word before makes it another sort of secret.
STARRED = re.compile(rf"(?<!商业)(?<!工作)(?<!国家){LEVEL}{GAP}{STAR}(?!{GAP}启{GAP}用{GAP}前)")
ALONE = re.compile(rf"^{GAP}{COPY}?{GAP}{LEVEL}{GAP}{PERIOD}?{GAP}{URGENCY}?{GAP}$")
NAMED = re.compile(rf"^{GAP}密{GAP}级{GAP}(?:和保密期限)?{GAP}[:：]?{GAP}{LEVEL}{GAP}{PERIOD}?{GAP}$")
HEAD = 6  # lines of a page among which the two letters stand alone: number of the copy, level, urgency, issuing organ
LONGEST_LINE = 60  # a mark's own line is short


class Text(NamedTuple):
    """A piece of a file: where it stands, its lines, and whether its head is the head of a page."""

    where: str
    lines: tuple[str, ...]
    heads: bool = False


def level_of(texts: Iterable[Text]) -> tuple[str, str]:
    """Return the level of the first mark and where it stands; two empty texts where there is none."""
    for text in texts:
        if level := _level(text):
            return "".join(level.split()), text.where
    return "", ""


def _level(text: Text) -> str:
    lines = [line for line in text.lines if line.strip()]
    for number, line in enumerate(lines):
        if "密" not in line:
            continue
        found = STARRED.search(line)
        if found is None and len(line) <= LONGEST_LINE:
            alone = ALONE.match(line) if text.heads and number < HEAD else None
            found = alone or NAMED.match(line)
        if found:
            return str(found[1])
    split = STARRED.search("".join(lines[:HEAD])) if text.heads else None  # letter by letter, each on a line of its own
    return str(split[1]) if split else ""
