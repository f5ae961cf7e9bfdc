"""One Word paragraph -> the pieces of text a reader sees, with their look and the notes they refer to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.parse.word_package import MC, Element, W
from ingest.parse.word_styles import Look, Styles
from ingest.vi.normalise import canonical

_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Fields whose result is no text of the author: page numbers.
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_DROPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText", f"{MC}Fallback"})
_LEGACY_FONT = re.compile(r"\.Vn|VNI-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look; ``note``: (kind, id) of the note it refers to (then ``text`` is empty)."""

    text: str
    bold: bool = False
    italic: bool = False
    note: tuple[str, str] | None = None


@dataclass(slots=True)
class RunReader:
    """Reads runs; keeps the fields that stay open over paragraphs, and what was left out."""

    styles: Styles
    fields: list[bool] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden: int = 0
    changed: int = 0
    images: int = 0
    legacy: int = 0

    def read(self, paragraph: Element) -> list[Piece]:
        """Return the pieces of ``paragraph``, canonical, in order; text boxes are put on ``boxes``."""
        base = self.styles.of_paragraph(paragraph.find(f"{W}pPr"))
        return _canonical(list(self._walk(paragraph, base)))

    def _walk(self, element: Element, look: Look) -> Iterator[Piece]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag in (f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"):
                self.changed += 1
            if tag in _DROPPED:
                continue
            if tag == f"{W}r":
                yield from self._run(child, self.styles.of_run(look, child.find(f"{W}rPr")))
            elif tag == f"{W}fldSimple" and _PAGE_FIELD.match(str(child.get(f"{W}instr", ""))):
                continue
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif tag != f"{W}p":
                yield from self._walk(child, look)

    def _run(self, run: Element, look: Look) -> Iterator[Piece]:
        fonts = run.find(f"{W}rPr/{W}rFonts")
        if fonts is not None and _LEGACY_FONT.match(str(fonts.get(f"{W}ascii", ""))):
            self.legacy += 1
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                self._field(str(child.get(f"{W}fldCharType", "")))
            elif tag == f"{W}instrText" and self.fields:
                self.fields[-1] = self.fields[-1] or _PAGE_FIELD.match(child.text or "") is not None
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnotes" if tag == f"{W}footnoteReference" else "endnotes"
                yield Piece("", look.bold, look.italic, (kind, str(child.get(f"{W}id", ""))))
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"):
                self.images += sum(1 for _ in child.iter("{*}blip", "{*}imagedata"))
                yield from self._walk(child, look)
            else:
                yield from self._text(child, look)

    def _text(self, element: Element, look: Look) -> Iterator[Piece]:
        text = _characters(element)
        if not text or any(self.fields):
            return
        if look.hidden:
            self.hidden += 1
            return
        if look.raised and text.strip().isdigit():
            text = text.translate(_RAISED_DIGITS)
        if look.capitals:
            text = text.upper()
        yield Piece(text, look.bold, look.italic)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "end" and self.fields:
            self.fields.pop()


def _characters(element: Element) -> str:
    tag = element.tag
    if tag == f"{W}t":
        return element.text or ""
    if tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if tag == f"{W}cr" or (tag == f"{W}br" and element.get(f"{W}type", "textWrapping") == "textWrapping"):
        return "\n"
    if tag == f"{W}noBreakHyphen":
        return "-"
    if tag == f"{W}sym":
        return "•"
    return ""


def _canonical(pieces: list[Piece]) -> list[Piece]:
    """Return ``pieces`` in canonical form; an accent typed in the next run is moved to the letter it belongs to."""
    done: list[Piece] = []
    for piece in pieces:
        text = piece.text
        while text and done and done[-1].text and unicodedata.combining(text[0]):
            done[-1] = replace(done[-1], text=canonical(done[-1].text + text[0]))
            text = text[1:]
        if text or piece.note:
            done.append(replace(piece, text=canonical(text)))
    return [piece for piece in done if piece.text or piece.note]
