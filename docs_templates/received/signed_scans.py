"""The only place that compares a signed and sealed scan with the printed paper, page by page."""

from __future__ import annotations

from collections import Counter

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import from_canonical
from docs_templates.models import FrozenPaper
from docs_templates.received.uploads import kind_of, look_into
from docs_templates.render.page_codes import PageCode, head_of, parse_code

IN_WORK = "该文书还在制作中，请稍后再上传签章件。"


def scan_complaints(*, paper: FrozenPaper, scan: bytes) -> tuple[str, ...]:
    """Read a scan and return what is wrong with it; raises UploadRefused when it cannot be opened at all."""
    return complaints_of(paper=paper, texts=codes_in(scan=scan)) if paper.pages else (IN_WORK,)


def codes_in(*, scan: bytes) -> list[list[str]]:
    """Read the codes of every page from the picture, in a child process; about a third of a second a page.

    Raises UploadRefused when the scan cannot be opened at all.
    """
    pages: list[list[str]] = look_into(data=scan, kind=kind_of(data=scan), work="codes")["pages"]
    return pages


def complaints_of(*, paper: FrozenPaper, texts: list[list[str]]) -> tuple[str, ...]:
    """Return, in Chinese, every page that is missing, foreign, doubled, unreadable or out of order; empty when it fits.

    `texts` are the codes that were read from every page.
    """
    if not paper.pages:
        return (IN_WORK,)
    codes = [[code for text in page if (code := parse_code(text))] for page in texts]
    found = _unlike(paper, codes)
    own = [code.page for page in codes for code in page if code.head == head_of(paper.digest)]
    missing = [number for number in range(1, paper.pages + 1) if number not in own]
    if missing:
        found.append(f"缺少第{_listed(missing)}页（原件共{paper.pages}页，扫描件{len(codes)}页）。")
    if doubled := sorted(number for number, count in Counter(own).items() if count > 1):
        found.append(f"第{_listed(doubled)}页重复。")
    if not found and own != sorted(own):
        found.append("页序不对，请按页码顺序重新扫描。")
    return tuple(found)


def _unlike(paper: FrozenPaper, codes: list[list[PageCode]]) -> list[str]:
    found = []
    for number, page in enumerate(codes, start=1):
        if not page:
            found.append(f"扫描件第{number}页没有识别到页脚标识，请检查该页是否属于本件、页脚是否扫全扫清。")
        for code in page:
            if code.head != head_of(paper.digest):
                found.append(f"扫描件第{number}页不是本件的页：{_owner(paper, code)}。")
            elif code.pages != paper.pages:
                found.append(f"扫描件第{number}页的总页数标识与原件不符。")
    return found


def _owner(paper: FrozenPaper, code: PageCode) -> str:
    """Say whose page it is, as far as the same office's papers tell."""
    other = FrozenPaper.objects.filter(digest__startswith=code.head).first()
    if other is None:
        return f"不是本系统制作的文书，标识为{code.head}"
    kind = BY_SLUG[other.slug]
    if other.subject_uuid == paper.subject_uuid:
        return f"是本事项《{kind.label}》第{other.version}版第{code.page}页"
    return f"是{from_canonical(kind.facts, other.facts).case_number}《{kind.label}》第{code.page}页"


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers))
