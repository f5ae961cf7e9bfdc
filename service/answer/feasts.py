"""Feast days and holidays a question names ("dịp lễ 30/4", "Tết"): only what happened then answers it."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.vi.normalise import fold
from service.answer.views import FigureView, PassageView
from service.domain import Hit, Query

# How each is called, over folded text; any other day after "dịp", "lễ" is called by its date alone.
_NAMES = (
    ("1/1", r"tet duong lich|0?1/0?1"),
    (
        "tet",
        r"tet nguyen dan|(?:dip|nghi|ky nghi|vui|don|an|truoc|sau|trong|mung) tet(?! (?:duong|doc|trung|thieu|lao))",
    ),
    ("30/4", r"30/0?4|giai phong mien nam"),
    ("1/5", r"0?1/0?5|quoc te lao dong"),
    ("27/7", r"27/0?7|thuong binh,? liet (?:si|sy)"),
    ("2/9", r"0?2/0?9|quoc khanh|tet doc lap"),
    ("trung thu", r"trung thu"),
    ("20/11", r"20/11|nha giao viet nam"),
)
_NAMED = re.compile("|".join(rf"(?P<f{at}>(?<![\w/])(?:{names})(?![\w/]))" for at, (_, names) in enumerate(_NAMES)))
_DAY = re.compile(r"(?<!\w)(?:dip|le|nghi|ky niem)(?: \w+){0,3} \(?(?P<day>0?(?P<d>\d{1,2})/0?(?P<m>\d{1,2}))(?![\w/])")
_JOINED = 12  # "30/4 và 01/5", "2/9 (Quốc khánh)" are one feast


def feast_fits(query: Query, hit: Hit, passage: PassageView, figure: FigureView) -> bool:
    """Tell whether a figure is of the feast a question names: the one named last before it in its sentence.

    True for a question without one. Where the sentence names none its passage, a heading above or the title has to.
    """
    asked = _asked(query.text)
    if not asked:
        return True
    at, sentence = figure.sentence.start, passage.reading.text[figure.sentence.start : figure.sentence.end]
    groups = _groups(sentence)
    if not groups:
        own = passage.passage
        above = " ".join((own.context, *own.section_path, hit.report.title, passage.reading.text))
        return any(asked & named for _, named in _groups(above))
    before = [named for start, named in groups if at + start < figure.at.start]
    return bool(asked & (before[-1] if before else groups[0][1]))


@lru_cache(maxsize=256)
def _asked(text: str) -> frozenset[str]:
    folded = fold(text)
    days = {f"{int(m['d'])}/{int(m['m'])}" for m in _DAY.finditer(folded)}
    return frozenset(days).union(*(named for _, named in _groups(text)))


@lru_cache(maxsize=1024)
def _groups(text: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return the feasts a text names in order, each with its place; those side by side are one."""
    folded = fold(text)
    found = [(m.start(), m.end(), _NAMES[int((m.lastgroup or "f0")[1:])][0]) for m in _NAMED.finditer(folded)]
    found += [(*m.span("day"), f"{int(m['d'])}/{int(m['m'])}") for m in _DAY.finditer(folded)]
    groups: list[tuple[int, int, frozenset[str]]] = []
    for start, end, name in sorted(found):
        if groups and start - groups[-1][1] <= _JOINED:
            first, _, names = groups[-1]
            groups[-1] = (first, end, names | {name})
        else:
            groups.append((start, end, frozenset((name,))))
    return tuple((start, names) for start, _, names in groups)
