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
    spreading = _Spreading(boxes, inline.justify_line, line_break.create_layout)
    inline.justify_line = spreading.justify_line
    line_break.Layout.set_text = _wider(line_break.Layout.set_text)


def _wider(plain_set_text: Any) -> Any:
    """Wrap Layout.set_text so that a layout marked with a gap is drawn with that much more letter spacing."""

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

    return set_text


class _Spreading:
    """Spread one line that WeasyPrint has already broken; the names of its modules are handed in."""

    def __init__(self, boxes: Any, plain_justify: Any, create_layout: Any) -> None:
        self.text_box, self.inline_boxes = boxes.TextBox, (boxes.LineBox, boxes.InlineBox)
        self.plain_justify, self.create_layout = plain_justify, create_layout

    def justify_line(self, context: Any, line: Any, extra_width: float) -> None:
        """Stand in for inline.justify_line."""
        texts = self._texts(line)
        if not _has_han("".join(box.text for box in texts)):
            self.plain_justify(context, line, extra_width)
            return
        gaps = sum(len(box.text) for box in texts) - 1
        if gaps > 0 and extra_width / gaps <= WIDEST_GAP * line.style["font_size"]:
            self._spread(context, line, extra_width / gaps, 0, texts[-1])

    def _texts(self, box: Any) -> list[Any]:
        if isinstance(box, self.text_box):
            return [box] if box.text else []
        if isinstance(box, self.inline_boxes):
            return [text for child in box.children if child.is_in_normal_flow() for text in self._texts(child)]
        return []

    def _spread(self, context: Any, box: Any, gap: float, moved: float, last: Any) -> float:
        """Widen every gap in `box`, which itself moves right by `moved`; returns how far what follows moves."""
        if isinstance(box, self.text_box):
            box.position_x += moved
            gaps = len(box.text) - (box is last)  # nothing after the last character of the line
            if gaps > 0:
                box.pango_layout = self._spaced(context, box, gap)
                box.width += gap * gaps
                moved += gap * gaps
        elif isinstance(box, self.inline_boxes):
            box.position_x += moved
            before = moved
            for child in box.children:
                if child.is_in_normal_flow():
                    moved = self._spread(context, child, gap, moved, last)
            box.width += moved - before
        else:
            box.translate(moved, 0)
        return moved

    def _spaced(self, context: Any, box: Any, gap: float) -> Any:
        layout = self.create_layout(box.text, box.style, context, max_width=None, justification_spacing=0)
        layout.chinese_gap = gap
        layout.deactivate()
        return layout
