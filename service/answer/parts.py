"""A question for several figures: each part answered on its own, from one sentence where one sentence has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.vi.normalise import fold
from ingest.vi.units import same_measure, same_unit
from service.answer import weights
from service.answer.abstain import which_place
from service.answer.candidates import Candidate, Choice, Material, choose, figure_candidates
from service.answer.compare import Cell, table
from service.answer.drafting import draft_of
from service.answer.labels import label_of, named, told_apart
from service.answer.measures import other_measure
from service.answer.members import together
from service.answer.query_words import Scorer, scorer
from service.domain import Abstention, Claim, Draft, Evidence, FigureClaim, Notice, Query

Sentence = tuple[str, str, int]  # version, passage, start in the passage's reading
_TWO = 2
_OF_A_NOUN = re.compile(r"(?<!\w)(?:bao nhieu|may) [a-z]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with its ranked candidates."""

    query: Query
    ranked: tuple[Candidate, ...]


def answer_parts(query: Query, material: Material) -> Draft | Abstention | None:
    """Return the figures asked for, in the order asked; None when ``query`` is better answered as one question.

    Parts the reports do not say are named as missing; None when none is found.
    """
    # Of three or more members one figure is hardly said together.
    if not query.parts or (not query.marked and len(query.parts) == _TWO and _said_as_one(query, material)):
        return None
    if not query.marked and query.extreme is None and (listed := _listed(query, material)) is not None:
        return listed
    if query.loose:
        return None
    parts = _ranked(query, material)
    first = next((choice for p in parts if (choice := choose(p.ranked, weights.ANSWERABLE))), None)
    if first is None:
        return None
    if first.rivals:
        return which_place(query, first)
    picked = _picked(parts, first)
    if query.marked and query.extreme is None and None in picked:
        picked = list(together(replace(query, parts=()), query.parts, material) or picked)
    found = [(p.query, c) for p, c in zip(parts, picked, strict=True) if c is not None]
    if not found:
        return None
    if not query.marked and len(found) < len(parts):
        return None
    choices = [None if c is None else Choice(c, (), older=first.older) for c in picked]
    drafts = [None if ch is None else draft_of(p.query, ch) for p, ch in zip(parts, choices, strict=True)]
    if query.extreme is not None:
        if not _comparable([c for c in picked if c is not None]):
            return None  # "A: 55%; B: 214 tỷ đồng" tells nothing
        labels = told_apart([label_of(p.query) for p in parts])
        return table([Cell(label, d) for label, d in zip(labels, drafts, strict=True)], extreme=query.extreme)
    missing = [label_of(p.query) for p, c in zip(parts, picked, strict=True) if c is None]
    return _joined([(p.query, c, d) for p, c, d in zip(parts, picked, drafts, strict=True) if c and d], missing)


def _comparable(picked: Sequence[Candidate]) -> bool:
    """Tell whether all figures are of one measure, sort and period, so that one can be more than the other."""
    figures = [c.figure.figure for c in picked if c.figure is not None]
    first = figures[0]
    return all(
        same_measure(first.unit, one.unit) and (first.role, first.period) == (one.role, one.period)
        for one in figures[1:]
    )


def _listed(query: Query, material: Material) -> Draft | None:
    """Return the figures of one enumeration or table column that has one for each part; None where there is none."""
    # What joins the parts ("lần lượt") names nothing; "số nhà" counts houses here, and is no number of one.
    terms = dict.fromkeys(term for part in query.parts for term in part.terms if fold(term) != "so")
    found = together(replace(query, parts=(), terms=tuple(terms)), query.parts, material)
    if found is None:
        return None
    drafts = [draft_of(part, Choice(c, (), older=False)) for part, c in zip(query.parts, found, strict=True)]
    return _joined(list(zip(query.parts, found, drafts, strict=True)), [])


def _ranked(query: Query, material: Material) -> list[_Part]:
    """Rank figures for each part; the words of the first part help the later ones, at a lower weight."""
    found: list[_Part] = []
    lead = query.parts[0]
    for part in query.parts:
        own = scorer(part, material.rarity)
        if query.lead:
            own = _helped(own, replace(lead, terms=query.lead, unit=""), material, share=1.0)
        elif part is not lead and query.extreme is None and query.marked:
            own = _helped(own, lead, material, share=weights.CARRIED_TERMS)
        ranked = figure_candidates(own, material) if own.terms else []
        found.append(_Part(part, tuple(ranked)))
    return found


