"""False premises: a question takes for granted that something fell, and the report says that it rose."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import Figure, FigureRole
from ingest.vi.normalise import fold
from service.answer import weights
from service.answer.against import asked_stand, others_average, told_against
from service.answer.candidates import Choice, Material, choose, sentence_candidates
from service.answer.compared import figure_direction
from service.answer.directions import telling, telling_candidates, told_beside
from service.answer.drafting import draft_of, led
from service.answer.item_measures import counts_alike
from service.answer.opposites import told_way, way_asked
from service.answer.phrases import short_figure
from service.answer.query_words import scorer
from service.answer.views import FigureView
from service.domain import Draft, Notice, Query, Want
from service.understand import stance
from service.understand.question import naming
from service.understand.stance import Direction

_PLANS = ("ke hoach", "du toan", "chi tieu", "muc tieu")
_GIVEN = weights.ANSWERABLE_TEXT
_NOTICE = Notice("false-premise", "Câu hỏi giả định khác với số liệu báo cáo nêu.")
_CONTRARY = "Báo cáo nêu ngược lại:"
_OTHERWISE = "Báo cáo nêu số khác:"
_DENIES = re.compile(r"(?<!\w)(?:khong|chua)(?!\w)")
_LACKING = frozenset(("thieu", "thua", "no", "chua", "khong"))
_NONE_AT_ALL = ("khong co", "chua co", "khong dat", "khong giao", "khong xay ra", "chua xay ra", "khong thanh lap")


def corrected(query: Query, material: Material) -> Draft | None:
    """Return the stated fact where it contradicts what a question takes for granted; None where nothing does.

    Taken for granted: a rise or fall ("vì sao ... giảm", "giảm bao nhiêu"), a plan passed or missed ("vượt kế hoạch
    bao nhiêu"), that there is none of something ("vì sao không có ... nào"), a number ("vì sao chỉ đạt 60%"). A fact
    that agrees is no correction.
    """
    figures = None if others_average(query) else _by_figures(query, material)
    return _by_number(query, material) or figures or _by_base(query, material) or _by_words(query, material)


def _by_number(query: Query, material: Material) -> Draft | None:
    """Return the stated figure where "vì sao ... chỉ đạt 60%" takes another for granted; None where the report has that
    number for anything near, or no figure of the unit is certain."""
    given = stance.given_number(query) if query.want is Want.REASON and not query.others else None
    if given is None:
        return None
    wanted = stance.as_figure(naming(query), None, unit=given.unit)
    ranked = telling_candidates(wanted, material, lambda f: counts_alike(f.unit, given.unit))
    if any(c.figure is not None and given.value in (abs(c.figure.figure.value), c.figure.figure.whole) for c in ranked):
        return None
    choice = choose(ranked, weights.PREMISE)
    if choice is None or choice.rivals or choice.best.figure is None or not _as_said(query, choice.best.figure):
        return None
    return led(draft_of(query, choice), _OTHERWISE, short=short_figure(choice.best.figure.figure), notice=_NOTICE)


def _by_base(query: Query, material: Material) -> Draft | None:
    """Return the sentence that says in words of the base named in "vì sao ... thấp hơn bình quân" the other way round.

    None where a reason for just that is given.
    """
    asked = asked_stand(query) if query.want is Want.REASON and not query.others else None
    if asked is None or choose(sentence_candidates(scorer(query, material.rarity), material), _GIVEN):
        return None
    told = told_against(query, material)
    if told is None or told.stand is asked:
        return None
    return led(draft_of(replace(query, want=Want.TEXT), told.choice), _CONTRARY, short=told.words, notice=_NOTICE)


def _by_words(query: Query, material: Material) -> Draft | None:
    """Return the sentence that calls low what "vì sao ... cao" takes to be high, or the other way round."""
    asked = way_asked(query) if query.want is Want.REASON and not query.others else None
    if asked is None or choose(sentence_candidates(scorer(query, material.rarity), material), _GIVEN):
        return None
    told = told_way(query, material)
    if told is None or told.way is asked or told.choice.rivals:
        return None
    return led(draft_of(replace(query, want=Want.TEXT), told.choice), _CONTRARY, short=told.words, notice=_NOTICE)


def _as_said(query: Query, figure: FigureView) -> bool:
    """Tell whether a figure is of those that lack or are left where the question says so ("thiếu", "còn", "chưa")."""
    said = {word for word in fold(query.text).split() if word in _LACKING}
    return said <= set(figure.clause_folded.split()) | figure.own.folded


def _by_figures(query: Query, material: Material) -> Draft | None:
    change = query.want is not Want.YES_NO and query.role is FigureRole.CHANGE
    if query.others or not (query.want is Want.REASON or change):
        return None
    asked = stance.direction(query)
    if asked is None:
        return _some_after_all(query, material) if query.want is Want.REASON else None
    planned = stance.asks_plan(query)
    role = FigureRole.PLAN_RATIO if planned else FigureRole.CHANGE
    bare = naming(query) if query.want is Want.REASON else query
    wanted = stance.as_figure(bare, role, unit="%" if planned else query.unit)
    ranked = telling_candidates(wanted, material, lambda f: _tells(f, role))
    if query.want is Want.REASON and choose(sentence_candidates(scorer(query, material.rarity), material), _GIVEN):
        return None  # a reason for just that is given
    own = told_beside(wanted, material, lambda f: _tells(f, role))
    if own is not None and own.best.figure is not None:
        if figure_direction(own.best.figure.figure) is asked:
            return None
        return led(draft_of(query, own), _CONTRARY, short=_change(own.best.figure.figure), notice=_NOTICE)
    fitting = [c for c in ranked if c.score.fit >= weights.PREMISE]
    if not fitting:
        return None
    close = [c for c in fitting if c.score.rank >= fitting[0].score.rank - weights.SAME_READING]
    if any(c.figure is not None and figure_direction(c.figure.figure) is asked for c in close):
        return None
    choice = choose(fitting, weights.PREMISE)
    if choice is None or choice.rivals or choice.best.figure is None:
        return None
    return led(draft_of(query, choice), _CONTRARY, short=_change(choice.best.figure.figure), notice=_NOTICE)


def _tells(figure: Figure, role: FigureRole) -> bool:
    if figure_direction(figure) is None:
        return False
    planned = figure.role is FigureRole.PLAN_RATIO or any(base in fold(figure.base) for base in _PLANS)
    return planned == (role is FigureRole.PLAN_RATIO)


def _some_after_all(query: Query, material: Material) -> Draft | None:
    """Return the count that contradicts "không có ... nào"; a clause that itself denies something is none."""
    text = fold(query.text)
    if "nao" not in text.split() or not any(words in text for words in _NONE_AT_ALL):
        return None
    choice = _some(query, material)
    if choice is None or choice.best.figure is None or _DENIES.search(choice.best.figure.clause_folded):
        return None
    return led(draft_of(query, choice), _CONTRARY, short=short_figure(choice.best.figure.figure), notice=_NOTICE)


def _some(query: Query, material: Material) -> Choice | None:
    counted = (FigureRole.LEVEL, FigureRole.TARGET, FigureRole.PROGRESS)
    choice = telling(
        stance.as_figure(query, None), material, lambda f: f.role in counted and f.value > 0, least=weights.NAMED_FIGURE
    )
    return None if choice is None or choice.rivals else choice


def _change(figure: Figure) -> str:
    """Return a change as stated, a ratio with the direction it means: "giảm, bằng 97,9% so với cùng kỳ"."""
    text = short_figure(figure)
    if figure.role is FigureRole.CHANGE:
        return text
    if figure.role is FigureRole.PLAN_RATIO:
        return f"đạt {text} {figure.base or 'kế hoạch'}"
    word = "tăng" if figure_direction(figure) is Direction.UP else "giảm"
    return f"{word}, bằng {text} so với {figure.base or 'cùng kỳ'}"
