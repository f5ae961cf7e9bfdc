"""Yes or no, decided by a figure or by a sentence's words; undecided, the evidence is shown and neither is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from ingest.domain import Figure, FigureRole
from ingest.vi.normalise import fold
from ingest.vi.units import same_unit, to_base, unit_kind
from service.answer import weights
from service.answer.abstain import which_place
from service.answer.against import asked_stand, others_average, told_against
from service.answer.between import beside
from service.answer.candidates import Choice, Material, choose, sentence_candidates
from service.answer.compared import SAME_PERIOD, base_kinds, figure_direction
from service.answer.directions import telling, telling_candidates
from service.answer.drafting import draft_of, led
from service.answer.query_words import scorer
from service.answer.spots import PROPER
from service.answer.verdict_words import asks_all, asks_fate, by_words, denied, finished, left_undone, plan_told
from service.domain import Abstention, Draft, Query, Want
from service.understand import stance
from service.understand.stance import Bound, Sign

YES, NO = "Có", "Không"
_HUNDRED = Decimal(100)
# What a hedge says of the true value: at least, or at most, the figure.
_FROM_BELOW, _FROM_ABOVE = ("hơn", "trên", "vượt"), ("gần", "dưới", "chưa đến", "chưa tới")
_FATES = ("tu vong", "thiet mang", "chet", "bi thuong")
_HARMED = frozenset(("chet", "thuong"))
# Counted against something, not of it: "tiêm phòng dại 300 con" is no rabies.
_PREVENTION = tuple(
    frozenset(words.split()) for words in ("tiem", "phong chong", "dien tap", "tuyen truyen", "kiem tra")
)
_COUNTED = (FigureRole.LEVEL, FigureRole.PROGRESS)
_SPENT_ASKED = re.compile(r"(?<!\w)(?:giai ngan|thanh toan|chi|thu|von|kinh phi|tien)(?!\w)")


def verdict(query: Query, material: Material) -> Draft | Abstention | None:
    """Return a draft with the short answer "Có" or "Không", or the evidence alone; None when nothing speaks of it."""
    limit = stance.bound(query)
    if (left := left_undone(query, material)) is not None:
        return _led(draft_of(query, left), holding=False)
    if stance.asks_mention(query):
        return _mentioned(stance.mentioned(query), material) or _worded(query, material)
    if limit is not None:
        found = _by_bound(query, material, limit)
    elif stance.asks_plan(query):
        found = _by_plan(query, material)
    elif others_average(query):
        found = _by_base(query, material)
    elif stance.direction(query) is not None:
        found = _by_direction(query, material) or _by_base(query, material)
    else:
        found = _by_progress(query, material) or _by_whole(query, material) if stance.asks_done(query) else None
        found = found or _by_count(query, material)
    return found or _worded(query, material)


def _by_bound(query: Query, material: Material, limit: Bound) -> Draft | Abstention | None:
    asked = stance.as_figure(query, None, unit=limit.unit)
    choice = telling(asked, material, lambda f: f.role in _COUNTED and _comparable(f, limit.unit))
    return _decided(query, choice, lambda f: holds(f, limit))


def _by_plan(query: Query, material: Material) -> Draft | Abstention | None:
    told = plan_told(query, material)
    if told is not None:
        return _led(draft_of(query, told[0]), holding=told[1])
    asked = stance.as_figure(query, FigureRole.PLAN_RATIO, unit="%")
    over = Sign.OVER if re.search(r"\bvuot\b", fold(query.text)) else Sign.AT_LEAST
    choice = telling(asked, material, lambda f: f.role is FigureRole.PLAN_RATIO and "%" in f.unit)
    return _decided(query, choice, lambda f: holds(f, Bound(over, _HUNDRED, "%")))


def _by_base(query: Query, material: Material) -> Draft | None:
    """Decide by what the report says in words against others' average or an earlier time."""
    told, asked = told_against(query, material), asked_stand(query)
    if told is None:
        return None
    draft = draft_of(replace(query, want=Want.TEXT), told.choice)
    return replace(draft, short_answer=told.words) if asked is None else _led(draft, holding=told.stand is asked)


def _by_direction(query: Query, material: Material) -> Draft | Abstention | None:
    asked = stance.as_figure(query, FigureRole.CHANGE)
    named = base_kinds(query.text) - {SAME_PERIOD}
    choice = telling(
        asked,
        material,
        lambda f: (
            f.role is not FigureRole.PLAN_RATIO
            and figure_direction(f) is not None
            and base_kinds(f.base) - {SAME_PERIOD} == named
        ),
    )
    return _decided(query, choice, lambda f: figure_direction(f) is stance.direction(query))


def _by_progress(query: Query, material: Material) -> Draft | Abstention | None:
    """Decide "đã hoàn thành ... chưa" by a part of a whole or a progress in per cent.

    Money paid out tells how far a thing is only where money is asked about.
    """
    asked = stance.as_figure(query, FigureRole.PROGRESS)
    spent = _SPENT_ASKED.search(fold(query.text)) is not None
    choice = telling(
        asked,
        material,
        lambda f: _is_progress(f) and (spent or unit_kind(f.unit) != "money"),
        least=weights.NAMED_FIGURE,
    )
    return _decided(query, choice, lambda f: f.value >= (f.whole if f.whole is not None else _HUNDRED))


def _is_progress(figure: Figure) -> bool:
    return figure.role is FigureRole.PROGRESS or (figure.role is FigureRole.LEVEL and figure.whole is not None)


