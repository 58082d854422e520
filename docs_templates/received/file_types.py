"""Look into an untrusted file; runs as a child process with limits and prints one JSON object.

`python -I triage.py inspect|codes FILE KIND`. It is a script of its own so that a file that crashes or starves a
library takes down this process and not the site.
"""

import json
import os
import re
import resource
import runpy
import signal
import sys
import zipfile
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import pikepdf
import pypdfium2
import zxingcpp
from PIL import Image

# Seconds are of the processor: for looking into a file as a whole, for the codes of all pages, and of one.
MEMORY, MOST_WRITTEN = 2 << 30, 1 << 20
SECONDS, SECONDS_OF_CODES, SECONDS_A_PAGE = 8, 60, 4
MOST_OBJECTS, MOST_UNPACKED = 500_000, 300 << 20
# Forms may draw forms: ten in ten in ten... is a file of a few lines and never ends. No office program comes near.
MOST_DRAWN, MOST_NESTED = 200_000, 100
DRAWS = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do(?![A-Za-z])")
ACTIVE_KEYS = frozenset({"/AA", "/JS", "/XFA", "/EmbeddedFile", "/EmbeddedFiles", "/RichMediaContent", "/JavaScript"})
ACTIVE_ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/Movie", "/Sound", "/Rendition"),
        *("/GoToR", "/GoToE", "/GoTo3DView", "/SetOCGState"),
    }
)
# What a file may do when it is opened: go to one of its own pages. An address behind a link waits for a click.
QUIET_AT_OPENING = frozenset({"/GoTo", "/Named"})
MAIN_PARTS = MappingProxyType({"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"})
PICTURES, MOST_NAMED = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".emf", ".wmf"), 5
# Run in isolation a script imports nothing that lies beside it: these are loaded by their path.
MARKS, TEXTS, PARTS = (
    runpy.run_path(f"{__file__.removesuffix('file_types.py')}{name}.py")
    for name in ("secret_marks", "file_texts", "active_parts")
)
Image.MAX_IMAGE_PIXELS = 120_000_000


def inspect(path: str, kind: str) -> dict[str, Any]:
    """Say how many pages the file has and what speaks against it."""
    if kind == "pdf":
        return _pdf(path)
    if kind in ("png", "jpeg"):
        with Image.open(path) as picture:
            picture.load()
        return {"pages": 1, "found": [], "unread": "图片"}
    return _office(path, kind)


def _pdf(path: str) -> dict[str, Any]:
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return {"pages": 0, "found": ["encrypted"]}
            if len(pdf.objects) > MOST_OBJECTS:
                return {"pages": 0, "found": ["too many objects"]}
            found = sorted({name for thing in pdf.objects for name in _active(thing, 0)})
            pages = len(pdf.pages)
            known: dict[Any, int] = {}
            if sum(_drawn(page.obj, page.resources, known, 0) for page in pdf.pages) > MOST_DRAWN:
                return {"pages": pages, "found": ["drawn too often"]}
    except pikepdf.PasswordError:
        return {"pages": 0, "found": ["encrypted"]}
    return {"pages": pages, "found": found, **({} if found else _marks(*_pdf_texts(path)))}


def _pdf_texts(path: str) -> tuple[list[Any], str]:
    """Return the texts of every page, of what is noted on it and of the properties; and which pages are pictures."""
    texts, pictures = [], []
    with pikepdf.open(path) as pdf:
        notes = [[str(note.get("/Contents", "")) for note in _list(page.obj.get("/Annots"))] for page in pdf.pages]
        texts += (
            [("文档属性", (str(value),), True) for value in pdf.docinfo.values()] if pdf.trailer.get("/Info") else []
        )
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, start=1):
            said = page.get_textpage().get_text_bounded()
            texts += TEXTS["of_pdf_page"](number, said, notes[number - 1])
            if not said.strip():
                pictures.append(number)
            page.close()
    told = "、".join(map(str, pictures[:MOST_NAMED])) + f"等{len(pictures)}" * (len(pictures) > MOST_NAMED)
    return texts, f"第{told}页没有文字" if pictures else ""


def _list(value: Any) -> list[Any]:
    found = list(value) if isinstance(value, pikepdf.Array) else []
    return [one for one in found if isinstance(one, pikepdf.Dictionary)]


def _marks(texts: Any, unread: str) -> dict[str, Any]:
    """Say which secret mark the texts bear and where; and what could not be read for one."""
    level, where = MARKS["level_of"](MARKS["Text"](*one) for one in texts)
    return {"secret": level, "where": where, "unread": unread}


