"""One Word paragraph -> the pieces of text a reader sees, with their look and the notes they refer to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.parse.word_fields import Fields, form_value, is_silent
from ingest.parse.word_math import formula
from ingest.parse.word_package import MC, Element, W, is_on, local
from ingest.parse.word_styles import Look, Styles
from ingest.parse.word_symbols import in_words
from ingest.parse.word_unread import LARGE_PICTURE, Unread
from ingest.vi.legacy import capitals_font, decode_runs, font_scheme
from ingest.vi.normalise import canonical

_RAISED_SIGNS = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_RAISED_MARK = re.compile(r"\s*(?:\(\d{1,3}\)|\d{1,3}\)?)\s*")
_RAISED_STARS = re.compile(r"\s*(\(?\*{1,3}\)?)\s*")
# Kind of a note whose mark was typed by hand.
TYPED = "typed"
_DROPPED = frozenset(
    f"{W}{name}" for name in ("rPr", "pPr", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rt", "tblPr")
)
_CHANGES_KEPT = frozenset({f"{W}ins", f"{W}moveTo"})
_CHANGES_DROPPED = frozenset({f"{W}del", f"{W}moveFrom"})
_REFERENCES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look. ``note``: (kind, id) of the note it refers to; ``text`` is then the mark as typed, or ""."""

    text: str
    bold: bool = False
    italic: bool = False
    note: tuple[str, str] | None = None
    font: str = ""  # a font from before Unicode whose characters are still to be decoded


@dataclass(slots=True)
class RunReader:
    """Reads runs; keeps the fields that stay open over paragraphs, and counts what is left out.

    ``filled``: what is read now stands on a colour (a table cell, a drawn shape), where white letters show.
    """

    styles: Styles
    noted: dict[str, tuple[str, str]] = field(default_factory=dict)
    fields: Fields = field(default_factory=Fields)
    unread: Unread = field(default_factory=Unread)
    boxes: list[Element] = field(default_factory=list)
    word_art: list[str] = field(default_factory=list)
    filled: bool = False

    def read(self, paragraph: Element) -> list[Piece]:
        """Return the pieces of ``paragraph``, canonical, in order; text boxes are put on ``boxes``."""
        base = self.styles.of_paragraph(paragraph.find(f"{W}pPr"))
        inside = self.fields.in_contents
        pieces = _canonical(self._decoded(list(self._walk(paragraph, base))))
        self.unread.contents += inside or self.fields.in_contents
        self.fields.end_paragraph()
        return pieces

    def _decoded(self, pieces: list[Piece]) -> list[Piece]:
        """Return ``pieces`` with what is set in fonts from before Unicode decoded."""
        if not any(piece.font for piece in pieces):
            return pieces
        texts = decode_runs([(piece.text, piece.font) for piece in pieces])
        self.unread.legacy += sum(len("".join(piece.text.split())) for piece in pieces if piece.font)
        return [replace(piece, text=text, font="") for piece, text in zip(pieces, texts, strict=True)]

    def _walk(self, element: Element, look: Look) -> Iterator[Piece]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _DROPPED:
                continue
            if tag in _CHANGES_DROPPED or tag in _CHANGES_KEPT:
                self.unread.changed += 1
            if tag in _CHANGES_DROPPED or (tag == f"{W}fldSimple" and is_silent(str(child.get(f"{W}instr", "")))):
                continue
            if tag == f"{W}r":
                yield from self._run(child, self.styles.of_run(look, child.find(f"{W}rPr")))
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif tag == f"{MC}AlternateContent":
                yield from self._walk(alternative(child), look)
            elif tag == f"{W}sdt" and is_prompt(child):
                self.unread.prompts += 1
            elif local(child) == "oMath":
                yield from self._shown(formula(child), look)
            elif tag != f"{W}p":
                self._count_drawn(child)
                yield from self._walk(child, look)

    def _run(self, run: Element, look: Look) -> Iterator[Piece]:
        for child in run:
            tag = child.tag
            if tag == f"{W}fldChar":
                kind = str(child.get(f"{W}fldCharType", ""))
                self.fields.turn(kind)
                if kind == "begin":
                    yield from self._shown(form_value(child), look, asked=True)
            elif tag == f"{W}instrText":
                self.fields.ask(child.text or "")
            elif tag in _REFERENCES:
                if not (self.fields.silent or look.hidden):
                    yield self._reference(child, run, look)
                if is_on_attribute(child, "customMarkFollows"):
                    return  # what follows in the run is the mark itself
            elif tag in _DRAWN or tag in (f"{MC}AlternateContent", f"{W}ruby"):
                if tag in _DRAWN:
                    self._count_picture(child)
                yield from self._walk(alternative(child) if tag.startswith(MC) else child, look)
            elif isinstance(tag, str):
                yield from self._text(child, look)

    def _reference(self, reference: Element, run: Element, look: Look) -> Piece:
        note = (_REFERENCES[reference.tag], str(reference.get(f"{W}id", "")))
        sign = ""
        if is_on_attribute(reference, "customMarkFollows"):
            typed = "".join(_characters(other)[0] for other in run if isinstance(other.tag, str))
            sign = in_words(typed, look.font)[0].strip()
        return Piece(sign, look.bold, look.italic, note)

    def _text(self, element: Element, look: Look) -> Iterator[Piece]:
        text, font = _characters(element)
        if not text:
            return
        if font or font_scheme(look.font) is None:
            text, unknown = in_words(text, font or look.font)
            self.unread.symbols += unknown
        note = self.noted.get(self.fields.note_named() or "")
        if note is not None and text.strip() and not self.fields.silent:
            yield Piece("", look.bold, look.italic, note)
            return
        yield from self._shown(text, look)

    def _shown(self, text: str, look: Look, *, asked: bool = False) -> Iterator[Piece]:
        if not text or (self.fields.silent and not asked):
            return
        unread, size = self.unread, len("".join(text.split()))
        if look.hidden:
            unread.hidden += size
        elif look.white and not (look.filled or self.filled):
            unread.white += size
        elif look.tiny:
            unread.tiny += size
        elif look.raised and _RAISED_MARK.fullmatch(text):
            yield Piece(text.translate(_RAISED_SIGNS), look.bold, look.italic)
        elif look.raised and (stars := _RAISED_STARS.fullmatch(text)):
            yield Piece(text, look.bold, look.italic, (TYPED, stars.group(1).strip("()")))
        elif font_scheme(look.font) is None:
            yield Piece(text.upper() if look.capitals else text, look.bold, look.italic)
        else:
            yield Piece(text, look.bold, look.italic, font=capitals_font(look.font) if look.capitals else look.font)

    def _count_drawn(self, element: Element) -> None:
        name = local(element)
        if name == "chart":
            self.unread.charts += 1
        elif name == "relIds":
            self.unread.diagrams += 1
        elif name == "textpath" and (told := str(element.get("string", "")).strip()):
            self.unread.word_art += 1
            self.word_art.append(told)
        elif name == "OLEObject":
            self.unread.objects += 1

    def _count_picture(self, drawn: Element) -> None:
        if next(drawn.iter("{*}OLEObject"), None) is not None:
            return  # its picture only shows what the object holds
        pictures = sum(1 for _ in drawn.iter("{*}blip", "{*}imagedata"))
        sizes = [(str(one.get("cx", "0")), str(one.get("cy", "0"))) for one in drawn.iter("{*}extent")]
        large = any(w.isdigit() and h.isdigit() and min(int(w), int(h)) >= LARGE_PICTURE for w, h in sizes)
        self.unread.large += pictures if large else 0
        self.unread.pictures += 0 if large else pictures


