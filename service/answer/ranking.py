"""Which of several is first or last: as the report says it, else by setting its figures against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from ingest.vi.normalise import fold
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, age_key, figure_candidates
from service.answer.compare import Cell, table
from service.answer.drafting import draft_of, evidence_of
from service.answer.item_measures import aimed
from service.answer.items import Group, Item, groups
from service.answer.labels import label_of, told_apart
from service.answer.phrases import claim_stretch, short_figure
from service.answer.query_words import Scorer, scorer
from service.answer.row_answers import first_row
from service.answer.scope import period_fits, place_fits
from service.answer.spots import PROPER
from service.answer.tokens import bag, key
from service.answer.views import PassageView, SentenceView, Stretch
from service.domain import Claim, Draft, Evidence, Extreme, FigureClaim, Hit, Notice, Query, Want

_STATED = {
    Extreme.MOST: re.compile(r"(?<!\w)(?:cao|nhieu|lon|nhanh|tot|manh|dong) nhat(?! tri)|dung dau|dan dau"),
    Extreme.LEAST: re.compile(r"(?<!\w)(?:thap|it|cham|nho|kem|yeu) nhat(?! (?:la )?\d)|dung cuoi|xep cuoi"),
}
_ANY_STATED = re.compile(r"(?<!\w)(?:cao|nhieu|lon|nhanh|tot|manh|dong|thap|it|cham|nho|kem|yeu) nhat(?!\w)")
_NAMING = re.compile(r"^\s*(?:(?:là|gồm|thuộc về|ở|tại)\s|:)\s*(?:các |ở |tại )?")
_NAME_ENDS = re.compile(r"\s*(?:[,;.(]|\s(?:với|đạt|là|chiếm|có|tăng|giảm)\s)")
_AFTER_NAME = re.compile(r"(?:\s|\(|:|,|với|đạt|là|chiếm|có|khoảng|tăng|giảm|được)*$")
_REST = re.compile(r"khac|con lai")
_SHOWN = 4
_MAX_NAME_CHARS = 80
_TWO = 2
_REACH_CHARS = 500


@dataclass(frozen=True, slots=True)
class _Stated:
    """A sentence that says itself what is first, and how much of the question it covers."""

    fit: float
    hit: Hit
    view: PassageView
    sentence: SentenceView
    at: Stretch


def rank(query: Query, material: Material) -> Draft | None:
    """Return what is first (or last) of those asked about, cited first, with the figures it was set against.

    None when the question asks for no end, or fewer than two comparable figures are at hand.
    """
    if query.extreme is None or query.parts or query.beside or query.others:
        return None
    # Without "bao nhiêu" the question has no unit: the figures decide.
    one = scorer(aimed(replace(query, want=Want.FIGURE)), material.rarity)
    if not one.terms:
        return None
    said = _said(one, material)
    if said is not None and query.top == 1:
        return said
    if (column := first_row(query, material)) is not None:
        return _compared(query, column)
    found = groups(one.query, figure_candidates(one, material), material)
    return _compared(query, _newest(query, found)) if found else None


def of_two(query: Query, material: Material) -> Draft | None:
    """Return which of the two things of "A hay B cao hơn" is first, both from one table column, list or sentence.

    None for another question, or where no such group has a figure for each by its name.
    """
    if query.extreme is None or len(query.parts) != _TWO:
        return None
    whole = aimed(replace(query, parts=(), marked=False, want=Want.FIGURE, beside=(), place=None))
    one = scorer(whole, material.rarity)
    sides = [{fold(key(t)) for t in part.terms} | set(fold(part.place or "").split()) for part in query.parts]
    own = [sides[0] - sides[1], sides[1] - sides[0]]
    if not one.terms or not all(own):
        return None
    for group in groups(whole, figure_candidates(one, material), material):
        pair = [
            i for words, all_of in zip(own, sides, strict=True) if (i := _named_by(words, all_of, group)) is not None
        ]
        if len(pair) == _TWO and pair[0] is not pair[1]:
            told = [Choice(item.candidate, (), older=False) for item in pair]
            cells = [Cell(label_of(p), draft_of(p, c)) for p, c in zip(query.parts, told, strict=True)]
            labels = told_apart([cell.label for cell in cells])
            return table([replace(c, label=x) for c, x in zip(cells, labels, strict=True)], extreme=query.extreme)
    return None


def _named_by(words: Set[str], side: Set[str], group: Group) -> Item | None:
    """Return the item whose name has most of ``words``, at least half of them, of those alike the one with most of all
    that is said of its ``side``; None for none or several alike."""
    names = [(item, bag(item.name).folded) for item in group.items]
    words = words & frozenset[str]().union(*(name for _, name in names))  # without what is asked of them
    shares = [((len(words & name), len(side & name)), item) for item, name in names]
    most = max(share for share, _ in shares)
    found = [item for share, item in shares if share == most]
    return found[0] if len(found) == 1 and words and 2 * most[0] >= len(words) else None


def says_which(query: Query, candidate: Candidate) -> bool:
    """Tell whether a sentence says of something that it is what is asked for, the first or the last ("cao nhất")."""
    at = candidate.stretch
    text = fold(candidate.view.reading.text[at.start : at.end])
    return query.extreme is not None and _STATED[query.extreme].search(text) is not None


def _newest(query: Query, found: Sequence[Group]) -> Group:
    """Return the best group; of several about as good the newest report's, when no year is asked for."""
    if query.period is not None and query.period.year is not None:
        return found[0]
    near = [g for g in found if g.rank >= found[0].rank - weights.SAME_READING]
    return max(near, key=lambda g: age_key(g.items[0].candidate.hit.report))


