"""What must never reach paper: missing facts, unprintable characters, anything from outside."""

import http.server
import io
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import FactsUnreadable, from_canonical, to_canonical
from docs_templates.facts.parts import Remark
from docs_templates.printing.press import print_frozen
from docs_templates.printing.templates import MissingFact, fill
from docs_templates.printing.text_guard import complaints, text_complaints
from docs_templates.render import DrawingFailed, MissingGlyph, OutsideRequested, draw
from tests.papers import samples
from tests.reached import Reached

FONTS = settings.FONTS_ROOT


def _objections(**changed: object) -> tuple[str, ...]:
    facts = replace(samples.facts(slug="qingshi"), **changed)
    return complaints(facts=facts, paper="请示", fonts_root=FONTS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲\x01乙", "U+0001 不能印刷：控制字符"),
        ("甲\x7f乙", "控制字符"),
        ("甲\u202e乙", "双向控制符"),
        ("甲\ue123乙", "自造字"),
        ("甲\u200b乙", "看不见的格式字符"),
        ("甲\ud800乙", "残缺的编码"),
        ("甲⼀乙", "部首字符，请改为“一”"),
        ("甲\uf901乙", "请改为“更”"),
        ("甲😀乙", "“😀”（U+1F600）"),
        ("甲𪚥乙", "字体中没有此字"),
    ],
)
def test_an_unprintable_character_is_named_with_its_place(text: str, said: str) -> None:
    (complaint,) = _objections(title=text)
    assert said in complaint and "“标题”第2个字符" in complaint and complaint.startswith("《请示》")


def test_rare_characters_of_names_can_be_printed() -> None:
    assert _objections(signer="王𬭸珺、张㛃、李䶮、赵玥、钱喆") == ()


def test_missing_facts_are_all_named_at_once() -> None:
    found = _objections(telephone="", procedures=(), title="  ", dated="2026-02-30")
    assert len(found) == 4
    assert any("缺少“联系电话”" in complaint for complaint in found)
    assert any("缺少“履行程序情况”" in complaint for complaint in found)
    assert any("“标题”只有空白" in complaint for complaint in found)
    assert any("“成文日期”不是有效日期" in complaint for complaint in found)


def test_a_fact_deep_inside_is_named_by_its_path() -> None:
    (complaint,) = _objections(remarks=(Remark(kind="补录", text="好"), Remark(kind="补录", text="坏\x02")))
    assert "附记第2项·附记内容" in complaint


def test_texts_of_forms_pass_the_same_guard() -> None:
    assert text_complaints(text="标题\u202e", where="标题", fonts_root=FONTS)
    assert not text_complaints(text="关于调剂33名事业编制的请示", where="标题", fonts_root=FONTS)


# Signs of papers and any sign there is: of the latter alone the guard lets hardly one in a hundred through.
USUAL = st.text(alphabet="动议编制事项委办〔2026〕18（），。；：、“”《》—·%ABCxyz", min_size=1, max_size=3)
ANY = st.text(alphabet=st.characters(blacklist_characters="\n"), min_size=1, max_size=1)
DRAWN = Reached(least=0.3)


@DRAWN.often_enough
@given(st.one_of(USUAL, st.tuples(USUAL, ANY).map("".join)))
def test_whatever_the_guard_lets_through_can_be_drawn(text: str) -> None:
    DRAWN.example()
    if text_complaints(text=text, where="标题", fonts_root=FONTS):
        return
    DRAWN.here()
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    families = ("GWFang", "GWKai", "GWHei", "GWSong", "GWXBS")
    assert _drawn("".join(f'<p style="font-family: {family}">{safe}</p>' for family in families))


def _drawn(body: str) -> bytes:
    page = f'<html lang="zh-CN"><head><meta charset="utf-8"><title>测</title></head><body>{body}</body></html>'
    return draw(html=page, fonts_root=FONTS).pdf


def test_a_missing_glyph_is_an_error_that_names_the_character() -> None:
    with pytest.raises(MissingGlyph, match="U\\+1F600"):
        _drawn("<p>甲😀乙</p>")


