"""The only place that makes WeasyPrint 70.0 set Chinese lines to full width (it stretches spaces, Chinese has none)."""

from functools import lru_cache
from typing import Any

PINNED = "70.0"  # both methods below are private: on an upgrade the geometry tests decide
HAN = ((0x2E80, 0x303F), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
       (0xFE30, 0xFE4F), (0xFF00, 0xFF60), (0x20000, 0x3FFFF))  # fmt: skip
WIDEST_GAP = 0.30  # em a gap; a line that needs more stays ragged


class UnknownWeasyPrint(Exception):
    """The installed WeasyPrint is not the one this was written for."""


def _has_han(text: str) -> bool:
    return any(first <= ord(letter) <= last for letter in text for first, last in HAN)


@lru_cache(maxsize=1)
def justify_chinese() -> None:
    """Teach WeasyPrint to spread a broken line by letter spacing; the text itself stays as it is."""
    import weasyprint
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    if weasyprint.__version__ != PINNED:
        raise UnknownWeasyPrint(f"对齐补丁只适用于 WeasyPrint {PINNED}，现为 {weasyprint.__version__}")
    plain_justify, plain_set_text = inline.justify_line, line_break.Layout.set_text

    def texts_of(box: Any) -> list[Any]:
        if isinstance(box, boxes.TextBox):
            return [box] if box.text else []
        if isinstance(box, boxes.LineBox | boxes.InlineBox):
            return [text for child in box.children if child.is_in_normal_flow() for text in texts_of(child)]
        return []

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        texts = texts_of(line)
        if not _has_han("".join(box.text for box in texts)):
            plain_justify(context, line, extra_width)
            return
        gaps = sum(len(box.text) for box in texts) - 1
        if gaps > 0 and extra_width / gaps <= WIDEST_GAP * line.style["font_size"]:
            spread(context, line, extra_width / gaps, 0, texts[-1])

    def spread(context: Any, box: Any, gap: float, moved: float, last: Any) -> float:
        """Widen every gap in `box`, which itself moves right by `moved`; returns how far what follows moves."""
        if isinstance(box, boxes.TextBox):
            box.position_x += moved
            gaps = len(box.text) - (box is last)  # nothing after the last character of the line
            if gaps > 0:
                box.pango_layout = spaced_layout(context, box, gap)
                box.width += gap * gaps
                moved += gap * gaps
        elif isinstance(box, boxes.LineBox | boxes.InlineBox):
            box.position_x += moved
            before = moved
            for child in box.children:
                if child.is_in_normal_flow():
                    moved = spread(context, child, gap, moved, last)
            box.width += moved - before
        else:
            box.translate(moved, 0)
        return moved

    def spaced_layout(context: Any, box: Any, gap: float) -> Any:
        layout = line_break.create_layout(box.text, box.style, context, max_width=None, justification_spacing=0)
        layout.chinese_gap = gap
        layout.deactivate()
        return layout

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        gap = getattr(self, "chinese_gap", 0)
        if not (justify and gap):
            plain_set_text(self, text, justify)
            return
        style = self.style
        spacing = 0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        self.style = style.copy()
        self.style["letter_spacing"] = spacing + gap
        try:
            plain_set_text(self, text, justify)
        finally:
            self.style = style

    inline.justify_line = justify_line
    line_break.Layout.set_text = set_text
