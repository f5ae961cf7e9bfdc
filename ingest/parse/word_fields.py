"""Fields of a Word file: what they ask for is never read, what they show is, save page numbers and contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.parse.word_package import Element, W, local, value

# Fields whose result is no text of the author: page numbers, tables of contents and indexes.
_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|TOA|INDEX)\b", re.IGNORECASE)
_NOTE = re.compile(r"\s*NOTEREF\s+(\S+)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    asked: str = ""
    showing: bool = False  # what it asks for is over, what it shows has begun


@dataclass(slots=True)
class Fields:
    """The fields that are open while reading on, the outer ones first.

    ``whole``: every field that begins ends; where not, all are closed at the end of their paragraph, lest one that
    was left open swallow the rest of the report.
    """

    whole: bool = True
    _open: list[_Field] = field(default_factory=list)

    def begin_part(self, root: Element) -> None:
        """Start with a part of the file (body, notes)."""
        kinds = [str(char.get(f"{W}fldCharType", "")) for char in root.iter(f"{W}fldChar")]
        self.whole = kinds.count("begin") == kinds.count("end")
        self._open.clear()

    def end_paragraph(self) -> None:
        """Close what must not stay open."""
        if not self.whole:
            self._open.clear()

    def turn(self, kind: str) -> None:
        """Take in a ``w:fldChar``: "begin", "separate" or "end"."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].showing = True
        elif kind == "end" and self._open:
            self._open.pop()

    def ask(self, text: str) -> None:
        """Take in a piece of what the innermost field asks for."""
        if self._open and not self._open[-1].showing:
            self._open[-1].asked += text

    @property
    def silent(self) -> bool:
        """Tell whether what is read now is not shown, or no text of the author."""
        return any(not one.showing or _PAGES.match(one.asked) or _CONTENTS.match(one.asked) for one in self._open)

    @property
    def in_contents(self) -> bool:
        """Tell whether what is read now is a table of contents."""
        return any(_CONTENTS.match(one.asked) for one in self._open)

    def note_named(self) -> str | None:
        """Return the bookmark of the note that the innermost field shows the number of, None for another field."""
        match = _NOTE.match(self._open[-1].asked) if self._open and self._open[-1].showing else None
        return match.group(1) if match else None


def is_silent(asked: str) -> bool:
    """Tell whether a simple field (``w:fldSimple``) shows no text of the author."""
    return _PAGES.match(asked) is not None or _CONTENTS.match(asked) is not None


def form_value(begin: Element) -> str:
    """Return what a form field shows that has no result of its own: a ticked box, the chosen line of a list."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        told = value(box, "checked") if box.find(f"{W}checked") is not None else value(box, "default") or "0"
        return "☐" if told in ("0", "false", "off") else "☒"
    chosen = begin.find(f"{W}ffData/{W}ddList")
    if chosen is None:
        return ""
    entries = [str(child.get(f"{W}val", "")) for child in chosen if local(child) == "listEntry"]
    number = value(chosen, "result") or value(chosen, "default") or "0"
    return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""


def notes_by_bookmark(root: Element) -> dict[str, tuple[str, str]]:
    """Return (kind, id) of the note that each bookmark of a part stands around, for fields that repeat its number."""
    found: dict[str, tuple[str, str]] = {}
    open_marks: dict[str, str] = {}
    wanted = ("bookmarkStart", "bookmarkEnd", "footnoteReference", "endnoteReference")
    for element in root.iter(*(f"{W}{name}" for name in wanted)):
        name, identity = local(element), str(element.get(f"{W}id", ""))
        if name == "bookmarkStart":
            open_marks[identity] = str(element.get(f"{W}name", ""))
        elif name == "bookmarkEnd":
            open_marks.pop(identity, None)
        else:
            for mark in open_marks.values():
                found.setdefault(mark, (name.replace("Reference", "s"), identity))
    return found
