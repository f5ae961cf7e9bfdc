"""Lines -> paragraphs and side-by-side blocks, by the rules of typesetting and of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.parse.markers import read_marker
from ingest.parse.patterns import MOTTO, NATION, RECIPIENTS, SIGNING, TYPE_LINE, is_capitals
from ingest.parse.printed_lines import Line, make_line
from ingest.vi.normalise import fold

_INDENT = 0.6  # times the type size: less is no first-line indent
_SPACED = 0.28  # times the type size beyond the usual line pitch: a gap between paragraphs
_COLUMN_GAP = 1.8  # times the type size: a gap this wide in a line of a head or signature block parts two columns
# Running text in two columns: so many lines at least, with so many words on either side.
_MIN_COLUMN_LINES, _COLUMN_WORDS = 5, 3
HEAD_PART = 0.4  # the head block stands in this share of the first page
_NATIONAL = re.compile(f"{NATION.pattern}|{MOTTO.pattern}")  # folded: what a head block always says on one side
_ENDED = tuple(".;:!?…")


@dataclass(frozen=True, slots=True)
class Measure:
    """Where lines of running text begin and end, and how far apart they stand."""

    left: float
    right: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Passus:
    """Lines that are one paragraph; ``column``: 0 running text, 1 or 2 the left or right block set side by side."""

    lines: tuple[Line, ...]
    centred: bool = False
    column: int = 0


def measure(lines: Sequence[Line], tables: Sequence[tuple[float, float]] = ()) -> Measure:
    """Return the measure of a page's ``lines`` and ``tables`` (their left and right edges); of no lines: all zeros."""
    if not lines:
        return Measure(0.0, 0.0, 0.0)
    lefts = sorted(line.left for line in lines if len(line.words) >= 4) or sorted(line.left for line in lines)
    lefts = sorted([*lefts, *(left for left, _ in tables)])
    rights = sorted([*(line.right for line in lines), *(right for _, right in tables)])
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 3 * a.size]
    return Measure(
        lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], median(steps) if steps else 1.2 * lines[0].size
    )


def paragraphs(
    lines: Sequence[Line], of: Measure, *, head_until: float = 0.0, beside: bool = False
) -> Iterator[Passus]:
    """Yield the paragraphs of running ``lines`` in reading order, side-by-side blocks column by column.

    ``of``: the measure of their page. ``head_until``: how far down the page a document's head may reach, in points, or
    what is left of a signature block (``beside``) that the page before ended in.
    """
    rest = list(lines)
    until = head_until
    while rest:
        if columns := _text_columns(rest):
            for side in _sides(columns):
                yield from _running(side, measure(side))
            rest = rest[len(columns) :]
            continue
        block = _beside(rest, until, going_on=beside)
        beside = False
        if block:
            yield from _columns(block)
            rest = rest[len(block) :]
            continue
        size = next((n for n in range(1, len(rest)) if _beside(rest[n:], until) or _text_columns(rest[n:])), len(rest))
        yield from _running(rest[:size], of)
        rest = rest[size:]


def _running(lines: Sequence[Line], of: Measure) -> Iterator[Passus]:
    if not lines:
        return
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, of):
            yield Passus(tuple(group), _is_centred(group[0], of))
            group = []
        group.append(line)
    yield Passus(tuple(group), _is_centred(group[0], of))


def _begins(group: Sequence[Line], line: Line, of: Measure) -> bool:
    """Tell whether ``line`` begins a paragraph after the lines of ``group``."""
    last = group[-1]
    if SIGNING.match(line.text) and is_capitals(line.text):
        return True
    if line.text.startswith("(") and is_capitals(last.text) and not is_capitals(line.text):
        return True  # below a title: "(Kèm theo Báo cáo số ...)"
    if abs(line.size - last.size) > 0.1 * last.size or line.top - last.top > of.pitch + _SPACED * last.size:
        return True
    if _stands_alone(last, of) and _style(line) != _style(last):
        return True
    centred = _is_centred(line, of)
    if centred or _is_centred(last, of):
        if not (_is_symmetric(line, of) and _is_symmetric(last, of)):
            return True
        centred = True
    if has_room(last, line, of, centred=centred):
        return True
    if centred:
        return False
    marked = read_marker(line.text) is not None
    if marked and last.text.endswith(_ENDED):
        return True
    hanging = len(group) == 1 and read_marker(group[0].text) is not None
    return line.left - last.left > _INDENT * line.size and not hanging


