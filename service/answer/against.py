"""Set against a base in words: "cao hơn bình quân chung cả nước", "giảm so với 4,1% của tháng 7", "bằng cùng kỳ"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, sentence_candidates
from service.answer.query_words import Scorer, scorer
from service.answer.tokens import bag, key, keys
from service.answer.views import segments
from service.domain import Query, Want
from service.understand import stance
from service.understand.question import naming
from service.understand.stance import Direction

# What is compared with, besides an aim: others' average, or the same thing at another time.
_AVERAGE = (
    r"(?:(?:mức )?(?:bình quân|trung bình)|mặt bằng)(?: chung)?(?: (?:của )?(?:cả nước|toàn quốc|toàn tỉnh|tỉnh|vùng"
    r"|khu vực|thành phố|huyện))?|mức chung|cả nước|toàn quốc"
)
_EARLIER = (
    r"cùng kỳ(?: năm (?:trước|ngoái|học trước|\d{4}))?|năm (?:trước|ngoái|học trước|\d{4})"
    r"|(?:tháng|quý) (?:trước|\d{1,2}|[ivx]+)(?: năm \d{4})?|(?:đầu|cuối) năm"
)
_UP = r"(?:cao|nhiều|lớn|nhanh|tốt|đông) hơn|tăng(?! (?:cường|trưởng))|vượt(?! (?:cấp|khó))"
_DOWN = r"(?:thấp|ít|nhỏ|chậm|kém) hơn|giảm(?! (?:nghèo|thiểu))|chưa bằng"
_EVEN = r"bằng|tương đương|ngang(?: bằng)?|không (?:tăng|giảm|đổi|thay đổi)"
_ALONE = r"không (?:tăng,? ?)?không giảm|không tăng,? không giảm|không (?:thay )?đổi|giữ nguyên"
# By how much something rose says that it did, whatever it is set against.
_BY_AMOUNT = (
    r"|(?<!\w)(?:(?P<rose>tăng)|(?P<fell>giảm))(?: (?:khoảng|gần|hơn|trên|từ|nhẹ|mạnh))? \d(?:[^,;()]|,(?=\d))*"
)
# How what is still said of the same thing goes on behind a comma.
_GOES_ON = re.compile(
    r"\s*(?:(?:nhưng|và|song|tuy nhiên|chỉ|mới|cũng|đã) )*(?:đạt|bằng|tăng|giảm|vượt|chiếm|ước|còn|hơn"
    r"|cao hơn|thấp hơn|nhiều hơn|ít hơn|kém|tương đương|ngang|chưa|không|xếp|so với|\d)(?!\w)|\s*\d"
)
# Words of a question that say what is compared with, and name nothing.
_BASE_WORDS = frozenset(
    """muc binh quan trung mat bang chung ca nuoc toan quoc tinh so voi hon ngang the nao ra sao nho dau lai nay vung
    ky cung truoc ngoai nam thang hoc tuong duong khien manh len xuong hang bac""".split()  # noqa: SIM905
)
_SUBJECT = 0.75  # share of what is asked about that a clause with its headings must say
_HOW = re.compile(r"so với [^?]*(?:thế nào|ra sao|thì sao)")
# What a change is counted in: "tăng 02 vụ".
_COUNTED = re.compile(r"^(?:tăng|giảm)(?: \w+)? \d[\d.,/]*\s([^\W\d]+)")
_YEAR = re.compile(r"\d{4}")


class Stand(StrEnum):
    """How something stands to a base."""

    UP = "up"
    DOWN = "down"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Against:
    """The sentence that says how the subject of a question stands to a base, and its words for that."""

    choice: Choice
    stand: Stand
    words: str


def asked_stand(query: Query) -> Stand | None:
    """Return how a question takes its subject to stand to its base; None where it leaves that open or says neither."""
    way = stance.direction(query)
    if way is not None:
        return Stand.UP if way is Direction.UP else Stand.DOWN
    low = unify(query.text)
    return Stand.EVEN if re.search(rf"(?<!\w)(?:{_EVEN})(?: với)?(?: {{0,1}})(?:{_AVERAGE}|{_EARLIER})", low) else None


def others_average(query: Query) -> bool:
    """Tell whether a question sets its subject against the average of others ("cao hơn bình quân cả nước")."""
    low = unify(query.text)
    compared = stance.direction(query) is not None or _HOW.search(low) is not None or asked_stand(query) is not None
    return compared and query.accents and re.search(rf"(?<!\w)(?:{_AVERAGE})(?!\w)", low) is not None


def told_against(query: Query, material: Material) -> Against | None:
    """Return what the report says in words of the subject of ``query`` and the base it names; None where it does not.

    The first such words behind the subject count, up to the end of its part of the sentence. A question without
    accents, or without a base, is told nothing.
    """
    base = _base(query)
    subject = _subject(query)
    one = scorer(subject, material.rarity)
    if base is None or not one.terms:
        return None
    pattern = re.compile(
        rf"(?<!\w)(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<even>{_EVEN}))(?P<gap>(?:[^,;()]|,(?=\d)){{0,40}}?)"
        rf"(?<!\w)(?P<base>{base})(?!\w)|(?P<alone>{_ALONE})" + (_BY_AMOUNT if base is _EARLIER else "")
    )
    asked_years = set(_YEAR.findall(query.text))
    for candidate in sentence_candidates(one, material):
        if candidate.score.fit < weights.ANSWERABLE_TEXT:
            break
        found = _told_in(one, candidate, pattern, asked_years)
        if found is not None:
            return found
    return None


def _base(query: Query) -> str | None:
    low = unify(query.text) if query.accents else ""
    if re.search(rf"(?<!\w)(?:{_AVERAGE})(?!\w)", low):
        return _AVERAGE
    compares = stance.direction(query) is not None or "tăng hay giảm" in low or "giảm hay tăng" in low
    return _EARLIER if compares and not stance.asks_plan(query) else None


def _subject(query: Query) -> Query:
    bare = stance.as_figure(naming(query), None)
    words = frozenset(fold("tăng giảm hay vượt cao thấp nhiều ít lớn nhỏ nhanh chậm").split()) | _BASE_WORDS
    terms = tuple(t for t in bare.terms if fold(t) not in words and not t.isdigit())
    return replace(bare, terms=terms, want=Want.TEXT, role=None, unit="", others=(), parts=(), extreme=None)


def _told_in(one: Scorer, candidate: Candidate, pattern: re.Pattern[str], years: set[str]) -> Against | None:
    text = candidate.view.reading.text
    for part in segments(text, candidate.stretch.start, candidate.stretch.end):
        clause = text[part.start : part.end]
        if one.coverage(((bag(clause), 1.0), (candidate.view.heading, weights.ZONE_HEADING))) < _SUBJECT:
            continue
        match = _telling(one, unify(clause), pattern, years)
        if match is None:
            continue
        named = match.groupdict()
        up, down = named["up"] or named.get("rose"), named["down"] or named.get("fell")
        stand = Stand.UP if up else Stand.DOWN if down else Stand.EVEN
        chosen = replace(candidate, stretch=part)
        return Against(Choice(chosen, (), older=False), stand, clause[match.start() : match.end()].strip(" ."))
    return None


def _telling(one: Scorer, low: str, pattern: re.Pattern[str], years: set[str]) -> re.Match[str] | None:
    """Return the words of a unified clause that say how the subject stands: of several those that name it themselves
    ("tăng 02 vụ, giảm 01 người chết"), else the first behind it; None for none."""
    begin = _behind_subject(one, low)
    subject = {folded for _, folded, _ in one.terms}
    best: tuple[int, re.Match[str]] | None = None
    for match in pattern.finditer(low, begin) if begin is not None else ():
        if match["even"] and re.search(r"\d", match["gap"]):
            continue  # "bằng 98,2% so với cùng kỳ" is a figure's to tell
        told_years = set(_YEAR.findall(match["base"] or ""))
        if not _of_one_thing(low[begin : match.start()]) or (years and told_years and not told_years <= years):
            break
        said = {fold(k) for k in keys(match.group())}
        counted = _COUNTED.search(match.group())
        if counted is not None and not _counts(counted[1], subject, low[:begin]):
            continue
        if best is None or len(said & subject) > best[0]:
            best = len(said & subject), match
    return best[1] if best is not None else None


def _counts(noun: str, subject: set[str], before: str) -> bool:
    """Tell whether a change counted in ``noun`` may be the subject's: asked for by it, or the last amount is in it."""
    amounts = re.findall(r"\d\s([^\W\d]+)", before)
    return fold(noun) in subject or fold(noun) in ("so", "diem", "lan") or (bool(amounts) and amounts[-1] == noun)


def _of_one_thing(between: str) -> bool:
    """Tell whether every piece behind a comma still speaks of what stands before it ("840 con, đạt 105% kế hoạch,")."""
    pieces = re.split(r"[,:](?!\d)", between)[1:]
    return all(_GOES_ON.match(piece) or not piece.strip() for piece in pieces)


def _behind_subject(one: Scorer, low: str) -> int | None:
    """Return where the last of the subject's words first ends in a unified clause; None where it has none of them."""
    first: dict[str, int] = {}
    for match in re.finditer(r"\w+", low):
        first.setdefault(fold(key(match.group())), match.end())
    return max((first[folded] for _, folded, _ in one.terms if folded in first), default=None)
