"""Units of figures: canonical names, equal spellings, scales of money. The table is ``units.tsv``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ingest.vi.normalise import fold, unify
from ingest.vi.word_tables import entries, rows

_SCALES = {
    "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000,
    "triệu": 1_000_000, "tr": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
_CANONICAL_SCALE = {"ngàn": "nghìn", "tr": "triệu", "tỉ": "tỷ"}
_MONEY_SCALES = ("triệu", "tỷ", "nghìn tỷ", "triệu tỷ", "trăm triệu")
# "bác sĩ/10.000 dân", "USD/1 thùng": the number of a denominator is a power of ten, unlike "25 lượt/28 người".
# "33 người/chỉ tiêu 60 người": behind that stroke stands what the number is held against.
_PER = r"\s?/\s?(?!ch[ỉi] ti[êe]u(?!\w))(?:10{0,2}(?:\.000)*\s)?"
_WINDOW = 72  # characters looked at after a number; longer than any unit of the table


def match_unit(text: str, at: int) -> tuple[str, int] | None:
    """Return the canonical unit that starts at ``text[at:]`` (one blank may stand before it) and where it ends.

    None when no unit of the table stands there. Text typed without accents is understood ("ty dong", "vu").
    A scale alone ("27 tỷ") is money: "tỷ đồng".
    """
    window = unify(text[at : at + _WINDOW])
    match = _pattern(plain=False).match(window)
    if match is None:
        window = fold(window)
        if window != unify(text[at : at + _WINDOW]):
            window = window[: max(0, window.rfind(" ", 0, _first_accent(text[at : at + _WINDOW])))]
        match = _pattern(plain=True).match(window)
        if match is not None and _pattern(plain=False).match(unify(text[at : at + match.end()])):
            return None  # spelled with its accents, so what follows makes another word of it
    elif fold(window) == window:
        # A text without accents may have dropped them: "khu vuc" is no "khu", the longer name is meant.
        longer = _pattern(plain=True).match(window)
        match = longer if longer is not None and longer.end() > match.end() else match
    if match is None:
        return None
    return _canonical(match), at + match.end()


def scale_at(text: str, at: int) -> tuple[str, int] | None:
    """Return the canonical scale words at ``text[at:]`` ("nghìn tỷ") and where they end, or None."""
    match = _scale_pattern().match(unify(text[at : at + _WINDOW]))
    if match is None:
        return None
    return " ".join(_scale_name(word) for word in match[0].split()), at + match.end()


def unit_kind(unit: str) -> str:
    """Return "money", "percent", "ratio", "measure" or "count" for a canonical unit; "count" for an unknown one."""
    scale, base = split_scale(unit)
    head = base.split("/")[0]
    if not head and scale:
        return "money"
    return _kinds().get(head, "count")


def is_unit(text: str) -> bool:
    """Tell whether ``text`` is a canonical unit of the table, without scale or denominator."""
    return text in _kinds()


def same_unit(first: str, second: str) -> bool:
    """Tell whether two canonical units count the same thing: "trường học" and "trường", "suất quà" and "suất".

    Scales are left aside ("tỷ đồng" and "triệu đồng" are one unit); denominators must agree. A unit that is only a
    sort of another ("hộ nghèo" of "hộ") is not the same.
    """
    return _plain_unit(first) == _plain_unit(second)


def same_measure(first: str, second: str) -> bool:
    """Tell whether amounts of two canonical units answer one "bao nhiêu": the same unit, or both money."""
    return same_unit(first, second) or unit_kind(first) == unit_kind(second) == "money"


def same_count(first: str, second: str) -> bool:
    """Tell whether two canonical units measure alike, or one counts a sort of the other ("hộ nghèo", "hộ")."""
    one, other = unify(first), unify(second)
    sort = bool(one and other) and (one.startswith(f"{other} ") or other.startswith(f"{one} "))
    return same_measure(first, second) or sort


def split_scale(unit: str) -> tuple[str, str]:
    """Split a canonical unit into scale and base: "nghìn tỷ đồng" gives ("nghìn tỷ", "đồng"), "con" ("", "con")."""
    words = unit.split(" ")
    count = 0
    while count < len(words) and words[count] in _SCALES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def to_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return the value in the unit without its scale: (14.350, "tỷ đồng") gives (14350000000, "đồng")."""
    scale, base = split_scale(unit)
    return value * scale_factor(scale), base


def scaled(unit: str) -> tuple[str, ...]:
    """Return an amount of money's unit in its scales, the greatest first; () for any other unit, also per head."""
    if unit_kind(unit) != "money" or "/" in unit:
        return ()
    base = split_scale(unit)[1]
    return tuple(f"{scale} {base}".strip() for scale in ("tỷ", "triệu", ""))


def scale_factor(scale: str) -> Decimal:
    """Return what a scale multiplies by: "" 1, "nghìn tỷ" 10¹². Raises KeyError for a word that is no scale."""
    factor = Decimal(1)
    for word in scale.split():
        factor *= _SCALES[word]
    return factor


