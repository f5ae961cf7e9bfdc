"""The matter of a question: what is put in its place by a follow-up, and what may be asked of it."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.domain import Span
from ingest.vi.normalise import fold, unify
from ingest.vi.units import match_unit, unit_kind
from ingest.vi.word_tables import entries, rows
from ingest.vi.words import words
from service.understand.pieces import Pieces
from service.understand.question import Said

# Syllables of its own matter that make a question complete: two may be no more than another animal or crop.
OWN_MATTER = 3
_ABBREVIATION_CHARS = 3
# Nouns of measure that go with the thing measured: "diện tích lúa", then "còn ngô?".
_MEASURES = (
    "số lượng|khối lượng|diện tích|sản lượng|năng suất|giá trị sản xuất|giá trị|doanh thu|kinh phí|kim ngạch|"
    "tỷ lệ|tỉ lệ|tỷ trọng|tổng đàn|đàn|mật độ|chỉ số|công suất|dư nợ|tiến độ|tốc độ|giá bán bình quân|giá bán|"
    "tổng (?:công suất|sản lượng|diện tích|khối lượng|giá trị|doanh thu|kinh phí|chiều dài|dư nợ)|chiều dài|"
    "tổng số|tổng"
)
_AIMS = "(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?: giao)?(?: về)?"
_ASIDES = (
    *("đã", "chưa", "phải", "được", "bị", "cần", "đang", "sẽ", "vẫn", "còn", "lại", "rồi", "xong", "hết", "thêm"),
    *("mới", "cũng", "đều", "không", "trước", "sau", "nữa", "giờ"),
)
_SHARE_OF = re.compile("^(?:tỷ lệ|tỉ lệ|ty le|ti le|số|so) ")
_SEASON = " (?:vụ )?(?:đông xuân|hè thu|thu đông|xuân|mùa|chiêm)"


def replaced(old: Pieces, name: str, *, said: Said | None = None) -> tuple[tuple[Span, str], ...]:
    """Return the edits of ``old.text`` that put the matter ``name`` in place of its own.

    () where the question cannot be kept: it names no matter, or counts in a unit that does not go with the new one.

    A sister ("lúa", "ngô") takes its sister's place, a phrase that begins alike the rest of the old one; else the
    whole matter goes, and with it the unit it was measured in.
    """
    if _measure(name, accents=old.accents) == name and not is_consequence(name):
        return _other_measure(old, name)
    for run in (*old.counted, *old.topic):
        edit = _for_sister(old, run, name) or _from_head(old, run, name)
        if edit is not None:
            return (edit,)
    runs = old.topic if old.topic and _consequences_only(old) else old.counted or old.topic
    if not runs:
        return _for_unit(old, name)
    first, *others = runs
    if runs == old.counted and not _counts(old, name, said):
        return ()
    measure = _measure(old.words_at(first), accents=old.accents)
    takes = "" if _measure(name, accents=old.accents) else measure
    edits = [(first, f"{takes} {name}".strip()), *((run, "") for run in others)]
    if not takes and runs == old.topic and not old.counted and not _names_unit(old, name):
        edits += _plain(old)
    return tuple(edits)


def matter_of(old: Pieces, *, counted: bool) -> str:
    """Return the words of the matter of ``old``; with ``counted`` also what it counts ("số vụ tai nạn").

    Without ``counted`` what became of it is left out. A plan asked for before is not the matter itself.
    """
    main = old.main
    named = [run for run in old.topic if counted or not is_consequence(old.words_at(run))] or old.topic
    topic, rest = inside(old.words_at(*named)), old.words_at(*old.counted)
    topic = _aim(accents=old.accents).sub("", topic)
    topic = topic if counted else _without_deed(topic)
    unit = old.words_at(main.unit_span) if main is not None and unit_kind(main.unit) == "count" else ""
    if counted and unit and (rest or not topic or fold(unit) != "con"):
        return " ".join(part for part in ("số", unit, rest, topic) if part)
    if not counted and _consequences_only(old) and topic:
        return topic
    if unit and not topic and (len(rest.split()) < 2 or _consequences_only(old)):
        return f"{unit} {rest}".strip()
    return f"{topic} {rest}".strip()


def thing_in(topic: str) -> str:
    """Return ``topic`` without what became of it at its end ("hội thi tổ chức": "hội thi"); "" for an empty one."""
    spoken = topic.split()
    for size in (4, 3, 2):
        if len(spoken) - size >= 2 and is_consequence(" ".join(spoken[-size:])):
            return " ".join(spoken[:-size])
    return topic


def _without_deed(topic: str) -> str:
    """Return ``topic`` without what somebody did to it at its start ("chủ trì hội nghị": "hội nghị")."""
    spoken = topic.split()
    size = next((n for n in (3, 2) if len(spoken) - n > 1 and is_consequence(" ".join(spoken[:n]))), 0)
    return " ".join(spoken[size:])


def inside(part: str) -> str:
    """Return a piece as it stands inside a question: no capital of a first word, but those of an abbreviation."""
    return part if part[1:2].isupper() else f"{part[:1].lower()}{part[1:]}"


def is_consequence(text: str) -> bool:
    """Tell whether ``text`` names no matter of its own but what became of one ("chết", "tỷ lệ hoàn thành")."""
    known = _folded_consequences() if fold(text) == unify(text) else _consequences()
    bare = _SHARE_OF.sub("", unify(text))
    return unify(text) in known or bare in known or _aside(bare, folded=fold(text) == unify(text)) in known


def _aside(text: str, *, folded: bool) -> str:
    """Return unified ``text`` without the words of time and need around a deed ("còn lại chưa cấp": "cấp")."""
    asides = {fold(word) for word in _ASIDES} if folded else _ASIDES
    spoken = text.split()
    while len(spoken) > 1 and spoken[0] in asides:
        spoken.pop(0)
    while len(spoken) > 1 and spoken[-1] in asides:
        spoken.pop()
    return " ".join(spoken)


def own_size(new: Pieces) -> int:
    """Return how many syllables of a matter of its own a question has."""
    return sum(_size(new, run) for run in new.runs)


def ratio_to(new: Pieces) -> bool:
    """Tell whether ``new`` opens with a ratio of something unnamed: "bằng bao nhiêu % công suất thiết kế?"."""
    main = new.main
    return main is not None and main.unit == "%" and fold(new.text).startswith(("bang ", "chiem "))


def _size(new: Pieces, run: Span) -> int:
    """Return how many syllables of a matter a run has; an abbreviation in capitals is worth a whole matter."""
    text = new.words_at(run)
    if is_consequence(text):
        return 0
    spoken = [text[w.start : w.end] for w in words(text)]
    return sum(OWN_MATTER if word.isupper() and len(word) >= _ABBREVIATION_CHARS else 1 for word in spoken)


def unit_of(text: str) -> str:
    """Return the unit a consequence is counted in ("chết": "người"), "" where that is open."""
    return _consequences().get(unify(text)) or _folded_consequences().get(fold(text), "")


@lru_cache(maxsize=2)
def _aim(*, accents: bool) -> re.Pattern[str]:
    return re.compile(rf"^(?:{_AIMS if accents else fold(_AIMS)}) (?=\w+ \w)", re.IGNORECASE)


def _consequences_only(old: Pieces) -> bool:
    return bool(old.counted) and all(is_consequence(old.words_at(run)) for run in old.counted)


def _for_sister(old: Pieces, run: Span, name: str) -> tuple[Span, str] | None:
    """Return the edit that puts ``name`` in the place of a sister word in ``run``."""
    form, own = (unify, unify(name)) if old.accents else (fold, fold(name))
    text = form(old.words_at(run))
    for group in _sisters(accents=old.accents):
        if own not in group:
            continue
        for sister in sorted(group, key=len, reverse=True):
            season = _SEASON if old.accents else fold(_SEASON)  # "lúa xuân": the next crop has seasons of its own
            match = re.search(rf"(?<!\w){re.escape(sister)}(?:{season})?(?!\w)", text)
            if match is not None:
                return Span(run.start + match.start(), run.start + match.end()), name
    return None


def _from_head(old: Pieces, run: Span, name: str) -> tuple[Span, str] | None:
    """Return the edit that puts ``name`` in place of the end of ``run`` that begins with the same word."""
    form = unify if old.accents else fold
    head = words(form(name))[0].text
    at = next((w.start for w in words(form(old.words_at(run))) if w.text == head), None)
    return None if at is None else (Span(run.start + at, run.end), name)


def _for_unit(old: Pieces, name: str) -> tuple[tuple[Span, str], ...]:
    """Return the edit for a question that counts and names nothing else ("bao nhiêu hộ nghèo?")."""
    main = old.main
    if main is None or main.unit_span is None:
        return ()
    unit = old.words_at(main.unit_span)
    sister = _for_sister(old, main.unit_span, name)
    if sister is not None:
        return (sister,)
    own = match_unit(name, 0)
    if own is not None and own[1] == len(name) and unit_kind(own[0]) == "count":
        return ((main.unit_span, name),)
    if _has_noun(name, unit):
        return ()
    return ((Span(main.unit_span.end, main.unit_span.end), f" {name}"),)


def _names_unit(old: Pieces, name: str) -> bool:
    """Tell whether ``name`` has the noun counted by ("bao nhiêu lượt khách", then "khách nước ngoài?")."""
    main = old.main
    return main is not None and main.unit_span is not None and _has_noun(name, old.words_at(main.unit_span))


def _has_noun(name: str, unit: str) -> bool:
    """Tell whether ``name`` has the last word of a counted noun ("cận nghèo" that of "hộ nghèo")."""
    return words(unit)[-1].folded in {word.folded for word in words(name)}


def _measure(text: str, *, accents: bool) -> str:
    """Return the noun of measure ``text`` opens with, with the unit after "số", as written; "" for none."""
    form = unify(text) if accents else fold(text)
    match = re.match(rf"(?:{_MEASURES if accents else fold(_MEASURES)})(?!\w)", form)
    return text[: match.end()] if match else ""


def _other_measure(old: Pieces, name: str) -> tuple[tuple[Span, str], ...]:
    """Return the edits that ask another measure of the same thing ("diện tích lúa", then "sản lượng?")."""
    main = old.main
    if not old.runs:
        return ((main.span, f"{name} {old.words_at(main.unit_span)} là bao nhiêu"),) if main is not None else ()
    first = old.runs[0]
    measure = _measure(old.words_at(first), accents=old.accents)
    thing = inside(old.words_at(first)[len(measure) :])
    edit = first, f"{name}{thing}" if measure else f"{name} {thing}"
    if old.counted and main is not None and main.kind == "many":  # "nạo vét bao nhiêu km kênh", then "khối lượng?"
        end = len(old.text)
        return (edit, (main.span, ""), (Span(end, end), " là bao nhiêu"))
    return (edit, *_plain(old))


def _plain(old: Pieces) -> list[tuple[Span, str]]:
    """Return the edit that leaves "bao nhiêu" without its unit."""
    main = old.main
    if main is None or main.unit_span is None or unit_kind(main.unit) in ("percent", "ratio"):
        return []
    if main.kind == "number":
        return [(main.span, "")]
    return [(Span(main.unit_span.start - 1, main.unit_span.end), "")]


def _counts(old: Pieces, name: str, said: Said | None) -> bool:
    """Tell whether the unit of ``old`` also counts ``name``: the reports say them side by side ("vụ cháy")."""
    main = old.main
    if main is None or main.unit_span is None or said is None:
        return True
    opening = match_unit(name, 0)
    if opening is not None and unit_kind(opening[0]) == "count" and " " in opening[0]:
        return False
    return said(fold(f"{old.words_at(main.unit_span)} {words(name)[0].text}"))


@lru_cache(maxsize=1)
def _consequences() -> dict[str, str]:
    return {unify(words_): unit for words_, unit in rows("service.understand", "consequences.tsv")}


@lru_cache(maxsize=1)
def _folded_consequences() -> dict[str, str]:
    return {fold(name): unit for name, unit in _consequences().items()}


@lru_cache(maxsize=2)
def _sisters(*, accents: bool) -> tuple[frozenset[str], ...]:
    form = unify if accents else fold
    groups = [line.split("|") for line in entries("service.understand", "siblings.txt")]
    return tuple(frozenset(form(name.strip()) for name in group) for group in groups)