def _drawn(thing: Any, resources: Any, known: dict[Any, int], depth: int) -> int:
    """Return how many forms a page or a form draws in all, those within forms included; each is counted up once."""
    forms = {
        name: form
        for name, form in (resources.get("/XObject", {}) if resources is not None else {}).items()
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form"
    }
    if not forms or depth > MOST_NESTED:
        return MOST_DRAWN + 1 if depth > MOST_NESTED else 0
    total = 0
    for name in DRAWS.findall(_content(thing)):
        form = forms.get(
            "/" + re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name).decode("latin-1")
        )
        if form is None:
            continue
        if form.objgen not in known:
            known[form.objgen] = 0  # a form that draws itself is left to the reader, which does not follow it
            known[form.objgen] = _drawn(form, form.get("/Resources", resources), known, depth + 1)
        total += 1 + known[form.objgen]
    return total


def _content(thing: Any) -> bytes:
    """Return what a page or a form draws, in the language of the file."""
    if isinstance(thing, pikepdf.Stream):
        return bytes(thing.read_bytes())
    content = thing.get("/Contents", [])
    parts = [content] if isinstance(content, pikepdf.Stream) else list(content)
    return b"\n".join(bytes(part.read_bytes()) for part in parts)


def _active(thing: Any, depth: int) -> Iterator[str]:
    """Name what may act by itself in one object; indirect objects are met on their own."""
    if depth > 30:
        yield "nested too deeply"
        return
    inner: list[Any] = []
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118 - a pikepdf dictionary iterates over values of another kind
            yield from _named(thing, key)
            inner.append(thing.get(key))
    elif isinstance(thing, pikepdf.Array):
        inner += list(thing)
    for value in inner:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _active(value, depth + 1)


def _named(thing: Any, key: str) -> Iterator[str]:
    """Name what one entry of a dictionary may do by itself."""
    value = thing.get(key)
    if key in ACTIVE_KEYS:
        yield key[1:]
    if key == "/S" and isinstance(value, pikepdf.Name) and str(value) in ACTIVE_ACTIONS:
        yield str(value)[1:]
    if key == "/OpenAction" and not _quiet(value, 0):
        yield "OpenAction"
    if key == "/F" and isinstance(thing, pikepdf.Stream):
        yield "external data"


def _quiet(action: Any, depth: int) -> bool:
    """Return whether an action at opening, and all that follow it, only turn to a page."""
    if isinstance(action, pikepdf.Array) and depth:
        return all(_quiet(one, depth + 1) for one in action)
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True  # a place in the file itself
    known = depth <= MOST_NESTED and str(action.S) in QUIET_AT_OPENING
    return known and ("/Next" not in action or _quiet(action.Next, depth + 1))


def _office(path: str, kind: str) -> dict[str, Any]:
    """Look into a docx, xlsx or ofd container."""
    with zipfile.ZipFile(path) as container:
        entries = container.infolist()
        if MAIN_PARTS[kind] not in container.namelist():
            return {"pages": 0, "found": ["damaged"]}
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            return {"pages": 0, "found": ["unpacks too large"]}
        found = sorted(PARTS["found_in"](container))
        texts = [] if found else list(TEXTS["of_container"](container))
        pictures = any(entry.filename.lower().endswith(PICTURES) for entry in entries)
    return {"pages": 0, "found": found, **_marks(texts, "文中的图片" if pictures else "")}


def codes(path: str, kind: str) -> dict[str, Any]:
    """Read the matrix codes of every page of a scan."""
    if kind in ("png", "jpeg"):
        with Image.open(path) as picture:
            return {"pages": [_read(picture.convert("L"))]}
    with pypdfium2.PdfDocument(path) as document:
        return {"pages": [_codes_of(document, number) for number in range(len(document))]}


def _within(seconds: int) -> None:
    """Let the next piece of work take so long and no longer; the clock takes the process down with it."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _codes_of(document: Any, number: int) -> list[str]:
    _within(SECONDS_A_PAGE)
    page = document[number]
    width, height = page.get_size()
    for dots in (200, 300, 150):
        scale = min(dots / 72, 5000 / max(width, height))
        if texts := _read(page.render(scale=scale, grayscale=True).to_pil()):
            return texts
    return []


def _read(picture: Image.Image) -> list[str]:
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.DataMatrix)
    return sorted({result.text for result in zxingcpp.read_barcodes(picture, formats=wanted)})


if __name__ == "__main__":
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    patience = SECONDS_OF_CODES if sys.argv[1] == "codes" else SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    work = {"inspect": inspect, "codes": codes}[sys.argv[1]]
    sys.stdout.write(json.dumps(work(sys.argv[2], sys.argv[3])))