def _by_whole(query: Query, material: Material) -> Draft | None:
    """Decide "đã làm xong hết chưa" by how many are done and, in the same passage, how many of them were to be.

    None where either is not told: how many are done says nothing of all.
    """
    if not asks_all(query):
        return None
    ranked = telling_candidates(stance.as_figure(query, None), material, _is_count)
    done = next((c for c in ranked if finished(c)), None)
    if done is None or done.figure is None or done.score.fit < weights.ANSWERABLE:
        return None
    unit = done.figure.figure.unit
    named = set(fold(unit).split()) <= set(fold(query.text).split())  # the unit says what is counted
    others = [
        c
        for c in ranked
        if c.figure is not None and c.view is done.view and not finished(c) and c.figure.figure.unit == unit
        and c.figure.at.start < done.figure.at.start and (named or c.score.fit >= weights.ANSWERABLE)
    ]  # fmt: skip
    if not others or others[0].figure is None:
        return None
    own = done.figure.figure
    whole = others[0].figure.figure
    draft = _led(draft_of(query, Choice(done, (), older=False)), holding=own.value >= whole.value)
    return beside(draft, draft_of(query, Choice(others[0], (), older=False)))


def _by_count(query: Query, material: Material) -> Draft | Abstention | None:
    """Decide whether there was any by a count of it, unless a sentence denies what is asked."""
    no = denied(query, material)
    if no is not None:
        return led(draft_of(query, no), f"{NO}.", short=NO)
    if asks_all(query):
        return None  # how many there are does not tell whether they are all
    asked = stance.as_figure(query, None)
    choice = telling(asked, material, _is_count, least=weights.NAMED_FIGURE)
    if choice is not None and not _of_what_is_asked(query, choice):
        return None
    return _decided(query, choice, lambda f: f.value > 0)


def _of_what_is_asked(query: Query, choice: Choice) -> bool:
    """Tell whether a count is of the very thing: not of the ill for the dead, nor of what prevents it."""
    figure = choice.best.figure
    if figure is None:
        return False
    names = (fold(match[0]) for match in PROPER.finditer(query.text) if query.accents)
    part = choice.best.view.reading.text[figure.segment.start : figure.segment.end]
    around = fold(" ".join((part, *choice.best.view.passage.section_path)))
    if not all(name in around for name in names if name not in fold(query.place or "")):
        return False
    near = figure.clause_bag.folded | figure.own.folded
    if asks_fate(query):
        return any(set(fate.split()) <= near for fate in _FATES if fate in fold(query.text)) or bool(near & _HARMED)
    return not any(words <= near and not words <= set(fold(query.text).split()) for words in _PREVENTION)


def _decided(query: Query, choice: Choice | None, test: Callable[[Figure], bool | None]) -> Draft | Abstention | None:
    """Return the figure with the verdict on it; None for no figure, the figure alone where the test decides nothing."""
    if choice is None or choice.best.figure is None:
        return None
    if choice.rivals:
        return which_place(query, choice)
    draft, holding = draft_of(query, choice), test(choice.best.figure.figure)
    return draft if holding is None else _led(draft, holding=holding)


def _mentioned(query: Query, material: Material) -> Draft | Abstention | None:
    """Say yes where a sentence speaks of nearly all that is asked for; None for none: silence is no denial."""
    choice = choose(sentence_candidates(scorer(query, material.rarity), material), weights.MENTIONED)
    if choice is None:
        return None
    return which_place(query, choice) if choice.rivals else _led(draft_of(query, choice), holding=True)


def _worded(query: Query, material: Material) -> Draft | Abstention | None:
    found = by_words(query, material)
    if found is None:
        return None
    choice, holding = found
    if choice.rivals:
        return which_place(query, choice)
    draft = draft_of(query, choice)
    return draft if holding is None else _led(draft, holding=holding)


def _led(draft: Draft, *, holding: bool) -> Draft:
    word = YES if holding else NO
    return led(draft, f"{word}.", short=word)


def holds(figure: Figure, limit: Bound) -> bool | None:
    """Tell whether a figure keeps to a bound; None where its hedge ("gần", "trên", "khoảng") leaves that open."""
    own, asked = to_base(figure.value, figure.unit)[0], to_base(limit.value, limit.unit)[0]
    if figure.hedge in _FROM_BELOW and own < asked:
        return None
    if figure.hedge in _FROM_ABOVE and own > asked:
        return None
    if figure.hedge in ("khoảng", "ước khoảng") and own == asked:
        return None
    match limit.sign:
        case Sign.OVER:
            return own > asked or (own == asked and figure.hedge in _FROM_BELOW)
        case Sign.UNDER:
            return own < asked or (own == asked and figure.hedge in _FROM_ABOVE)
        case Sign.AT_LEAST:
            return own > asked or (own == asked and figure.hedge not in _FROM_ABOVE)
        case Sign.EQUAL:
            return own == asked


def _comparable(figure: Figure, unit: str) -> bool:
    if same_unit(figure.unit, unit):
        return True
    kinds = (unit_kind(figure.unit), unit_kind(unit))
    return kinds == ("money", "money") or (
        kinds != ("count", "count") and to_base(figure.value, figure.unit)[1] == unit
    )


def _is_count(figure: Figure) -> bool:
    return figure.role is FigureRole.LEVEL and bool(figure.unit) and unit_kind(figure.unit) == "count"
