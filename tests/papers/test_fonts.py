"""Fonts: prepared once, safe to embed, and nothing of the machine's own ever gets onto paper."""

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from docs_templates.typefaces import preparing
from docs_templates.typefaces.roles import FALLBACK, TYPEFACES, FontsNotPrepared, can_draw, manifest
from tests.papers.measuring import every_slug, printed


def _face(family: str) -> TTFont:
    file = next(face["file"] for face in manifest(settings.FONTS_ROOT)["faces"] if face["family"] == family)
    return TTFont(settings.FONTS_ROOT / file)


@pytest.mark.parametrize("family", [face.family for face in TYPEFACES])
def test_every_prepared_face_is_safe(family: str) -> None:
    preparing.refuse_unsafe(font=_face(family), name=family)


def test_red_control_a_face_whose_glyph_numbers_differ_is_refused() -> None:
    face = _face("GWFang")
    top = face["CFF "].cff.topDictIndex[0]
    top.charset = [top.charset[0], *top.charset[2:], "cid00001"]
    with pytest.raises(preparing.UnsafeFont, match="显示错字"):
        preparing.refuse_unsafe(font=face, name="x")


@pytest.mark.parametrize("rights", [0x2, 0x100])
def test_red_control_a_face_that_may_not_be_embedded_is_refused(rights: int) -> None:
    face = _face("GWKai")
    face["OS/2"].fsType = rights
    with pytest.raises(preparing.UnsafeFont, match="不允许嵌入"):
        preparing.refuse_unsafe(font=face, name="x")


@pytest.mark.parametrize("family", FALLBACK)
def test_every_part_has_all_of_gb_2312_and_the_signs_of_the_trade(family: str) -> None:
    level_one_and_two = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    han = "".join(pair.decode("gb2312", "ignore") for pair in level_one_and_two)
    assert len(han) == 6763
    missing = [
        letter
        for letter in han + "〔〕〇“”—…·①★㎡℃〓→−" + "0123456789ABCabc.,%()"
        if not can_draw(root=settings.FONTS_ROOT, family=family, character=letter)
    ]
    assert missing == []


def test_papers_embed_prepared_faces_only() -> None:
    names = set()
    for slug in every_slug():
        with pikepdf.open(io.BytesIO(printed(slug).pdf)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                    assert any(key in thing for key in ("/FontFile2", "/FontFile3"))
                    names.add(str(thing.FontName).partition("+")[2])
    assert names and names <= {f"{face.family}{suffix}" for face in TYPEFACES for suffix in ("", "-Regular")}


def test_preparing_again_does_nothing_and_a_damaged_folder_is_noticed(tmp_path: Path) -> None:
    assert preparing.prepare(root=settings.FONTS_ROOT) is False
    assert preparing.is_prepared(root=settings.FONTS_ROOT)
    copy = tmp_path / "fonts"
    shutil.copytree(settings.FONTS_ROOT, copy)
    assert not preparing.is_prepared(root=copy), "the private configuration names another place"


def test_without_fonts_the_command_to_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(FontsNotPrepared, match="docs_templates.typefaces.preparing"):
        manifest(tmp_path)
