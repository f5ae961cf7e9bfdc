"""What the figures of one answer are called, so that a reader can tell them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods
from service.answer.candidates import Candidate
from service.answer.phrases import short_figure
from service.domain import Draft, Query

_ASKING = re.compile(
    r"(?<!\w)(?:là |được |đạt |có |thì |bằng |la |duoc |dat |co |thi |bang )?(?:bao nhiêu|mấy|bao nhieu|may)(?!\w)"
)
_LOOSE_END = re.compile(r"\s+(?:trong|của|ở|tại|là|đến|và|cho|cua|o|tai|la|den|va)$")
_RATIOS = (FigureRole.PLAN_RATIO, FigureRole.YOY_RATIO, FigureRole.CHANGE)
_LABEL_CHARS = 80
_COUNTED = re.compile(r"\s*((?:[^\W\d_]+\s?){1,3})")


def named(query: Query, candidate: Candidate, draft: Draft) -> str:
    """Tell a figure from another of its unit: by the words counted right behind it, else by the part's own words."""
    if candidate.figure is None:
        return draft.short_answer or ""
    text, at = candidate.view.reading.text, candidate.figure.at
    behind = _COUNTED.match(text, at.end)
    asked = {fold(t) for t in query.terms}
    short = draft.short_answer or short_figure(candidate.figure.figure)
    if candidate.figure.figure.base and candidate.figure.figure.role in _RATIOS:
        return f"{short} so với {candidate.figure.figure.base}"
    if behind is not None:
        words = behind.group(1).split()
        wanted = [w for w in words if fold(w) in asked or fold(w) == "bi"]
        if wanted and wanted == words[: len(wanted)] and fold(wanted[-1]) in asked:
            return f"{short} {' '.join(wanted)}"
    label = label_of(query)
    if not any(ch.isupper() for ch in label[1:]):
        label = f"{label[:1].lower()}{label[1:]}"
    return f"{label}: {short}" if label else short


def told_apart(labels: Sequence[str]) -> list[str]:
    """Leave out the words all labels end with: "A hồ sơ" and "B hồ sơ" are told apart by "A" and "B"."""
    words = [label.split() for label in labels]
    while all(len(one) > 1 for one in words) and len({fold(one[-1]) for one in words}) == 1:
        words = [one[:-1] for one in words]
    return [" ".join(one) for one in words]


def label_of(query: Query) -> str:
    """Return a part in few words: without what asks, its period and anything with a number; "" when nothing is left."""
    text = query.text
    for span, _ in reversed(find_periods(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    text = _ASKING.sub(" ", text.replace("%", " "))
    words = [w for w in re.split(r"[\s?.,:;]+", text) if w and not any(ch.isdigit() for ch in w)]
    return _LOOSE_END.sub("", " ".join(words)[:_LABEL_CHARS])
