"""How many there are where a report says that there are none: "không có tử vong", "chưa xảy ra cháy, nổ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material
from service.answer.drafting import draft_of
from service.answer.query_words import Scorer
from service.answer.scope import period_fits, place_fits
from service.answer.scoring import Score
from service.answer.tokens import bag, keys
from service.answer.views import PassageView, Stretch
from service.domain import Draft, Want

_NONE = re.compile(
    r"(?<!\w)(?:không|chưa)(?: để)?(?: (?:có|xảy ra|ghi nhận|phát sinh|phát hiện))+(?P<what>(?:,? [^\W\d_]+){1,8})"
)
_NEGATIONS = (" khong ", " chua ")  # a passage without them denies nothing
# What is not told apart by: whatever is counted is a case of it.
_COUNTED = frozenset(["ca", "vu", "truong", "hop", "nguoi", "nao", "mac", "them", "moi"])
_PART = re.compile(r"[;.](?=\s|$)")
_ASKS = re.compile(r"(?<!\w)(?:bao nhieu|may|co khong)(?!\w)")


def none_told(one: Scorer, material: Material, choice: Choice | None) -> Draft | None:
    """Return the part of a sentence that denies what is counted; None where there is none.

    ``choice``: the figure that would be the answer.
    """
    query = one.query
    if query.want is not Want.FIGURE or query.role is not None or not _ASKS.search(fold(query.text)):
        return None
    spoken = f" {' '.join(fold(word) for word in keys(query.text))} "
    for hit, view in zip(material.hits, material.views, strict=True):
        if (
            not any(word in view.spoken for word in _NEGATIONS)
            or not period_fits(query.period, None, hit.report.period)
            or not place_fits(query, hit, view, None)
        ):
            continue
        for part, words, said in _denials(spoken, view):
            fit = _fit(one, view, part)
            if fit >= weights.STATED and not _counted(one, choice, words, fit):
                found = Choice(Candidate(Score(fit, fit), hit, view, None, part), (), older=False)
                return replace(draft_of(query, found), short_answer=said)
    return None


def _counted(one: Scorer, choice: Choice | None, words: frozenset[str], fit: float) -> bool:
    """Tell whether the figure chosen names the very thing denied, in a part that covers as much of the question."""
    figure = choice.best.figure if choice is not None else None
    if choice is None or figure is None or not words <= figure.own.folded:
        return False
    view = choice.best.view
    return _fit(one, view, _part(view.reading.text, figure.at.start, figure.at.end)) >= fit


def _fit(one: Scorer, view: PassageView, part: Stretch) -> float:
    """Return the share of the question that a part of a sentence covers; what is counted need not be said ("vụ")."""
    zones = ((bag(view.reading.text[part.start : part.end]), 1.0), (view.heading, weights.ZONE_HEADING))
    return one.coverage(zones, implied=frozenset(fold(one.query.unit).split()))


def _denials(spoken: str, view: PassageView) -> Iterator[tuple[Stretch, frozenset[str], str]]:
    """Yield (part of the sentence, folded words denied, as written) for denials of what the question counts.

    ``spoken``: the folded words of the question between blanks.
    """
    text = view.reading.text
    low = unify(text)
    if len(low) != len(text):
        return
    for match in _NONE.finditer(low):
        denied = [fold(word) for word in keys(match["what"])]
        start = next((at for at, word in enumerate(denied) if word not in _COUNTED), len(denied))
        phrase = _asked(denied[start:], spoken)
        if phrase:
            end = match.start("what") + _length(match["what"], start + len(phrase))
            yield _part(low, match.start(), match.end()), frozenset(phrase), text[match.start() : end]


def _asked(denied: list[str], spoken: str) -> list[str]:
    """Return the longest beginning of ``denied`` that the question has in a row."""
    for length in range(len(denied), 0, -1):
        if f" {' '.join(denied[:length])} " in spoken:
            return denied[:length]
    return []


def _length(text: str, words: int) -> int:
    """Return the characters up to the end of so many words."""
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return ends[min(words, len(ends)) - 1]


def _part(text: str, at: int, to: int) -> Stretch:
    """Return the stretch between semicolons or sentence ends that ``text[at:to]`` stands in."""
    start = max((border.end() for border in _PART.finditer(text, 0, at)), default=0)
    border = _PART.search(text, to)
    end = border.start() if border else len(text)
    return Stretch(start + len(text[start:end]) - len(text[start:end].lstrip()), end)
