"""Source -> the flow of paragraphs as read: notes and page numbers out, paragraphs cut by them joined."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.domain import ParseIssue, Severity, Span
from ingest.parse.blocks import Block, Grid, NoteText, Para, Source
from ingest.parse.footnotes import BRACKET_MARK, RAISED, is_cut, to_note
from ingest.parse.markers import read_marker
from ingest.vi.reading import read

_PAGE_LINE = re.compile(r"(?:Trang\s*)?[-–—]?\s*(\d{1,3})\s*(?:/\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE)
# A digit between two words of a sentence, where a page number may have been swallowed.
_SWALLOWED = re.compile(r"(?<![\w.,/])([^\W\d_]+) (\d{1,3}) ([^\W\d_]+)")


_WORD_PAIR = re.compile(r"\b([^\W\d_]+) (?=([^\W\d_]+)\b)")
_COUNTED = re.compile(r"\b(\d{1,3}) (?=([^\W\d_]+)\b)")


@dataclass(frozen=True, slots=True)
class Flow:
    """Paragraphs and tables in reading order; the notes taken out; ``breaks``: offsets where pages ended."""

    items: tuple[Para | Grid, ...]
    notes: tuple[NoteText, ...]
    breaks: tuple[int, ...]
    issues: tuple[ParseIssue, ...]


def make_flow(source: Source) -> Flow:
    """Return the flow of ``source``. Nothing printed is lost: each block is an item, a note or a page number."""
    items: list[Para | Grid] = []
    notes: list[NoteText] = []
    issues: list[ParseIssue] = []
    breaks: list[int] = []
    known = {note.whole: note for note in source.notes}
    gap = False
    last_page = end = 0
    tops = deque(page.span.start for page in source.pages[1:])
    for item in source.items:
        while tops and tops[0] <= item.span.start:
            gap = tops.popleft() >= end or gap  # a page ends here, and may cut a sentence
        end = item.span.end
        if isinstance(item, Grid):
            items.append(item)
            gap = False
            continue
        # Beside notes that the format knows, only raised numbers open notes typed by hand.
        raised = not known or source.text[item.span.start] in RAISED
        note = known.get(item.span) or (to_note(source.text, item.span) if raised and item.cell is None else None)
        page = _page_number(source, item, last_page)
        if note is not None:
            if not gap:
                breaks.append(item.span.start)
            notes.append(note)
            gap = True
        elif page:
            last_page = page
            issues.append(_page_issue(item.span, page))
            gap = True
        else:
            _append(source.text, items, item, gap=gap)
            gap = False
    if not source.notes:
        notes, items = _only_real_notes(source.text, notes, items)
    issues += swallowed_page_numbers(source.text, items, breaks)
    return Flow(tuple(items), tuple(notes), tuple(breaks), tuple(issues))


def swallowed_page_numbers(text: str, items: Sequence[Para | Grid], breaks: Sequence[int]) -> list[ParseIssue]:
    """Return issues for page numbers that stand inside a sentence.

    Told only where notes show how long a page is, the number is the one due there, and the two words it parts stand
    together elsewhere in the text ("được ký 6 số" beside "ký số").
    """
    if len(breaks) < 3:
        return []
    length = (breaks[-1] - breaks[0]) / (len(breaks) - 1)
    pairs = {match.groups() for match in _WORD_PAIR.finditer(text)}
    counts = Counter(match.groups() for match in _COUNTED.finditer(text))
    found = []
    for item in items:
        if isinstance(item, Grid) or item.start < breaks[0]:
            continue
        for match in _SWALLOWED.finditer(item.reading.text):
            before, digits, after = match.groups()
            span = Span(item.reading.offsets[match.start(2)], item.reading.offsets[match.end(2) - 1] + 1)
            page = _page_at(span.start, breaks, length)
            due = abs(page - int(digits)) <= 1 and not digits.startswith("0")
            if due and (before, after) in pairs and counts[(digits, after)] == 1:
                found.append(_page_issue(span, int(digits)))
    return found


def _page_at(offset: int, breaks: Sequence[int], length: float) -> int:
    """Return the page (1-based) that ``offset`` stands on, where ``breaks[i]`` ends page i + 1."""
    for number, end in enumerate(breaks):
        if offset < end:
            return number + 1
    return len(breaks) + 1 + int((offset - breaks[-1]) / max(length, 1.0))


def _append(text: str, items: list[Para | Grid], block: Block, *, gap: bool) -> None:
    para = Para(block, (block.span,), read(text, (block.span,)))
    if not para.reading.text:
        return
    last = items[-1] if items else None
    if gap and isinstance(last, Para):
        marked = read_marker(para.reading.text) is not None or _is_short_heading(last)
        if block.goes_on or is_cut(last, para, heading_like=marked):
            spans = (*last.spans, block.span)
            items[-1] = replace(last, spans=spans, reading=read(text, spans))
            return
    items.append(para)


def _is_short_heading(para: Para) -> bool:
    return read_marker(para.reading.text) is not None and len(para.reading.text) < 150


def _page_number(source: Source, block: Block, last: int) -> int:
    """Return the page number that ``block`` is, 0 when it is none."""
    if source.format == "docx" or block.cell is not None or len(block.span) > 14:
        return 0
    match = _PAGE_LINE.fullmatch(block.span.of(source.text).strip(" *"))
    number = int(match.group(1)) if match else 0
    return number if last < number <= last + 20 else 0


def _page_issue(span: Span, page: int) -> ParseIssue:
    return ParseIssue("page-number", f"Số trang {page} nằm lẫn trong bài; được bỏ qua khi đọc.", Severity.INFO, span)


def _only_real_notes(
    text: str, notes: Sequence[NoteText], items: Sequence[Para | Grid]
) -> tuple[list[NoteText], list[Para | Grid]]:
    """Put back bracketed "notes" that nothing refers to: lists numbered [1] [2] are ordinary text."""
    whole = [note.whole for note in notes]
    marks = {m.group(1) for m in BRACKET_MARK.finditer(text) if not any(s.start <= m.start() < s.end for s in whole)}
    lists = [n for n in notes if text[n.whole.start] == "[" and not marks]
    back: list[Para | Grid] = [Para(Block(n.whole, n.whole.start), (n.whole,), read(text, (n.whole,))) for n in lists]
    kept = [note for note in notes if note not in lists]
    return kept, sorted([*items, *back], key=_start) if back else list(items)


def _start(item: Para | Grid) -> int:
    return item.start if isinstance(item, Para) else item.span.start
