"""Several things a question names beside each other, found as the figures of one enumeration or one table column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.domain import FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.units import same_measure, same_unit
from service.answer import weights
from service.answer.bare import bare_figures
from service.answer.candidates import Candidate, Material
from service.answer.measures import implied_words, measure_words, other_measure
from service.answer.query_words import Scorer, scorer
from service.answer.scoring import eligible, may_hold, score_figure
from service.answer.tokens import Bag, key, keys
from service.answer.views import FigureView
from service.domain import Query

_LEVELS = (FigureRole.LEVEL, FigureRole.PROGRESS, FigureRole.TARGET)
_TAIL = re.compile(r"(?<!\w)(?:cua|o|tai|trong|theo|do|tren|cho)(?!\w)")
_PLANNED = re.compile(r"ke hoach|du toan|chi tieu|muc tieu|phan dau|du kien|de ra|giao")
_BEFORE = 10_000  # characters: a figure before the last one is farther than any behind it
Group = tuple[str, ...]
_PASSAGE = 2  # length of the key of a whole passage: its figures are scattered over sentences


@dataclass(frozen=True, slots=True)
class _Member:
    """A part of the question and the folded words that tell it from the others (at least one)."""

    query: Query
    own: Scorer
    apart: frozenset[str]
    edge: bool  # the first and the last carry words that are said for all

    def share(self, bag: Bag) -> float:
        """Return the share of the weight of the member's own words that ``bag`` has."""
        worths = zip(self.own.terms, self.own.worths(bag), strict=True)
        found = [(weight, worth) for (_, word, weight), worth in worths if word in self.apart]
        return sum(weight * worth for weight, worth in found) / sum(weight for weight, _ in found)

    def has_last(self, bag: Bag) -> bool:
        """Tell whether ``bag`` has the last of the member's own words: the first ones may speak of all members."""
        worths = zip(self.own.terms, self.own.worths(bag), strict=True)
        return [worth > 0 for (_, word, _), worth in worths if word in self.apart][-1]


def together(
    whole: Query, members: Sequence[Query], material: Material, *, alike: bool | None = False
) -> list[Candidate] | None:
    """Return one figure for each member, all of one sentence or one table column, in the order of ``members``.

    Each figure has to be named by the words that tell its member from the others; the sentence (or row) has to speak
    of the whole question. Figures of one unit, unless each member is named in full; ``alike`` True: of one unit
    always, None: of any units.
    None when no place in the reports has them all.
    """
    one = scorer(whole, material.rarity)
    told = _told_apart(whole, members, material)
    if told is None or not one.terms:
        return None
    best: tuple[float, list[Candidate]] | None = None
    for where, group in _groups(one, material).items():
        found = _assigned(whole, one, told, group, alike=alike)
        if found is None:
            continue
        about = min(_about(one, c, beside=_beside(told, at)) for at, c in enumerate(found[1]))
        if whole.role is None and _only_planned(whole, found[1]):
            about -= weights.MEMBERS_PLANNED
        worth = found[0] / len(members) + about - (weights.MEMBERS_SCATTERED if len(where) == _PASSAGE else 0.0)
        if about >= weights.MEMBERS_ABOUT and (best is None or worth > best[0]):
            best = worth, found[1]
    return best[1] if best is not None else None


def _told_apart(whole: Query, members: Sequence[Query], material: Material) -> list[_Member] | None:
    scorers = [scorer(_without_tail(member), material.rarity) for member in members]
    words = [{word for _, word, _ in one.terms} for one in scorers]
    told: list[_Member] = []
    for at, own in enumerate(words):
        counted = {word for one in (*members, whole) for word in fold(one.unit).split()}
        apart = own.difference(counted, *(other for other in words if other is not own))
        if not apart:
            return None
        told.append(_Member(members[at], scorers[at], frozenset(apart), at in (0, len(words) - 1)))
    return told


def _without_tail(member: Query) -> Query:
    """Return a member without what all share: "bưởi của hợp tác xã" is told from the others by "bưởi"."""
    cut = _TAIL.search(fold(member.text))
    said = keys(member.text[: cut.start()]) if cut else []
    kept = tuple(term for term in member.terms if key(term) in said)
    return replace(member, terms=kept) if kept else member