def has_room(last: Line, line: Line, of: Measure, *, centred: bool = False) -> bool:
    """Tell whether the first word of ``line`` would have stood on the line before: then a paragraph ended there."""
    space = last.size * 0.25 + (line.words[0].right - line.words[0].left)
    taken = last.right - last.left if centred else last.right - of.left
    return of.right - of.left - taken > 1.15 * space


def goes_on(last: Line, before: Measure, line: Line, of: Measure) -> bool:
    """Tell whether the first ``line`` of a page goes on with the paragraph that the page before ended with."""
    if has_room(last, line, before) or abs(line.size - last.size) > 0.1 * last.size:
        return False
    indented = line.left - of.left > _INDENT * line.size
    return not indented and not last.text.endswith(_ENDED)


def _stands_alone(line: Line, of: Measure) -> bool:
    """Tell whether a line is no full line of running text: a title, however wide."""
    return _is_symmetric(line, of) and of.right - of.left - (line.right - line.left) > 2 * line.size


def _is_centred(line: Line, of: Measure) -> bool:
    return line.left - of.left > 1.5 * line.size and _is_symmetric(line, of)


def _is_symmetric(line: Line, of: Measure) -> bool:
    """Tell whether the blanks before and behind a line are equal."""
    return abs(line.left - of.left - (of.right - line.right)) < 1.5 * line.size


def _style(line: Line) -> tuple[bool, bool]:
    return all(word.bold for word in line.words), all(word.italic for word in line.words)


def _beside(lines: Sequence[Line], until: float, *, going_on: bool = False) -> list[Line]:
    """Return the lines that ``lines`` begins with and that stand in two columns: a head block or a signature block.

    ``going_on``: such a block stood before them.
    """
    if not lines:
        return []
    folded = fold(lines[0].text)
    signature = RECIPIENTS.match(folded) is not None or (SIGNING.match(lines[0].text) is not None and _gap(lines[0]))
    head = lines[0].top < until and (NATION.search(folded) is not None or bool(_gap(lines[0])))
    if not signature and not head:
        return []
    block: list[Line] = []
    for line in lines:
        if head and TYPE_LINE.fullmatch(" ".join(fold(line.text).split())):
            break
        if head and not (line.top < until and (_gap(line) or _one_sided(line, block))):
            break
        if signature and block and line.top - block[-1].top > 8 * line.size:
            break
        block.append(line)
    named = signature or going_on or any(_NATIONAL.search(fold(line.text)) for line in block)
    return block if named and any(_gap(line) for line in block) else []


def _text_columns(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that ``lines`` begins with and that are running text set in two columns; () for none.

    Told from a table of two columns by the words on both sides of every line.
    """
    end, left, right = 0, 0.0, float("inf")
    for line in lines:
        at = _gap(line)
        before = [word for word in line.words if word.right <= at]
        after = [word for word in line.words if word.left >= at]
        if not at or len(before) < _COLUMN_WORDS or len(after) < _COLUMN_WORDS:
            break
        left, right = max(left, before[-1].right), min(right, after[0].left)
        if left >= right:
            break
        end += 1
    return lines[:end] if end >= _MIN_COLUMN_LINES else ()


def _sides(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of the left column, then those of the right one."""
    cut = _cut(lines)
    yield [make_line(word for word in line.words if word.right <= cut) for line in lines]
    yield [make_line(word for word in line.words if word.left >= cut) for line in lines]


def _gap(line: Line) -> float:
    """Return the middle of the wide gap that parts a line in two columns, 0.0 without one."""
    if len(line.words) < 2:
        return 0.0
    width, at = max((b.left - a.right, (a.right + b.left) / 2) for a, b in pairwise(line.words))
    return at if width > _COLUMN_GAP * line.size else 0.0


def _one_sided(line: Line, block: Sequence[Line]) -> bool:
    """Tell whether ``line`` stands on one side of the columns of ``block``."""
    cut = _cut(block)
    return cut > 0 and (line.right <= cut or line.left >= cut)


def _cut(block: Sequence[Line]) -> float:
    gaps = sorted(at for line in block if (at := _gap(line)))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _columns(block: Sequence[Line]) -> Iterator[Passus]:
    cut = _cut(block)
    for column in (1, 2):
        lines = []
        for line in block:
            words = [w for w in line.words if ((w.left + w.right) / 2 < cut) == (column == 1)]
            if words:
                lines.append(make_line(words))
        for line in lines:
            yield Passus((line,), column=column)