def _helped(own: Scorer, lead: Query, material: Material, *, share: float) -> Scorer:
    """Add the words of the first part to a later one: "kinh phí bao nhiêu" is of what the first part speaks of."""
    other = scorer(lead, material.rarity)
    mine = {folded for _, folded, _ in own.terms}
    share = share if own.terms else 1.0
    carried = [(w, f, x * share) for w, f, x in other.terms if f not in mine]
    terms = [*own.terms, *carried]
    total = sum(x for _, _, x in terms) or 1.0
    return replace(
        own,
        terms=tuple((w, f, x / total) for w, f, x in terms),
        asked=own.asked | other.asked,
        seasons=own.seasons or other.seasons,
    )


def _picked(parts: Sequence[_Part], first: Choice) -> list[Candidate | None]:
    """Choose one figure for each part, no figure twice, with a bonus for the sentence that has most of them."""
    own = [
        [
            c
            for c in p.ranked
            if c.score.fit >= weights.ANSWERABLE and _measures(p.query, c) and not _of_other(p, parts, c)
        ]
        for p in parts
    ]
    if parts[0].query.period is None or parts[0].query.period.year is None:
        # No year asked: all figures are of the report that the first one is taken from.
        version = first.best.hit.report.version_id
        own = [[c for c in group if c.hit.report.version_id == version] for group in own]
    best = _choose_each(own, None)
    total = _total(best, None)
    here: Sentence | None = None
    found = dict.fromkeys(_sentence(c) for group in own for c in group)
    for sentence in sorted(found, key=lambda one: one[2]):
        chosen = _choose_each(own, sentence)
        # One figure alone makes no sentence of several.
        together = sum(c is not None and _sentence(c) == sentence for c in chosen) > 1
        chosen = _nearer(own, chosen, sentence) if together else chosen
        # Of sentences of one passage that fit about as well the first speaks of the whole.
        later = here is not None and sentence[:2] == here[:2]
        margin = weights.ABOUT_AS_WELL if later else 0.0
        if together and _total(chosen, sentence) > total + margin:
            best, total, here = chosen, _total(chosen, sentence), sentence
    return _completed(parts, best, here) if here is not None else best


def _completed(parts: Sequence[_Part], chosen: Sequence[Candidate | None], here: Sentence) -> list[Candidate | None]:
    """Give a part without a figure the one of the sentence that counts what it asks for, though it fits less well."""
    full = list(chosen)
    for n, part in enumerate(parts):
        taken = {_place(c) for c in full if c is not None}
        asked = part.query.unit
        near = [c for c in part.ranked if _sentence(c) == here and _place(c) not in taken]
        counted = [c for c in near if asked and same_unit(asked, _unit(c))]
        if full[n] is None and counted:
            full[n] = counted[0]
    return full


def _measures(query: Query, candidate: Candidate) -> bool:
    """Tell whether a figure has a unit of what is asked for: beside an area, hectares are no "sản lượng"."""
    return candidate.figure is None or bool(query.role) or not other_measure(query.text, _unit(candidate))


def _of_other(part: _Part, parts: Sequence[_Part], candidate: Candidate) -> bool:
    """Tell whether a figure counts by its unit what another part asks for, where this one counts another noun."""
    if not _OF_A_NOUN.search(fold(part.query.text)):
        return False
    unit = fold(_unit(candidate))
    others = [fold(other.query.unit) for other in parts if other is not part]
    return bool(unit) and not part.query.unit and unit in others and unit not in fold(part.query.text)


def _choose_each(groups: Sequence[Sequence[Candidate]], sentence: Sentence | None) -> list[Candidate | None]:
    taken: set[tuple[str, int]] = set()
    chosen: list[Candidate | None] = []
    for group in groups:
        free = [c for c in group if _place(c) not in taken]
        best = max(free, key=lambda c: _value(c, sentence), default=None)
        if best is not None:
            taken.add(_place(best))
        chosen.append(best)
    return chosen


