"""The press of tests that look at no paper refuses what the real one refuses; its sheet is taken like a paper."""

import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from docs_templates import freezing
from docs_templates.archive import read_object
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import FactsUnreadable, digest_of, to_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.printing.press import Printed, print_frozen
from docs_templates.printing.templates import MissingFact
from docs_templates.received.signed_scans import scan_complaints
from docs_templates.render import MissingGlyph
from tests.architecture.source import ROOMS, modules
from tests.papers import samples
from tests.papers.measuring import every_slug
from tests.papers.verapdf import verdicts
from tests.thin_press import PRINTERS, installed, print_thin

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
UNDRAWN = "\U0002ffff"


def thin(slug: str = "qingshi", *, version: int = 1, **changed: object) -> Printed:
    """Print a sample on the thin press."""
    canonical = to_canonical(replace(samples.facts(slug=slug), **changed))
    return print_thin(slug=slug, canonical=canonical, version=version, fonts_root=settings.FONTS_ROOT)


def test_the_same_facts_give_the_same_bytes_and_other_facts_others() -> None:
    assert thin() == thin()
    sheets = [*map(thin, every_slug()), thin(version=2), thin(case_number="海编〔2026〕999号")]
    assert len({one.pdf for one in sheets}) == len(sheets) and {one.pages for one in sheets} == {1}


@pytest.mark.parametrize("press", [print_thin, print_frozen])
def test_both_presses_refuse_what_is_missing_and_what_no_typeface_draws(press, monkeypatch) -> None:
    def pressed(facts: PaperFacts, slug: str = "lunzheng") -> None:
        press(slug=slug, canonical=to_canonical(facts), version=1, fonts_root=settings.FONTS_ROOT)

    facts = samples.facts(slug="lunzheng")
    with pytest.raises(MissingGlyph):
        pressed(replace(facts, title=f"关于{UNDRAWN}的报告"))
    with pytest.raises(FactsUnreadable):
        pressed(replace(facts, title=None))
    asking_for_more = {"shenpi": replace(BY_SLUG["shenpi"], facts=type(facts))}
    monkeypatch.setitem(press.__globals__, "BY_SLUG", asking_for_more)
    with pytest.raises(MissingFact):
        pressed(facts, "shenpi")


def test_its_sheet_is_pdf_a_2a_for_the_real_verapdf(tmp_path: Path) -> None:
    file = tmp_path / "thin.pdf"
    file.write_bytes(thin().pdf)
    assert verdicts(flavour="2a", pdfs=[file]) == {"thin.pdf": "ok"}


def test_it_stands_in_everywhere_but_where_a_paper_is_looked_at_before_it_is_signed() -> None:
    printers = {
        module.path
        for module in modules(*ROOMS)
        if re.search(r"import .*print_frozen|press\.print_frozen", module.text)
    }
    stood_for = {printer.rpartition(".")[0].replace(".", "/") + ".py" for printer in PRINTERS}
    assert printers == stood_for | {"project/web/pages/case/manuscript.py"}


@pytest.mark.django_db
def test_its_sheet_comes_back_signed_and_another_does_not(settings, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "archive"
    with installed():
        own, other = (frozen(samples.facts(slug="qingshi"), title=title) for title in ("甲事项", "乙事项"))
    assert own.pages == other.pages == 1 and own.digest != other.digest
    assert scan_complaints(paper=own, scan=read_object(sha256=own.rendered_sha256)) == ()
    (foreign, missing) = scan_complaints(paper=own, scan=read_object(sha256=other.rendered_sha256))
    assert "不是本件的页" in foreign and "缺少第1页" in missing


def frozen(facts, **changed: object):
    """Freeze and print a paper."""
    paper = freezing.freeze(
        slug="qingshi", facts=replace(facts, **changed), subject_kind="case", subject_uuid=uuid.uuid4(),
        step="allot_number", at=AT,
    )  # fmt: skip
    freezing.print_paper(paper=paper, at=AT)
    assert paper.digest == digest_of(paper.facts)
    return paper