def alternative(element: Element) -> Element:
    """Return the one branch of ``mc:AlternateContent`` to read: the first choice, else the fallback."""
    choice = element.find(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    if choice is None or (fallback is not None and not _has_text(choice) and _has_text(fallback)):
        choice = fallback
    return choice if choice is not None else element


def is_prompt(control: Element) -> bool:
    """Tell whether a content control still shows the words that ask for its content."""
    return is_on(control.find(f"{W}sdtPr"), "showingPlcHdr") is True


def is_on_attribute(element: Element, name: str) -> bool:
    """Tell whether the switch that an attribute is stands on."""
    return str(element.get(f"{W}{name}", "0")) not in ("0", "false", "off")


def _has_text(element: Element) -> bool:
    return next(element.iter(f"{W}t"), None) is not None


def _characters(element: Element) -> tuple[str, str]:
    """Return the characters of one child of a run, and the font that they name themselves ("" for none)."""
    tag = element.tag
    if tag == f"{W}t":
        return element.text or "", ""
    if tag in (f"{W}tab", f"{W}ptab"):
        return "\t", ""
    if tag in (f"{W}cr", f"{W}br"):
        return "\n", ""
    if tag == f"{W}noBreakHyphen":
        return "-", ""
    if tag == f"{W}softHyphen":
        return "\xad", ""  # a letter in TCVN3 fonts; elsewhere the canonical text drops it
    if tag == f"{W}sym":
        code = str(element.get(f"{W}char", ""))
        known = len(code) <= 6 and all(ch in "0123456789abcdefABCDEF" for ch in code) and code
        number = int(code, 16) if known else 0xF0B7
        return (chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else "•"), str(
            element.get(f"{W}font", "")
        )
    return "", ""


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
