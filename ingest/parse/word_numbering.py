"""Automatic numbering of a Word file, as the text a reader sees ("1.2.", "a)", "-")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parse.word_package import MC, Element, W, is_on, value
from ingest.parse.word_styles import ListPlace, Styles
from ingest.parse.word_symbols import bullet

_PLACE = re.compile(r"%(\d)")
_LEVELS = 9
_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# What a style that stands for a list may stand for in turn; more is a loop.
_MAX_LINKS = 4


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list. ``listed``: the numbers written out by a custom format; ``restart``: see w:lvlRestart."""

    form: str
    text: str
    start: int
    style: str = ""
    font: str = ""
    suffix: str = " "
    legal: bool = False
    restart: int | None = None
    listed: tuple[str, ...] = ()


class Numbering:
    """The lists of a file with their counters; an absent part gives no markers."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        for abstract in root.iter(f"{W}abstractNum") if root is not None else ():
            identity = str(abstract.get(f"{W}abstractNumId"))
            self._levels[identity] = _read_levels(abstract)
            if (style := value(abstract, "numStyleLink")) is not None:
                links[identity] = style
        for one in root.iterchildren(f"{W}num") if root is not None else ():
            self._read_list(one)
        for identity, kind in self._lists.items():
            for _ in range(_MAX_LINKS):
                if kind not in links:
                    break
                kind = self._lists.get(styles.list_of(links[kind]), kind)
            self._lists[identity] = kind

    def next_marker(self, place: ListPlace) -> str:
        """Count on at ``place`` and return its marker with the blank behind it, "" when the list shows none."""
        kind = self._lists.get(place.identity)
        if kind is None:
            return ""
        levels = self._levels.get(kind, {}) | self._own.get(place.identity, {})
        at = place.level
        if at is None:
            at = next((number for number, one in levels.items() if one.style and one.style == place.style), 0)
        if at not in levels:
            return ""
        level = levels[at]
        if level.form == "bullet":
            sign = bullet(level.text, level.font)
            return f"{sign} " if sign else ""
        self._count(place.identity, kind, at, levels)
        counts = self._counts[kind]

        def number(match: re.Match[str]) -> str:
            of = int(match.group(1)) - 1
            if of not in levels:
                return ""
            form = levels[of] if not (level.legal and of != at) else _Level("decimal", "", levels[of].start)
            return _format(form, counts.get(of, levels[of].start), legal=level.legal)

        marker = _PLACE.sub(number, level.text)
        return marker + level.suffix if marker.strip() and not marker.endswith(" ") else marker

    def _count(self, identity: str, kind: str, at: int, levels: dict[int, _Level]) -> None:
        counts = self._counts.setdefault(kind, {})
        own = self._starts.get(identity, {})
        fresh = at in own and (identity, at) not in self._begun
        if fresh or at not in counts:
            counts[at] = own.get(at, levels[at].start)
        else:
            counts[at] += 1
        self._begun.add((identity, at))
        for deeper in range(at + 1, _LEVELS):
            after = levels[deeper].restart if deeper in levels else None
            if after is None or at < after:
                counts.pop(deeper, None)

    def _read_list(self, one: Element) -> None:
        identity = str(one.get(f"{W}numId"))
        self._lists[identity] = value(one, "abstractNumId") or ""
        for override in one.iterchildren(f"{W}lvlOverride"):
            number, start = str(override.get(f"{W}ilvl", "0")), value(override, "startOverride") or ""
            if number.isdigit() and start.isdigit():
                self._starts.setdefault(identity, {})[int(number)] = int(start)
            self._own.setdefault(identity, {}).update(_read_levels(override))


def _read_levels(holder: Element) -> dict[int, _Level]:
    levels = {}
    for level in holder.iterchildren(f"{W}lvl"):
        number, start, restart = str(level.get(f"{W}ilvl", "0")), value(level, "start"), value(level, "lvlRestart")
        if not number.isdigit():
            continue
        form, listed = _read_form(level)
        fonts = level.find(f"{W}rPr/{W}rFonts")
        levels[int(number)] = _Level(
            form,
            value(level, "lvlText") or "",
            int(start) if start and start.isdigit() else 1 if start is None else 0,
            style=value(level, "pStyle") or "",
            font=str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else "",
            suffix="" if value(level, "suff") == "nothing" else " ",
            legal=is_on(level, "isLgl") is True,
            restart=int(restart) if restart and restart.isdigit() else None,
            listed=listed,
        )
    return levels


def _read_form(level: Element) -> tuple[str, tuple[str, ...]]:
    """Return the number format of a level, and the numbers that a custom one lists ("a, b, c, d, đ, e")."""
    found = level.find(f"{W}numFmt")
    if found is None:
        found = level.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if found is None:
        return "decimal", ()
    listed = tuple(part.strip() for part in str(found.get(f"{W}format", "")).split(",") if part.strip(" ."))
    return str(found.get(f"{W}val", "")) or "decimal", tuple(part for part in listed if set(part) != {"…"})


def _format(level: _Level, number: int, *, legal: bool) -> str:
    form = "decimal" if legal and level.form != "none" else level.form
    if form == "custom" and level.listed:
        return _custom(level.listed, number)
    if form in ("upperRoman", "lowerRoman"):
        roman = to_roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        return letter if form == "upperLetter" else letter.lower()
    if form in ("vietnameseCounting", "cardinalText"):
        return _in_words(number).capitalize()
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _custom(listed: tuple[str, ...], number: int) -> str:
    if listed[0].isdigit():  # "001, 002, 003, ...": so many digits
        return str(number).zfill(len(listed[0]))
    return listed[number - 1] if 0 < number <= len(listed) else str(number)


def _in_words(number: int) -> str:
    """Return a number from 0 to 99 in Vietnamese words, in digits above."""
    tens, units = divmod(number, 10)
    if not 0 <= number < 100:
        return str(number)
    if not tens:
        return _UNITS[units]
    head = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    tail = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(units, _UNITS[units])
    return f"{head} {tail}".strip()


def to_roman(number: int) -> str:
    """Return ``number`` in capital Roman digits, "" for numbers below 1 or above 399."""
    if not 0 < number < 400:
        return ""
    parts = []
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value_, sign in signs:
        count, number = divmod(number, value_)
        parts.append(sign * count)
    return "".join(parts)