def canonical_unit(text: str) -> str:
    """Return the canonical form of a unit text ("Tr Đ/ha" gives "triệu đồng/ha"), or it collapsed if unknown."""
    tidy = " ".join(text.split())
    found = match_unit(tidy, 0)
    return found[0] if found and found[1] == len(tidy) else tidy


def _plain_unit(unit: str) -> tuple[str, ...]:
    base = split_scale(" ".join(unify(unit).split()))[1]
    equals = _equals()
    return tuple(equals.get(part.strip(), part.strip()) for part in base.split("/"))


@cache
def _equals() -> dict[str, str]:
    """Unit -> the first of those that mean the same, by the table ``same_units.txt``."""
    groups = [line.split(" = ") for line in entries("ingest.vi", "same_units.txt")]
    return {unify(name.strip()): unify(group[0].strip()) for group in groups for name in group}


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    return tuple(
        (canonical, tuple(part for part in others.split("|") if part), kind)
        for canonical, others, kind in rows("ingest.vi", "units.tsv")
    )


@cache
def _kinds() -> dict[str, str]:
    return {canonical: kind for canonical, _, kind in _rows()}


@cache
def _spellings(*, plain: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for canonical, others, _ in _rows():
        for spelling in (unify(canonical), *others):
            found.setdefault(fold(spelling) if plain else spelling, canonical)
    return found


@cache
def _pattern(*, plain: bool) -> re.Pattern[str]:
    strip = fold if plain else str
    unit = "(?:" + "|".join(_names(plain=plain, alone=True)) + ")"
    money = "(?:" + "|".join(_names(plain=plain, alone=False)) + ")"
    # Without accents "van" is "văn" or "vận" far more often than "vạn".
    scales = [strip(word) for word in _SCALES if not (plain and word == "vạn")]
    scale = "(?:" + "|".join(sorted(scales, key=len, reverse=True)) + ")"
    scaled = rf"(?P<scale>{scale}(?:\s{scale})?(?!\w))"
    per = rf"(?P<per>(?:{_PER}{unit})*)"
    return re.compile(
        rf"\s?(?:{scaled}\s(?P<scaled>{money}){per}|{unit.replace('(?:', '(?P<unit>', 1)}"
        rf"{per.replace('<per>', '<per2>')}|(?P<alone>{scale}(?:\s{scale})?)(?!\w))"
    )


def _names(*, plain: bool, alone: bool) -> list[str]:
    """Return the patterns of unit spellings, the longest first.

    ``alone``: no scale stands before; "05 đồng bào" then counts no money, while "5 tỷ đồng bộ ..." does.
    """
    goes_on = _longer(plain=plain) if alone else {}
    found = []
    for name in sorted(_spellings(plain=plain), key=len, reverse=True):
        if not alone and name in (fold("đồng chí"), "đồng chí", fold("đồng phạm"), "đồng phạm"):
            continue
        longer = goes_on.get(name)
        word_end = r"(?!\w)" if name[-1].isalnum() else ""
        found.append(re.escape(name) + word_end + (rf"(?!\s(?:{longer})(?!\w))" if longer else ""))
    return found


@cache
def _longer(*, plain: bool) -> dict[str, str]:
    """Unit -> what makes another word of it, by the table ``longer_words.txt``."""
    told = [line.partition(": ") for line in entries("ingest.vi", "longer_words.txt")]
    strip = fold if plain else str
    return {strip(unit): "|".join(strip(word) for word in rest.split()) for unit, _, rest in told}


@cache
def _scale_pattern() -> re.Pattern[str]:
    scale = "(?:" + "|".join(sorted(_SCALES, key=len, reverse=True)) + ")"
    return re.compile(rf"\s?{scale}(?:\s{scale})?(?!\w)")


def _canonical(match: re.Match[str]) -> str:
    plain = match.re is _pattern(plain=True)
    spellings = _spellings(plain=plain)
    scale = " ".join(_scale_name(word) for word in (match["scale"] or match["alone"] or "").split())
    if match["alone"]:
        return f"{scale} đồng" if scale in _MONEY_SCALES else scale
    name = spellings[match["scaled"] or match["unit"]]
    parts = [f"{scale} {name}" if scale else name]
    for part in re.split(r"\s?/\s?", match["per"] or match["per2"] or "")[1:]:
        bare = re.sub(r"^10{0,2}(?:\.000)*\s", "", part)
        count = part[: len(part) - len(bare)]
        parts.append(("" if count.strip() == "1" else count) + spellings[bare])
    return "/".join(parts)


def _scale_name(word: str) -> str:
    for scale in _SCALES:
        if word in (scale, fold(scale)):
            return _CANONICAL_SCALE.get(scale, scale)
    return word


def _first_accent(text: str) -> int:
    unified = unify(text)
    return next((at for at, (ch, bare) in enumerate(zip(unified, fold(unified), strict=True)) if ch != bare), len(text))