def _compared(query: Query, group: Group) -> Draft:
    sign = -1 if query.extreme is Extreme.MOST else 1
    ordered = sorted(group.items, key=lambda item: sign * item.size)
    named = [i for i in ordered if not _REST.search(fold(i.name))] or ordered
    last = named[min(query.top, len(named)) - 1].size
    winners = [i for i in named if sign * i.size <= sign * last]
    others = [i for i in ordered if i not in winners]
    claims: list[Claim] = []
    evidence: list[Evidence] = []
    figures: list[FigureClaim] = []
    for item in [*winners, *others[:_SHOWN]]:
        figure = item.candidate.figure
        if figure is None:
            continue
        cited = _cited(item)
        base = len(evidence)
        holder = next((i for i, e in enumerate(cited) if e.span.covers(figure.figure.span)), 0)
        evidence += cited
        text = f"{item.name[:1].upper()}{item.name[1:]}: {short_figure(figure.figure)}"
        claims.append(Claim(f"\n{text}" if claims else text, tuple(range(base, base + len(cited)))))
        figures.append(FigureClaim(figure.figure, base + holder))
    shorts = [f"{i.name} ({short_figure(i.candidate.figure.figure)})" for i in winners if i.candidate.figure]
    note = Notice("compared", f"So sánh {len(group.items)} số liệu cùng loại trong một báo cáo.")
    return Draft(
        claims=tuple(claims),
        evidence=tuple(evidence),
        short_answer="; ".join(shorts)[:200] or None,
        figures=tuple(figures),
        warnings=(note,),
        together=True,  # without its first line the second would be read as the first
    )


def _cited(item: Item) -> list[Evidence]:
    """Return the pieces that hold the figure and, where it stands a little before, the name."""
    candidate = item.candidate
    if candidate.figure is None:
        return []
    stretch = claim_stretch(candidate.view, candidate.figure)
    text = fold(candidate.view.reading.text)
    name = fold(item.name).split(" ", 1)[-1]
    if name not in text[stretch.start : stretch.end]:
        at = text.rfind(name, max(0, stretch.start - _REACH_CHARS), stretch.start)
        stretch = Stretch(at, stretch.end) if at >= 0 else stretch
    return list(evidence_of(candidate, stretch))


def _said(one: Scorer, material: Material) -> Draft | None:
    """Return the end the report itself names ("cao nhất là X 68,9 tạ/ha"); None where no sentence does."""
    found = [s for hit, view in zip(material.hits, material.views, strict=True) for s in _sentences(one, hit, view)]
    fitting = [s for s in found if s.fit >= weights.STATED]
    for stated in sorted(fitting, key=lambda s: -s.fit):
        draft = _draft_of(one.query, stated)
        if draft is not None:
            return draft
    return None


def _sentences(one: Scorer, hit: Hit, view: PassageView) -> list[_Stated]:
    query = one.query
    if not period_fits(query.period, None, hit.report.period) or not place_fits(query, hit, view, None):
        return []
    found: list[_Stated] = []
    for sentence in view.sentences:
        text = fold(view.reading.text[sentence.at.start : sentence.at.end])
        match = _STATED[query.extreme].search(text) if query.extreme is not None else None
        if match is None:
            continue
        fit = one.coverage(((sentence.bag, 1.0), (view.heading, weights.ZONE_HEADING)))
        at = Stretch(sentence.at.start + match.start(), sentence.at.start + match.end())
        found.append(_Stated(fit, hit, view, sentence, at))
    return found


def _draft_of(query: Query, stated: _Stated) -> Draft | None:
    text, end = stated.view.reading.text, stated.sentence.at.end
    following = _ANY_STATED.search(fold(text), stated.at.end, end)
    limit = following.start() if following else end
    inside = [f for f in stated.view.figures if stated.at.end <= f.at.start < limit]
    figure = inside[0] if inside else None
    between = text[stated.at.end : figure.at.start if figure else limit]
    naming = _NAMING.match(between)
    if naming is None:
        return None
    name = _AFTER_NAME.sub("", between[naming.end() :])
    cut = _NAME_ENDS.search(name)
    if cut is not None:
        name, figure = name[: cut.start()], None if figure and cut.group().strip() in ".;" else figure
    name = " ".join(name.split())
    if not name or len(name) > _MAX_NAME_CHARS or (query.among and not PROPER.search(name) and figure is None):
        return None
    spans = stated.view.reading.spans(stated.sentence.at.start, stated.sentence.at.end)
    evidence = [Evidence(stated.hit.report, stated.view.passage, span) for span in spans]
    claims = (Claim(text[stated.sentence.at.start : end].strip(), tuple(range(len(evidence)))),)
    if figure is None:
        return Draft(claims=claims, evidence=tuple(evidence), short_answer=name)
    holder = next((e for e in evidence if e.span.covers(figure.figure.span)), evidence[0])
    evidence = [holder, *(e for e in evidence if e is not holder)]
    return Draft(
        claims=claims,
        evidence=tuple(evidence),
        short_answer=f"{name} ({short_figure(figure.figure)})",
        figures=(FigureClaim(figure.figure, 0),),
    )