def _nearer(
    groups: Sequence[Sequence[Candidate]], chosen: list[Candidate | None], sentence: Sentence
) -> list[Candidate | None]:
    """Of figures of the sentence that fit about as well take the one nearest to the figures of the other parts."""
    near = list(chosen)
    for n, group in enumerate(groups):
        now = near[n]
        if now is None:
            continue
        others = [_place(c)[1] for c in near if c is not None and c is not now and _sentence(c) == sentence]
        taken = {_place(c) for c in near if c is not None and c is not now}
        floor = _value(now, sentence) - weights.ABOUT_AS_WELL
        close = [c for c in group if _value(c, sentence) >= floor and _place(c) not in taken]
        if not _bracketed(now):  # what stands in brackets is a part or a remark, however near
            close = [c for c in close if not _bracketed(c)]
        if others and close:
            asked_before = [_place(c)[1] for c in near[:n] if c is not None and _sentence(c) == sentence]
            near[n] = min(close, key=lambda c: _distance(_place(c)[1], others, asked_before))
    return near


def _bracketed(candidate: Candidate) -> bool:
    return candidate.figure is not None and candidate.figure.bracketed


def _distance(at: int, others: Sequence[int], before: Sequence[int]) -> tuple[bool, int]:
    """Return how far a figure is from the nearest of ``others``; one out of the asked order comes last."""
    late = [other for other in others if other not in before]
    out_of_order = any(at < other for other in before) or any(at > other for other in late)
    return out_of_order, min(abs(at - other) for other in others)


def _total(chosen: Sequence[Candidate | None], sentence: Sentence | None) -> float:
    return sum(_value(c, sentence) for c in chosen if c is not None)


def _value(candidate: Candidate, sentence: Sentence | None) -> float:
    return candidate.score.rank + (weights.SAME_SENTENCE if _sentence(candidate) == sentence else 0.0)


def _sentence(candidate: Candidate) -> Sentence:
    at = candidate.figure.sentence.start if candidate.figure else candidate.stretch.start
    return candidate.hit.report.version_id, candidate.view.passage.id, at


def _place(candidate: Candidate) -> tuple[str, int]:
    at = candidate.figure.figure.span.start if candidate.figure else -1
    return candidate.hit.report.version_id, at


def _said_as_one(query: Query, material: Material) -> bool:
    """Tell whether one figure is said of all the words together: "450 hộ nghèo và cận nghèo" is no two figures."""
    one = scorer(replace(query, parts=()), material.rarity)
    choice = choose(figure_candidates(one, material), weights.NAMED_FIGURE)
    if choice is None or choice.best.figure is None:
        return False
    return one.coverage(((choice.best.figure.own, 1.0),)) >= weights.SAID_AS_ONE


def _joined(found: Sequence[tuple[Query, Candidate, Draft]], missing: Sequence[str]) -> Draft:
    claims: dict[str, tuple[int, ...]] = {}
    evidence: list[Evidence] = []
    figures: list[FigureClaim] = []
    shorts: list[str] = []
    for query, candidate, draft in found:
        number = {i: _index(evidence, e) for i, e in enumerate(draft.evidence)}
        for claim in draft.claims:
            claims.setdefault(claim.text, tuple(number[i] for i in claim.evidence))
        figures += [FigureClaim(f.figure, number[f.evidence]) for f in draft.figures]
        alike = sum(_unit(c) == _unit(candidate) for _, c, _ in found) > 1
        shorts.append(named(query, candidate, draft) if alike else draft.short_answer or "")
    texts = list(claims.items())
    if missing:
        text, cited = texts[-1]
        texts[-1] = (f"{text.rstrip('.')}. Các báo cáo không nêu: {'; '.join(missing)}", cited)
    notices = [w for _, _, d in found for w in d.warnings]
    notices += [Notice("missing-part", f"Các báo cáo không nêu: {label}.") for label in missing]
    return Draft(
        claims=tuple(Claim(text, cited) for text, cited in texts),
        evidence=tuple(evidence),
        short_answer="; ".join(s for s in shorts if s) or None,
        figures=tuple(figures),
        warnings=tuple(dict.fromkeys(notices)),
    )


def _index(evidence: list[Evidence], one: Evidence) -> int:
    """Return the place of ``one`` in ``evidence``, adding it where it is not there yet."""
    known = next((i for i, e in enumerate(evidence) if e.report == one.report and e.span == one.span), None)
    if known is not None:
        return known
    evidence.append(one)
    return len(evidence) - 1


def _unit(candidate: Candidate) -> str:
    return candidate.figure.figure.unit if candidate.figure else ""
