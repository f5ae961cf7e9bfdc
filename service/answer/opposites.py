"""More or less, well or badly, told in words: what a question takes to be high and a report calls low."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, choose, sentence_candidates
from service.answer.near import asked_words
from service.answer.query_words import Scorer, scorer
from service.answer.reasons import causes
from service.answer.tokens import bag
from service.answer.views import Stretch, segments
from service.domain import Query, Want
from service.understand.question import naming
from service.understand.stance import Direction

# "tăng trưởng", "nâng cao", "giảm nghèo" name a thing or a task; "chưa cao" is low.
_LESS = (
    r"(?:chưa|không) (?:đạt|cao|tốt|nhanh|đủ|đáp ứng|hoàn thành|kịp)|giảm(?! nghèo| thiểu| nhẹ| phát| trừ| tải)"
    r"|thấp|hạn chế|chậm|kém|hụt|sụt|thiếu(?! nhi| niên)|hạ(?! tầng| du| long)(?: xuống)?|xuống|trễ|yếu(?! tố)|sa sút"
)
_MORE = (
    r"tăng(?! trưởng| cường| gia(?!\w)| ca(?!\w)| thu)|(?<!nâng )(?<!chưa )(?<!không )cao(?! tốc| nguyên| đẳng| điểm)"
    r"|vượt(?! khó| qua)|nhanh(?! chóng)|mạnh(?! mẽ| thường)|(?<!chưa )(?<!không )tốt(?! nghiệp)|lên mức|nâng lên"
    r"|dẫn đầu|đứng đầu"
)
_POLES = (
    (Direction.DOWN, re.compile(rf"(?<!\w)(?:{_LESS})(?!\w)")),
    (Direction.UP, re.compile(rf"(?<!\w)(?:{_MORE})(?!\w)")),
)
_LEADS = re.compile(r"(?:còn|vẫn|rất|khá|chỉ|đang|lại|điều chỉnh|đã)\s+$")
_ENDS = re.compile(r"[,;:](?!\d)|\.(?=\s|$)|\s(?=(?:do|vì|để|nhằm|nên|và)\s)")
_REACH_CHARS = 90  # behind the last word of the subject
_SUBJECT = 0.75  # share of the subject a clause and its headings must say


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that says which way its subject stands, and the words that say so."""

    choice: Choice
    way: Direction
    words: str


def way_asked(query: Query) -> Direction | None:
    """Return whether a question takes its subject to be high or low; None for neither, both, or no accents."""
    found = {way for way, _ in _poles(query.text)} if query.accents else set()
    return found.pop() if len(found) == 1 else None


def told_way(query: Query, material: Material) -> Told | None:
    """Return the sentence that says whether the subject of ``query`` is high or low; None where none does.

    A clause counts that has the subject and behind it words of one way only.
    """
    subject = _subject(query)
    one = scorer(subject, material.rarity)
    if not one.terms:
        return None
    ranked = sentence_candidates(one, material)
    for candidate in ranked:
        if candidate.score.fit < weights.ANSWERABLE_TEXT:
            break
        found = _told_in(one, candidate)
        if found is not None:
            stretch, way, words = found
            choice = choose([replace(candidate, stretch=stretch)], 0.0)
            return Told(choice, way, words) if choice is not None else None
    return None


def _subject(query: Query) -> Query:
    """Return the query without the words that say high or low, as a question for a sentence."""
    low = unify(query.text)
    said = {word for _, at in _poles(query.text) for word in low[at.start : at.end].split()} | {
        "hơn",
        "lại",
        "mức",
        "nhờ",
        "sao",
    }
    bare = naming(query)
    terms = tuple(term for term in bare.terms if term not in said)
    return replace(bare, terms=terms, want=Want.TEXT, role=None, unit="")


def _told_in(one: Scorer, candidate: Candidate) -> tuple[Stretch, Direction, str] | None:
    text = candidate.view.reading.text
    for part in segments(text, candidate.stretch.start, candidate.stretch.end):
        clause = text[part.start : part.end]
        zones = ((bag(clause), 1.0), (candidate.view.heading, weights.ZONE_HEADING))
        if one.coverage(zones) < _SUBJECT:
            continue
        low = unify(clause)
        reasons = causes(clause)
        low = low[: reasons[0].start] if reasons and reasons[0].start else low  # what a reason says is not said of it
        words = {folded for _, folded, _ in one.terms}
        stand = [m.end() for m in re.finditer(r"\w+", low) if fold(m.group()) in words]
        if not stand:
            continue
        poles = [(way, at) for way, at in _poles(clause, low) if stand[0] < at.start <= stand[-1] + _REACH_CHARS]
        if poles and len({way for way, _ in poles}) == 1:
            asked = asked_words(one.query)
            said = [_phrase(clause, at) for _, at in poles]
            return part, poles[0][0], max(said, key=lambda words: len(asked & bag(words).folded))
    return None


def _phrase(clause: str, pole: Stretch) -> str:
    """Return the words that say high or low with what they are set against ("còn thấp", "thấp hơn năm trước")."""
    lead = _LEADS.search(unify(clause[: pole.start]))
    end = _ENDS.search(clause, pole.end)
    phrase = clause[lead.start() if lead else pole.start : end.start() if end else len(clause)].strip(" .")
    return phrase if phrase.count("(") == phrase.count(")") else phrase.rstrip(")")


def _poles(text: str, low: str = "") -> list[tuple[Direction, Stretch]]:
    """Return the words of canonical text that say more or less, in order; "chưa cao" once, as less.

    ``low``: what is looked at, the unified text or the beginning of it. A word with a capital belongs to a name
    ("Đồi Hạ").
    """
    found: list[tuple[Direction, Stretch]] = []
    for way, expression in _POLES:
        for match in expression.finditer(low or unify(text)):
            named = match.start() > 0 and text[match.start()].isupper()
            if not named and not any(at.start < match.end() and match.start() < at.end for _, at in found):
                found.append((way, Stretch(match.start(), match.end())))
    return sorted(found, key=lambda one: one[1].start)
