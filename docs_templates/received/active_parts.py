"""Name what in a docx, xlsx or ofd would act by itself when it is opened, reach out, or carry something else along.

Pure and without imports of ours: the child process that looks into a file loads it by its path.
"""

import html
import re
import zipfile
from collections.abc import Iterator

# A definition in a container's markup can unfold to any size; no office program writes one. Also in two-byte letters.
DEFINITION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T)")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".hta", ".lnk", ".scr", ".msi", ".jar")
MACRO_PLACES = ("vbaproject", "/macrosheets/", "/dialogsheets/", "/customui/")
MACRO_CONTENT = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.I)
EMBEDDED_PLACES = ("/embeddings/", "/activex/")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# What a click opens is left to the reader; all other outer targets are fetched when the file is opened.
ON_A_CLICK = "/hyperlink"
CARRIED = ("/afchunk", "/oleobject", "/package", "/control")
FIELD_BOUNDS = re.compile(r'<w:fldChar\b[^>]*w:fldCharType\s*=\s*["\'](?:begin|separate|end)["\'][^>]*>')
FIELD_WORDS = re.compile(r"<w:(?:instrText|delInstrText)\b[^>]*>([^<]*)<|<w:fldSimple\b[^>]*\bw:instr=\"([^\"]*)\"")
# A field that asks another program, fetches another file, or hides its own name in codes of letters.
FIELD_REACHES = re.compile(r"\s*(?:(?:DDE(?:AUTO)?|INCLUDE\w*|IMPORT|RD|LINK)\b|QUOTE(?:\s+\d{2,3}){3})", re.I)
FORMULA = re.compile(r"<(?:\w+:)?f\b[^>]*>([^<]*)<")
FORMULA_REACHES = re.compile(r"[\w'\"]\|.*!|\b(?:WEBSERVICE|RTD|CALL|EXEC|REGISTER)\s*\(", re.I)
OFD_OPENS = re.compile(r"""<(?:\w+:)?Action\b[^>]*\bEvent\s*=\s*["'](?:DO|PO)["']""")
REACHING_PLACES = ("xl/connections.xml", "/externallinks/", "/querytables/")


def found_in(container: zipfile.ZipFile) -> set[str]:
    """Return the words for everything that speaks against a container; empty when nothing does."""
    return {found for entry in container.infolist() for found in _of_part(container, entry)}


def _of_part(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[str]:
    name = entry.filename.lower()
    if entry.flag_bits & 1:
        yield "encrypted"
        return
    if name.endswith(PROGRAMS) or any(place in f"/{name}" for place in MACRO_PLACES):
        yield "macro"
    if any(place in f"/{name}" for place in EMBEDDED_PLACES):
        yield "embedded object"
    if any(place in f"/{name}" for place in REACHING_PLACES):
        yield "reaches out"
    if not name.endswith((".xml", ".rels")):
        return
    data = container.read(entry)
    if DEFINITION.search(data):
        yield "definition"
    elif name == "[content_types].xml":
        yield from ("macro",) * bool(MACRO_CONTENT.search(data))
    else:
        yield from _of_markup(name, _text(data))


def _text(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if wide else "utf-8", "replace")


def _of_markup(name: str, markup: str) -> Iterator[str]:
    if name.endswith(".rels"):
        yield from (found for attributes in RELATION.findall(markup) if (found := _of_relation(attributes)))
    elif name.startswith("word/"):
        yield from ("reaches out",) * any(map(FIELD_REACHES.match, _fields(markup)))
    elif name.startswith("xl/worksheets/") or name == "xl/workbook.xml":
        formulas = (html.unescape(one) for one in FORMULA.findall(markup) if "|" in one or "(" in one)
        yield from ("reaches out",) * any(map(FORMULA_REACHES.search, formulas))
    elif OFD_OPENS.search(markup):
        yield "reaches out"


def _of_relation(attributes: str) -> str:
    """Say what is wrong with one relation to another part or to something outside."""
    said = {name.lower(): html.unescape(one or other) for name, one, other in ATTRIBUTE.findall(attributes)}
    kind = said.get("type", "").lower()
    if said.get("targetmode", "").lower() == "external":
        return "" if kind.endswith(ON_A_CLICK) else "reaches out"
    return "embedded object" if kind.endswith(CARRIED) else ""


def _fields(markup: str) -> Iterator[str]:
    """Yield the instruction of every field in one piece, however many runs it was cut into."""
    for stretch in FIELD_BOUNDS.split(markup):
        yield html.unescape("".join(one or other for one, other in FIELD_WORDS.findall(stretch)))
