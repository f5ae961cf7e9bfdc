"""The notes at the foot of a page: found by where they stand and how small they are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.parse.printed import PrintedPage, Rule
from ingest.parse.printed_lines import Line

_SMALLER = 0.93  # notes are set in smaller type than the text
_LABEL = re.compile(r"\[?(\d{1,3}|[*†‡]{1,3})\]?[.)]?")
# What recognition makes of a small raised number that it cannot read: a sign, a letter that Vietnamese does not have
# or that is no word by itself.
_MISREAD = re.compile(r"[^\w\s+\-–•(\[]{1,2}|[ŠÖÜÄËÏŸØÞßƒšöüäëïÿøŽž][.,]?|[ÍÌỈĨỊ]")
_ENDED = re.compile(r"[^\w\s]$")
_NOTE_RULE = (0.08, 0.55)  # the rule above notes: shares of the page's width
_PAGE_PART = 0.35  # notes stand below this share of the page's height


@dataclass(frozen=True, slots=True)
class PageNote:
    """The lines of one note; ``label`` "" where it goes on from the page before, or is ``unread`` (a sign stands)."""

    label: str
    lines: tuple[Line, ...]
    mark_words: int = 0  # how many words of the first line are its label
    unread: bool = False


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size of type that most characters have, 0.0 for no lines."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def split_notes(
    page: PrintedPage, lines: Sequence[Line], body: float, *, last: str | None
) -> tuple[list[Line], list[PageNote]]:
    """Return (running text, notes) of a page's ``lines``.

    The notes are the last lines of the page, below a short rule or set smaller than ``body``, beginning with a label.
    ``last``: the label of the note that the page before ended with, which may go on here: "" unread, None for none.
    """
    start = _zone(page, lines, body, going_on=last is not None)
    notes: list[PageNote] = []
    for line in lines[start:]:
        label, count = _label(line)
        if label and (not notes or _opens(line, notes[-1], last or "")):
            notes.append(PageNote(label, (line,), count))
        elif page.scanned and _signed(line) and (not notes or _ENDED.search(notes[-1].lines[-1].text)):
            notes.append(PageNote("", (line,), 1, unread=True))
        elif notes:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
        else:
            notes.append(PageNote("", (line,)))
    return list(lines[:start]), notes


def _zone(page: PrintedPage, lines: Sequence[Line], body: float, *, going_on: bool) -> int:
    """Return the index of the first line of the notes, ``len(lines)`` for none."""
    below = _rule_above(page, lines)
    if below is not None and (_label(lines[below])[0] or going_on or _unread(page, lines[below:], body)):
        return below
    start = len(lines)
    while start and lines[start - 1].size <= _SMALLER * body and lines[start - 1].top > _PAGE_PART * page.height:
        start -= 1
    while start < len(lines) and not _raised_label(lines[start]):
        start += 1
    return start


def _unread(page: PrintedPage, lines: Sequence[Line], body: float) -> bool:
    """Tell whether scanned ``lines`` are notes the first of which has lost its label: small type, labels further on."""
    small = page.scanned and lines[0].size <= _SMALLER * body
    return small and (_signed(lines[0]) or any(_raised_label(line) for line in lines))


def _signed(line: Line) -> bool:
    """Tell whether a line opens with a sign that a label may have been taken for, and a capital behind it."""
    first, *rest = (word.text for word in line.words)
    return bool(rest) and _MISREAD.fullmatch(first) is not None and rest[0][:1].isupper()


def _rule_above(page: PrintedPage, lines: Sequence[Line]) -> int | None:
    """Return the index of the first line below the short level rule that parts notes from text; None without one."""
    for rule in sorted(page.rules, key=lambda r: -r.top):
        if not _is_note_rule(page, rule):
            continue
        at = next((n for n, line in enumerate(lines) if (line.top + line.bottom) / 2 > rule.top), None)
        if at is not None and rule.top > _PAGE_PART * page.height:
            return at
    return None


def _is_note_rule(page: PrintedPage, rule: Rule) -> bool:
    wide, high = rule.right - rule.left, rule.bottom - rule.top
    return high <= 3 and _NOTE_RULE[0] * page.width <= wide <= _NOTE_RULE[1] * page.width


def _label(line: Line) -> tuple[str, int]:
    """Return (label, how many words it takes) of a line that opens like a note; ("", 0) else."""
    first = line.words[0]
    match = _LABEL.fullmatch(first.text)
    if match is not None and len(line.words) > 1:
        return match[1], 1
    return ("", 0)


def _raised_label(line: Line) -> bool:
    return bool(_label(line)[0]) and (line.words[0].raised or line.words[0].text.startswith("["))


def _opens(line: Line, note: PageNote, before: str) -> bool:
    """Tell whether a labelled line begins a new note behind ``note`` and does not just happen to begin with a number.

    ``before``: the label of what goes on in a note without one.
    """
    first = line.words[0]
    if first.raised or first.text.startswith("["):
        return True
    if note.unread and len(line.words) > 1:  # its label is not there to count on from
        after = line.words[1].text
        return _label(line)[0].isdigit() and after[:1].isupper() and note.lines[-1].text.endswith((".", ";"))
    label, known = _label(line)[0], note.label or before
    return label.isdigit() and known.isdigit() and int(label) == int(known) + 1 and not note.lines[0].words[0].raised
