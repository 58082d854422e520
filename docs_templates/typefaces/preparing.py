"""The only place that prepares the fonts papers are drawn with: `python -m docs_templates.fonts [DIRECTORY]`.

One entry point, also as `manage.py prepare_fonts`; the default directory is var/fonts. It downloads three Debian
packages without installing them, keeps seven faces, makes them safe to embed, names them by their part and writes a
private fontconfig file. Running it again does nothing. It needs apt-get, dpkg-deb and libharfbuzz-subset0.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTCollection, TTFont

from docs_templates.typefaces.roles import FALLBACK, FONTCONFIG, MANIFEST, TYPEFACES, Typeface

DEFAULT_ROOT = Path(__file__).resolve().parents[2] / "var" / "fonts"
# Vertical metrics and alternates are never used, and contextual ones would break the grid of 28 characters.
DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG")
# One height above and below the baseline for all faces, in parts of the em: faces that differ would push the lines that
# mix them off the grid of 22 lines, each by its own amount.
ASCENT, DESCENT = 0.88, 0.12
NO_HINTING, SET_DROP_TABLES = 1, 3  # hb_subset_flags_t, hb_subset_sets_t
EMBEDDING_FORBIDDEN, SUBSETTING_FORBIDDEN = 0x2, 0x100  # OS/2 fsType bits


class UnsafeFont(Exception):
    """The font would print wrong glyphs in some readers, or may not be embedded."""


class FontsUnobtainable(Exception):
    """The packages could not be downloaded or lack a file."""


def recipe() -> str:
    """Digest everything that decides what preparation produces."""
    here = Path(__file__)
    return hashlib.sha256(here.read_bytes() + here.with_name("roles.py").read_bytes()).hexdigest()


def is_prepared(*, root: Path) -> bool:
    """Say whether `root` holds the result of this very recipe, complete."""
    try:
        found = json.loads((root / MANIFEST).read_text("utf-8"))
        return (
            found["recipe"] == recipe()
            and (root / FONTCONFIG).read_text("utf-8") == _fontconfig(root)  # the place may have been moved
            and all((root / face["file"]).stat().st_size == face["size"] for face in found["faces"])
        )
    except (OSError, ValueError, KeyError):
        return False


def prepare(*, root: Path = DEFAULT_ROOT) -> bool:
    """Put the prepared fonts under `root`; returns False when they were there already."""
    root = root.resolve()
    if is_prepared(root=root):
        return False
    root.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="fonts-", dir=root.parent))
    work.chmod(0o755)
    try:
        sources = _obtain(work / "sources")
        fresh = work / "fonts"
        fresh.mkdir()
        faces = [_prepare_face(face, sources[face.source], fresh) for face in TYPEFACES]
        (fresh / FONTCONFIG).write_text(_fontconfig(root), "utf-8")
        found = {"recipe": recipe(), "faces": faces}
        (fresh / MANIFEST).write_text(json.dumps(found, ensure_ascii=False, sort_keys=True), "utf-8")
        if root.exists():
            root.rename(work / "old")
        fresh.rename(root)
    finally:
        shutil.rmtree(work)
    return True


def _obtain(folder: Path) -> dict[str, Path]:
    """Download the packages into `folder` and unpack the wanted files."""
    folder.mkdir(mode=0o755)
    packages = sorted({face.package for face in TYPEFACES})
    _download(packages, folder)
    wanted = {face.source for face in TYPEFACES}
    for archive in sorted(folder.glob("*.deb")):
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE) as unpacked:
            patterns = [f"*/{name}" for name in sorted(wanted)]
            # tar reports the patterns another package holds as missing; what is missing in the end is told below.
            subprocess.run(
                ["tar", "-x", "-C", str(folder), "--wildcards", *patterns],
                stdin=unpacked.stdout, stderr=subprocess.DEVNULL, check=False,
            )  # fmt: skip
        archive.unlink()
    found = {path.name: path for path in folder.rglob("*") if path.name in wanted}
    if missing := wanted - set(found):
        raise FontsUnobtainable(f"软件包里缺少字体文件：{'、'.join(sorted(missing))}")
    return found


def _download(packages: list[str], folder: Path) -> None:
    command = ["apt-get", "download", "-q", *packages]
    first = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if first.returncode == 0:
        return
    privilege = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*privilege, "apt-get", "update", "-q"], capture_output=True, check=False)
    second = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if second.returncode:
        raise FontsUnobtainable(f"下载字体软件包失败，请先运行 apt-get update：{second.stderr.strip()[-400:]}")


def _prepare_face(face: Typeface, source: Path, folder: Path) -> dict:
    font = TTFont(BytesIO(_subset(source, face.kept)), lazy=None, recalcBBoxes=False, recalcTimestamp=False)
    _number_glyphs_by_position(font)
    _rename(font, face.family)
    _level(font)
    target = folder / f"{face.family}{source.suffix.replace('.ttc', '.otf')}"
    font.save(target)
    prepared = TTFont(target, lazy=True)
    refuse_unsafe(font=prepared, name=source.name)
    data = target.read_bytes()
    return {
        "family": face.family, "file": target.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(),
        "source": face.source, "package": face.package, "licence": face.licence,
        "ranges": _ranges(set(prepared.getBestCmap())),
    }  # fmt: skip


def _face_index(source: Path) -> int:
    if source.suffix != ".ttc":
        return 0
    names = [font["name"].getDebugName(1) or "" for font in TTCollection(source, lazy=True).fonts]
    return next(i for i, name in enumerate(names) if name.endswith(" SC") and "Mono" not in name)


def _subset(source: Path, kept: tuple[tuple[int, int], ...]) -> bytes:
    """Cut one face down to the kept characters with HarfBuzz, which takes a second where fontTools takes forty."""
    base, cutter = ctypes.CDLL("libharfbuzz.so.0"), ctypes.CDLL("libharfbuzz-subset.so.0")
    for function in (base.hb_blob_create_from_file_or_fail, base.hb_face_create, base.hb_face_reference_blob,
                     base.hb_blob_get_data, cutter.hb_subset_input_create_or_fail, cutter.hb_subset_or_fail,
                     cutter.hb_subset_input_unicode_set, cutter.hb_subset_input_set):  # fmt: skip
        function.restype = ctypes.c_void_p
    blob = ctypes.c_void_p(base.hb_blob_create_from_file_or_fail(os.fsencode(source)))
    face = ctypes.c_void_p(base.hb_face_create(blob, ctypes.c_uint(_face_index(source))))
    order = ctypes.c_void_p(cutter.hb_subset_input_create_or_fail())
    characters = ctypes.c_void_p(cutter.hb_subset_input_unicode_set(order))
    for first, last in kept:
        base.hb_set_add_range(characters, ctypes.c_uint(first), ctypes.c_uint(last))
    dropped = ctypes.c_void_p(cutter.hb_subset_input_set(order, ctypes.c_uint(SET_DROP_TABLES)))
    for tag in DROPPED_TABLES:
        base.hb_set_add(dropped, ctypes.c_uint(int.from_bytes(tag.encode(), "big")))
    cutter.hb_subset_input_set_flags(order, ctypes.c_uint(NO_HINTING))
    cut = ctypes.c_void_p(cutter.hb_subset_or_fail(face, order))
    if not cut:
        raise UnsafeFont(f"字体 {source.name} 无法裁剪")
    result, length = ctypes.c_void_p(base.hb_face_reference_blob(cut)), ctypes.c_uint()
    return ctypes.string_at(base.hb_blob_get_data(result, ctypes.byref(length)), length.value)


def _number_glyphs_by_position(font: TTFont) -> None:
    """Make CID equal GID: WeasyPrint writes glyph positions, strict readers look them up as CIDs and print others."""
    if "CFF " not in font:
        return
    top = font["CFF "].cff.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return
    strings, old = top.CharStrings, top.charset
    places = [strings.charStrings[name] for name in old]
    top.charset = [".notdef"] + [f"cid{i:05d}" for i in range(1, len(old))]
    strings.charStrings = dict(zip(top.charset, places, strict=True))
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), len(old)


def _rename(font: TTFont, family: str) -> None:
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 7, 8, 9, 11, 13, 14)]
    for number, value in ((1, family), (2, "Regular"), (3, family), (4, family), (6, f"{family}-Regular")):
        table.setName(value, number, 3, 1, 0x409)
    # One weight a part: fontconfig must never pick a "bold" face on its own.
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | 0b1000000
    if "CFF " in font:
        font["CFF "].cff.fontNames = [f"{family}-Regular"]


def _level(font: TTFont) -> None:
    """Give the face the vertical metrics that all prepared faces share, wherever they are read from."""
    em = font["head"].unitsPerEm
    above, below = round(ASCENT * em), round(DESCENT * em)
    across, windows = font["hhea"], font["OS/2"]
    across.ascent, across.descent, across.lineGap = above, -below, 0
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = above, -below, 0
    windows.usWinAscent, windows.usWinDescent = above, below


def refuse_unsafe(*, font: TTFont, name: str) -> None:
    """Raise UnsafeFont when the font may not be embedded or would print wrong glyphs."""
    rights = font["OS/2"].fsType
    if rights & (EMBEDDING_FORBIDDEN | SUBSETTING_FORBIDDEN):
        raise UnsafeFont(f"字体 {name} 的许可不允许嵌入或裁剪（fsType={rights}）")
    if "CFF2" in font:
        raise UnsafeFont(f"字体 {name} 是可变字体，不能用于归档文件")
    if "CFF " in font:
        top = font["CFF "].cff.topDictIndex[0]
        if hasattr(top, "ROS") and any(i and cid != f"cid{i:05d}" for i, cid in enumerate(top.charset)):
            raise UnsafeFont(f"字体 {name} 的字形编号与字符编号不一致，部分阅读器会显示错字")


def _ranges(codes: set[int]) -> list[list[int]]:
    spans: list[list[int]] = []
    for code in sorted(codes):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return spans


def _fontconfig(root: Path) -> str:
    """Write a configuration that sees the prepared fonts and nothing else, so that every machine draws alike."""
    chains = "".join(
        f'<alias binding="same"><family>{part}</family><accept>'
        + "".join(f"<family>{spare}</family>" for spare in spares)
        + "</accept></alias>"
        for part, spares in FALLBACK.items()
    )
    place = escape(str(root))
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><dir>{place}</dir><cachedir>{place}/cache</cachedir>{chains}</fontconfig>\n"
    )


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_ROOT
    sys.stdout.write(f"打印字体{'已备好' if prepare(root=target) else '已在'}：{target}\n")
