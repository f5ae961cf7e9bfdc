"""Characters with places -> printed words: by baseline and gap, whatever order they were drawn in."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from ingest.parse.pdf_glyphs import Glyph
from ingest.parse.printed import PrintedWord

# Shares of the type size. A blank is about a quarter of it; letters of one word stand closer.
_WORD_GAP = 0.12
_GUESSED_GAP = 0.09  # enough where PDFium guesses a blank: letters of one word stand closer than 0.05
_SAME_BASE = 0.12
# Letters set wide: at least so many single ones side by side, no gap larger than this; a gap so many times the usual
# one parts words.
_MIN_WIDE, _WIDEST_GAP, _WORD_AMONG_WIDE = 4, 2.0, 1.6
_RAISED_AT_LEAST, _RAISED_AT_MOST = 0.14, 0.75
_SMALLER = 0.86  # a raised mark is set in smaller type than its line
# Where a character's box ends above and below the baseline, the same for every font.
_ASCENT, _DESCENT = 0.78, 0.22


def make_words(glyphs: Sequence[Glyph]) -> tuple[PrintedWord, ...]:
    """Return the words of a page's characters, no order promised; () for none."""
    runs = [run for line in _baselines(glyphs) for run in _closed(list(_runs(line)))]
    placed = sorted(((run[0].base, max(g.size for g in run), run) for run in runs), key=lambda one: one[0])
    bases, largest = [base for base, _, _ in placed], max((size for _, size, _ in placed), default=0.0)

    def below(base: float) -> Iterator[tuple[Sequence[Glyph], float]]:
        for at in range(bisect_left(bases, base), bisect_right(bases, base + _RAISED_AT_MOST * largest)):
            yield placed[at][2], placed[at][1]

    return tuple(_word(run, raised=_is_raised(run, below(run[0].base))) for run in runs)


def _baselines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the characters that share a baseline, from left to right."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.left)):
        if line and glyph.base - line[0].base > _SAME_BASE * max(line[0].size, glyph.size):
            yield sorted(line, key=lambda g: g.left)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda g: g.left)


def _runs(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the words of one baseline; another size of type or another style begins a new word."""
    run: list[Glyph] = []
    for glyph in line:
        if glyph.char.isspace():
            if run:
                if glyph.left > run[-1].left:  # slanted letters hang over the blank behind them
                    run[-1] = replace(run[-1], right=min(run[-1].right, glyph.left))
                yield run
                run = []
            continue
        if run:
            last = run[-1]
            if _is_double(last, glyph):
                continue  # drawn twice for a bolder look
            gap, size = glyph.left - last.right, max(glyph.size, last.size)
            other = abs(glyph.size - last.size) > 0.2 * size
            if other or gap > (_GUESSED_GAP if glyph.guessed else _WORD_GAP) * size:
                yield run
                run = []
        run.append(glyph)
    if run:
        yield run


def _closed(runs: Sequence[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Yield the runs of a line, letters set wide apart ("B Á O  C Á O") closed up to words."""
    stretch: list[list[Glyph]] = []
    for run in runs:
        if stretch and not _is_wide(stretch[-1], run):
            yield from _words_of(stretch)
            stretch = []
        stretch.append(run)
    yield from _words_of(stretch)


def _is_wide(before: Sequence[Glyph], after: Sequence[Glyph]) -> bool:
    """Tell whether two runs are single letters that may belong to one word set wide."""
    alone = all(len(run) == 1 and run[0].char.isalpha() for run in (before, after))
    return alone and after[0].left - before[0].right < _WIDEST_GAP * before[0].size


def _words_of(stretch: Sequence[list[Glyph]]) -> Iterator[list[Glyph]]:
    if len(stretch) < _MIN_WIDE:
        yield from stretch
        return
    gaps = [after[0].left - before[0].right for before, after in pairwise(stretch)]
    usual = median_low(gaps)
    word = list(stretch[0])
    for run, gap in zip(stretch[1:], gaps, strict=True):
        if gap > _WORD_AMONG_WIDE * usual:
            yield word
            word = []
        word += run
    yield word


def _is_double(last: Glyph, glyph: Glyph) -> bool:
    return glyph.char == last.char and abs(glyph.left - last.left) < 0.08 * glyph.size


def _is_raised(run: Sequence[Glyph], below: Iterable[tuple[Sequence[Glyph], float]]) -> bool:
    """Tell whether ``run`` hangs above the baseline of larger type that it touches on its left or right.

    ``below``: the runs little lower on the page, each with its size of type.
    """
    size = max(g.size for g in run)
    left, right, base = run[0].left, run[-1].right, run[0].base
    for other, larger in below:
        if size > _SMALLER * larger:
            continue
        above = other[0].base - base
        if not _RAISED_AT_LEAST * larger <= above <= _RAISED_AT_MOST * larger:
            continue
        if -larger < left - other[-1].right < 0.6 * larger or -larger < other[0].left - right < 0.6 * larger:
            return True
    return False


def _word(run: Sequence[Glyph], *, raised: bool) -> PrintedWord:
    size = max(g.size for g in run)
    base = run[0].base
    letters = [g for g in run if g.char.isalnum()] or run
    return PrintedWord(
        text=unicodedata.normalize("NFC", "".join(g.char for g in run)),
        left=run[0].left,
        top=base - _ASCENT * size,
        right=run[-1].right,
        bottom=base + _DESCENT * size,
        size=size,
        bold=2 * sum(g.bold for g in letters) > len(letters),
        italic=2 * sum(g.italic for g in letters) > len(letters),
        raised=raised,
    )
