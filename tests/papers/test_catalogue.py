"""Every paper of the catalogue: valid PDF/A-2a, the same bytes every time, its facts and its code on every page."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.conf import settings

from docs_templates.catalogue import BY_SLUG, PAPERS, RETENTION
from docs_templates.facts.frozen import digest_of, from_canonical, to_canonical
from docs_templates.printing.press import print_frozen
from docs_templates.printing.templates import TEMPLATES
from docs_templates.printing.text_guard import complaints
from docs_templates.render.page_codes import PageCode, head_of
from tests.papers import samples
from tests.papers.measuring import every_slug, printed, read_codes
from tests.papers.verapdf import verdicts

OFFICIAL = (
    "qingshi", "beian", "jiyao", "jielu", "tongzhi", "pifu", "shipifu", "huizhi", "fuhan", "goutong", "lunzheng",
)  # fmt: skip
# Arrows, signed numbers, marks of the record and digests stand in records and page codes, never in an issued text.
FORBIDDEN = re.compile("→|[+−]\\d+名|〔(?:补录|特批说明|紧急事项|追认|更正|重新制作)〕|（补录）|校验值")

ELSEWHERE = """
import hashlib, sys
import django
django.setup()
from django.conf import settings
from docs_templates.facts.frozen import to_canonical
from docs_templates.printing.press import print_frozen
from tests.papers import samples
for slug in sys.argv[1:]:
    canonical = to_canonical(samples.facts(slug=slug))
    pdf = print_frozen(slug=slug, canonical=canonical, version=1, fonts_root=settings.FONTS_ROOT).pdf
    print(slug, hashlib.sha256(pdf).hexdigest())
"""


@pytest.mark.dear(150)
def test_every_paper_is_pdf_a_2a_for_the_real_verapdf(tmp_path: Path) -> None:
    files = []
    for slug in every_slug():
        files.append(tmp_path / f"{slug}.pdf")
        files[-1].write_bytes(printed(slug).pdf)
    broken = {name: verdict for name, verdict in verdicts(flavour="2a", pdfs=files).items() if verdict != "ok"}
    assert not broken


def test_red_control_verapdf_finds_a_paper_that_lost_its_output_intent(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(io.BytesIO(printed("qingshi").pdf)) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(damaged)
    assert verdicts(flavour="2a", pdfs=[damaged])["damaged.pdf"] != "ok"


def test_the_same_facts_give_the_same_bytes_in_another_process_on_another_day() -> None:
    here = {}
    for slug in ("qingshi", "jiyao", "shenpi"):
        canonical = to_canonical(samples.facts(slug=slug))
        again = print_frozen(slug=slug, canonical=canonical, version=1, fonts_root=settings.FONTS_ROOT).pdf
        assert again == printed(slug).pdf
        here[slug] = digest_of_bytes(again)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "LANG": "C"}
    environment["DJANGO_SETTINGS_MODULE"] = "project.settings"
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, *here], capture_output=True, text=True, check=True, env=environment
    ).stdout
    assert dict(line.split() for line in told.splitlines()) == here


def digest_of_bytes(data: bytes) -> str:
    """Return the sha256 of bytes."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("slug", every_slug())
def test_facts_survive_canonical_json(slug: str) -> None:
    facts = samples.facts(slug=slug)
    assert from_canonical(BY_SLUG[slug].facts, to_canonical(facts)) == facts


@pytest.mark.parametrize("slug", every_slug())
def test_the_sample_passes_the_guard(slug: str) -> None:
    facts = samples.facts(slug=slug)
    assert complaints(facts=facts, paper=BY_SLUG[slug].label, fonts_root=settings.FONTS_ROOT) == ()


@pytest.mark.parametrize("slug", every_slug())
def test_every_page_carries_its_code_to_be_read_by_machine_and_by_eye(slug: str) -> None:
    paper = printed(slug)
    head = head_of(digest_of(to_canonical(samples.facts(slug=slug))))
    with pypdfium2.PdfDocument(paper.pdf) as document:
        assert len(document) == paper.pages
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=200 / 72).to_pil()
            assert read_codes(picture=picture) == (PageCode(head=head, page=number, pages=paper.pages),)
            text = page.get_textpage().get_text_bounded()
            assert samples.facts(slug=slug).case_number in text and head in text


def test_a_record_shows_how_amounts_changed_on_the_way_and_an_issued_paper_does_not() -> None:
    form, request = text_of("shenpi"), text_of("qingshi")
    assert "（申请6名，审定5名）" in form and "补录" in form
    assert not re.search("→|[+−]\\d+名|校验值", form)
    assert "第2次报送" in request
    assert not FORBIDDEN.search(request)


@pytest.mark.parametrize("slug", OFFICIAL)
def test_no_issued_paper_shows_a_mark_of_the_record(slug: str) -> None:
    assert not FORBIDDEN.search(text_of(slug))


def test_a_report_of_what_was_decided_does_not_propose_it() -> None:
    assert "三、调整方案" in text_of("beian") and "拟调整方案" not in text_of("beian")
    assert "三、拟调整方案" in text_of("qingshi")


def text_of(slug: str) -> str:
    """Return the printed text of a sample, without line ends."""
    with pypdfium2.PdfDocument(printed(slug).pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")


def test_every_template_of_the_catalogue_exists_and_every_paper_has_a_retention() -> None:
    assert {paper.template for paper in PAPERS} <= {path.name for path in TEMPLATES.glob("*.html")}
    assert {paper.retention for paper in PAPERS} <= set(RETENTION)
    assert len(BY_SLUG) == len(PAPERS)