def test_any_other_complaint_of_the_engine_is_an_error_too() -> None:
    with pytest.raises(DrawingFailed):
        _drawn('<p style="text-spacing: none">甲</p>')


def test_facts_of_another_shape_are_not_printed() -> None:
    canonical = to_canonical(samples.facts(slug="mulu"))
    with pytest.raises(FactsUnreadable):
        print_frozen(slug="qingshi", canonical=canonical, version=1, fonts_root=FONTS)
    with pytest.raises(FactsUnreadable):
        from_canonical(BY_SLUG["mulu"].facts, canonical.replace('"pages":4', '"pages":"4"'))


@pytest.mark.parametrize(
    "snippet",
    [
        "{{ facts.nothing }}",
        "{{ nothing }}",
        "{% if facts.nothing %}x{% endif %}",
        "{% if nothing %}x{% endif %}",
        "{% for x in facts.nothing %}x{% endfor %}",
        "{{ facts.head.nothing }}",
        "{{ facts.title.nothing }}",
        "{{ facts }}",
        "{{ facts.to_canonical }}",
        "{% for item in facts.items %}{{ item.count }}{% endfor %}",
    ],
)
def test_a_template_that_asks_for_a_missing_fact_is_loud(snippet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.template import Engine

    from docs_templates.printing import templates

    engine = templates._engine()
    monkeypatch.setattr(Engine, "get_template", lambda self, name: engine.from_string(snippet))
    facts = samples.facts(slug="jiyao")
    facts = replace(facts, items=(replace(facts.items[0], count=None),))  # type: ignore[type-var, attr-defined]
    with pytest.raises(MissingFact):
        fill(template="any", facts=facts)


def test_markup_in_facts_is_printed_as_text() -> None:
    html = fill(template="qingshi.html", facts=replace(samples.facts(slug="qingshi"), signer="<script>x</script>"))
    assert "&lt;script&gt;" in html and "<script>" not in html


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A real web server that remembers who asked."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", hits
        server.shutdown()


VECTORS = (
    '<img src="{at}">', '<link rel="stylesheet" href="{at}">', "<style>@import url({at});</style>",
    '<p style="background: url({at})">甲</p>', "<style>@font-face {{ font-family: X; src: url({at}) }}</style>",
    '<link rel="attachment" href="{at}">', '<a rel="attachment" href="{at}">甲</a>', '<object data="{at}"></object>',
    '<embed src="{at}">', '<svg width="9" height="9"><image href="{at}" width="9" height="9"/></svg>',
    "<style>p::before {{ content: url({at}) }}</style><p>甲</p>", '<ul><li style="list-style: url({at})">甲</li></ul>',
)  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_is_fetched_from_the_network(vector: str, listener: tuple[str, list[str]]) -> None:
    address, hits = listener
    with suppress(OutsideRequested, DrawingFailed):
        _drawn(vector.format(at=f"{address}/x"))
    assert hits == []


@pytest.mark.parametrize("vector", VECTORS)
def test_no_file_of_the_machine_gets_into_a_paper(vector: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET-TOKEN-42")
    with suppress(OutsideRequested, DrawingFailed):
        assert b"TOPSECRET" not in _unpacked(_drawn(vector.format(at=secret.as_uri())))


def test_red_control_the_engine_alone_would_embed_a_file_of_the_machine(tmp_path: Path) -> None:
    from weasyprint import HTML

    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET-TOKEN-42")
    page = f'<link rel="attachment" href="{secret.as_uri()}">'
    assert b"TOPSECRET" in _unpacked(HTML(string=page).write_pdf())


def _unpacked(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
        return b"".join(stream.read_bytes() for stream in streams)


def test_long_text_in_a_table_cell_stays_fast() -> None:
    import time

    started = time.process_time()
    _drawn(f"<table style='table-layout: auto'><tr><td>{'机构编制事项' * 600}</td></tr></table>")
    assert time.process_time() - started < 8