def _groups(one: Scorer, material: Material) -> dict[Group, list[Candidate]]:
    """Return the figures that may answer by the sentence or the table column they stand in."""
    found: dict[Group, list[Candidate]] = {}
    for hit, view in zip(material.hits, material.views, strict=True):
        if not may_hold(one, view):
            continue
        known = tuple(eligible(one, hit, view))
        sentences = {figure.sentence for figure in known}
        bare = [f for f in bare_figures(view) if f.sentence in sentences] if known else []
        for figure in (*known, *bare):
            if figure.figure.role not in ((one.query.role,) if one.query.role is not None else _LEVELS):
                continue
            score = score_figure(one, hit, view, figure, rarity=material.rarity)
            version = hit.report.version_id
            if view.passage.kind is PassageKind.TABLE_ROW:
                _, comma, column = figure.figure.indicator.rpartition(",")
                own = (figure.figure.role, str(figure.figure.period), fold(column) if comma else "")
                keys_: list[Group] = [(version, str(view.passage.section), *own)]
            else:
                keys_ = [(version, view.passage.id, str(figure.sentence.start)), (version, view.passage.id)]
            for key_ in keys_:
                found.setdefault(key_, []).append(Candidate(score, hit, view, figure, figure.segment))
    return found


def _assigned(
    whole: Query, one: Scorer, told: Sequence[_Member], group: Sequence[Candidate], *, alike: bool | None
) -> tuple[float, list[Candidate]] | None:
    """Give each member the figure its words name best, no figure twice; None when one has none."""
    chosen: list[Candidate] = []
    total = 0.0
    full = True
    for member in told:
        best: tuple[float, float, Candidate] | None = None
        last = chosen[-1].figure.at.end if chosen and chosen[-1].figure else None
        for candidate in group:
            if candidate in chosen or candidate.figure is None or not _counts(whole, member, candidate.figure):
                continue
            own = candidate.figure.own
            share = member.share(own)
            worth = (
                share
                + weights.MEMBER_LAST * member.has_last(own)
                - max(other.share(own) for other in told if other is not member) / 2
            )
            # Named alike ("xây mới" twice), the nearest behind the one before is meant.
            gap = candidate.figure.at.start - last if last is not None else 0
            tie = candidate.score.rank if last is None else -float(gap if gap >= 0 else _BEFORE - gap)
            if best is None or (worth, tie) > best[:2]:
                best = worth, tie, candidate
        if best is None or best[2].figure is None:
            return None
        share = member.share(best[2].figure.own)
        if share < (weights.MEMBER_EDGE if member.edge else weights.MEMBER_NAMED) or best[0] <= 0:
            return None
        full = full and share >= weights.MEMBER_FULL
        total += best[0]
        chosen.append(best[2])
    units = [candidate.figure.figure.unit for candidate in chosen if candidate.figure]
    return (total, chosen) if alike is None or _one_unit(units) or (full and not alike) else None


def _asked(one: Scorer, figure: FigureView) -> float:
    """Return how much of the question a figure and its clause say themselves: of "hồ sơ quá hạn" not all files."""
    return weights.MEMBER_ASKED * one.coverage(((figure.own, 1.0), (figure.clause_bag, 1.0)))


def _counts(whole: Query, member: _Member, figure: FigureView) -> bool:
    """Tell whether a figure has a unit of what is asked for: of "sản lượng ngô và sắn" no hectares."""
    named = member.query if measure_words(member.query.text) else whole
    if whole.role is None and other_measure(named.text, figure.figure.unit):
        return False
    asked, own = whole.unit, figure.figure.unit
    return not asked or not own or same_measure(asked, own)


def _one_unit(units: Iterable[str]) -> bool:
    said = [unit for unit in units if unit]  # a bare number counts what its total counts
    return all(same_unit(said[0], other) for other in said[1:])


def _beside(told: Sequence[_Member], at: int) -> frozenset[str]:
    """Return the words that only name other members than the one at ``at``."""
    return frozenset(word for n, member in enumerate(told) if n != at for word in member.apart)


def _about(one: Scorer, candidate: Candidate, *, beside: frozenset[str]) -> float:
    """Return how much of the question is said around a figure, ``beside`` not looked for: words of other members."""
    figure, view = candidate.figure, candidate.view
    if figure is None:
        return 0.0
    near = figure.own if view.passage.kind is PassageKind.TABLE_ROW else figure.sentence_bag
    implied = implied_words(one.query.text, figure.figure.unit)
    kept = [(word, folded, weight) for word, folded, weight in one.terms if folded not in beside]
    total = sum(weight for _, _, weight in kept)
    if not total:
        return 0.0
    own = replace(one, terms=tuple((word, folded, weight / total) for word, folded, weight in kept))
    return own.coverage(((near, 1.0), (view.heading, weights.ZONE_HEADING)), implied=implied)


def _only_planned(whole: Query, found: Sequence[Candidate]) -> bool:
    """Tell whether all figures are aims though the question names no plan."""
    aims = all(c.figure is not None and c.figure.figure.role is FigureRole.TARGET for c in found)
    return aims and _PLANNED.search(fold(whole.text)) is None
