"""A Word file in memory, written piece by piece: what a web page shows, for the Word reader to read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.parse.word_package import Element, W

_NAMES = {"w": W[1:-1]}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Blanks a browser runs together; the non-breaking one it keeps.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDING = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all|font-size:\s*[01](?:px|pt)?\s*(?:;|$)")
_FAMILY = re.compile(r"font-family:\s*[\"']?([^\"';,]+)")
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_BOLD_TAGS = frozenset(("b", "strong", "th", *(f"h{level}" for level in range(1, 7))))
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def style_of(element: Element) -> str:
    """Return the style written at ``element``; "" for none."""
    return str(element.get("style", ""))


@dataclass(frozen=True, slots=True)
class Looks:
    """How the text at one place of the page looks."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    hidden: bool = False
    centred: bool = False
    kept: bool = False  # blanks and line ends as typed
    font: str = ""

    def of(self, element: Element) -> Looks:
        """Return the looks inside ``element``."""
        tag, style = str(element.tag), style_of(element)
        low = style.lower()
        tight = low.replace(" ", "")
        family = _FAMILY.search(style)
        font = family.group(1).strip() if family else self.font
        align = str(element.get("align", "")).lower()
        return replace(
            self,
            bold=self.bold
            or tag in ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
            or bool(_BOLD.search(low)),
            italic=self.italic or tag in ("i", "em") or "font-style:italic" in tight,
            raised=self.raised or tag == "sup" or "vertical-align:super" in tight,
            hidden=self.hidden or element.get("hidden") is not None or bool(_HIDING.search(low)),
            centred=(self.centred or tag == "center" or align == "center" or "text-align:center" in tight)
            and align not in ("left", "right", "justify"),
            kept=self.kept or tag == "pre",
            font=str(element.get("face", "")).split(",")[0].strip() or font,
        )


@dataclass(slots=True)
class WordWriter:
    """Writes paragraphs, tables and notes; an empty paragraph is not written."""

    body: Element = field(default_factory=lambda: etree.Element(f"{W}body", nsmap=_NAMES))
    notes: Element = field(default_factory=lambda: etree.Element(f"{W}footnotes", nsmap=_NAMES))
    _at: Element = None
    _paragraph: Element | None = None
    _looks: tuple[bool, int] = (False, 0)
    _noted: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._at = self.body

    def text(self, text: str, looks: Looks) -> None:
        """Write ``text``; runs of blanks become one, none begins a paragraph."""
        text = _NOT_XML.sub("", text)
        lines = text.split("\n") if looks.kept else [_BLANKS.sub(" ", text)]
        for number, line in enumerate(lines):
            if number:
                self.line_break()
            if self._paragraph is None and not looks.kept:
                line = line.lstrip(" ")
            if line:
                self._run(looks, "t").text = line

    def line_break(self) -> None:
        """End the line, not the paragraph."""
        if self._paragraph is not None:
            self._run(Looks(), "br")

    def look_of_paragraph(self, looks: Looks, level: int) -> None:
        """Say how the next paragraph looks: centred, a heading of ``level`` 1-6 (0: none)."""
        self._looks = (looks.centred, level)

    def end_paragraph(self) -> None:
        """End the paragraph; what comes next begins another."""
        self._paragraph = None
        self._looks = (False, 0)

    def mark(self, number: int, looks: Looks) -> bool:
        """Write the mark of note ``number``; tell whether its text is still to be written."""
        self._run(looks, "footnoteReference").set(f"{W}id", str(number))
        return number not in self._noted

    @contextmanager
    def note(self, number: int) -> Iterator[None]:
        """What is written inside is the text of note ``number``."""
        self._noted.add(number)
        with self._inside(etree.SubElement(self.notes, f"{W}footnote", {f"{W}id": str(number)})):
            yield

    @contextmanager
    def table(self, *, bordered: bool) -> Iterator[None]:
        """What is written inside are rows."""
        table = etree.SubElement(self._at, f"{W}tbl")
        borders = etree.SubElement(etree.SubElement(table, f"{W}tblPr"), f"{W}tblBorders")
        for side in _SIDES:
            etree.SubElement(borders, f"{W}{side}", {f"{W}val": "single" if bordered else "none"})
        with self._inside(table):
            yield

    @contextmanager
    def row(self, *, head: bool) -> Iterator[None]:
        """What is written inside are cells."""
        row = etree.SubElement(self._at, f"{W}tr")
        if head:
            etree.SubElement(etree.SubElement(row, f"{W}trPr"), f"{W}tblHeader")
        with self._inside(row):
            yield

    @contextmanager
    def cell(self, columns: int, merge: str) -> Iterator[None]:
        """What is written inside is a cell's content, over ``columns``; ``merge`` as in ``w:vMerge``, "" for none."""
        cell = etree.SubElement(self._at, f"{W}tc")
        settings = etree.SubElement(cell, f"{W}tcPr")
        etree.SubElement(settings, f"{W}gridSpan", {f"{W}val": str(columns)})
        if merge:
            etree.SubElement(settings, f"{W}vMerge", {f"{W}val": merge})
        with self._inside(cell):
            yield

    def package(self) -> bytes:
        """Return the Word file."""
        document = etree.Element(f"{W}document", nsmap=_NAMES)
        document.append(self.body)
        styles = etree.Element(f"{W}styles", nsmap=_NAMES)
        for level in range(1, 7):
            style = etree.SubElement(styles, f"{W}style", {f"{W}type": "paragraph", f"{W}styleId": f"H{level}"})
            etree.SubElement(style, f"{W}name", {f"{W}val": f"heading {level}"})
        parts = {"document": document, "footnotes": self.notes, "styles": styles}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            for name, root in parts.items():
                package.writestr(f"word/{name}.xml", etree.tostring(root, encoding="UTF-8"))
        return buffer.getvalue()

    @contextmanager
    def _inside(self, element: Element) -> Iterator[None]:
        before = (self._at, self._paragraph, self._looks)
        self._at, self._paragraph, self._looks = element, None, (False, 0)
        yield
        self._at, self._paragraph, self._looks = before

    def _run(self, looks: Looks, tag: str) -> Element:
        if self._paragraph is None:
            self._paragraph = etree.SubElement(self._at, f"{W}p")
            settings = etree.SubElement(self._paragraph, f"{W}pPr")
            centred, level = self._looks
            if level:
                etree.SubElement(settings, f"{W}pStyle", {f"{W}val": f"H{level}"})
            if centred or looks.centred:
                etree.SubElement(settings, f"{W}jc", {f"{W}val": "center"})
        run = etree.SubElement(self._paragraph, f"{W}r")
        look = etree.SubElement(run, f"{W}rPr")
        for name, on in (("b", looks.bold), ("i", looks.italic), ("vanish", looks.hidden)):
            if on:
                etree.SubElement(look, f"{W}{name}")
        if looks.raised and tag == "t":
            etree.SubElement(look, f"{W}vertAlign", {f"{W}val": "superscript"})
        if looks.font:
            font = _NOT_XML.sub("", looks.font)
            etree.SubElement(look, f"{W}rFonts", {f"{W}ascii": font, f"{W}hAnsi": font})
        return etree.SubElement(run, f"{W}{tag}")
