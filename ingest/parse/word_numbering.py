"""Automatic numbering of a Word file, as the text a reader sees ("1.2.", "a)", "-")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parse.word_package import Element, W, value

_PLACE = re.compile(r"%(\d)")
# Symbol and Wingdings bullets are letters of those fonts, stored in the private use area.
_SYMBOLS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "➢", "\uf02b": "+", "\uf0fc": "-"}
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: number format, text pattern, first number."""

    form: str
    text: str
    start: int


class Numbering:
    """The lists of a file with their counters; an absent part gives no markers."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for abstract in root.iter(f"{W}abstractNum") if root is not None else ():
            self._levels[str(abstract.get(f"{W}abstractNumId"))] = _read_levels(abstract)
        for one in root.iter(f"{W}num") if root is not None else ():
            identity = str(one.get(f"{W}numId"))
            self._lists[identity] = value(one, "abstractNumId") or ""
            self._overrides[identity] = {
                int(level.get(f"{W}ilvl", "0")): int(start)
                for level in one.iter(f"{W}lvlOverride")
                if (start := value(level, "startOverride")) and start.isdigit()
            }

    def next_marker(self, identity: str, level: int) -> str:
        """Count on in list ``identity`` and return its marker, "" when the list shows none."""
        kind = self._lists.get(identity)
        levels = self._levels.get(kind or "", {})
        if kind is None or level not in levels:
            return ""
        if levels[level].form == "bullet":
            return "".join(_SYMBOLS.get(ch, "•" if "\ue000" <= ch <= "\uf8ff" else ch) for ch in levels[level].text)
        counts = self._counts.setdefault(kind, {})
        override = self._overrides.get(identity, {}).pop(level, None)
        first = levels[level].start if override is None else override
        counts[level] = first if override is not None or level not in counts else counts[level] + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        return _PLACE.sub(lambda match: self._number(kind, int(match.group(1)) - 1), levels[level].text)

    def _number(self, kind: str, level: int) -> str:
        form = self._levels[kind].get(level)
        return _format(form.form, self._counts[kind].get(level, form.start)) if form else ""


def _read_levels(abstract: Element) -> dict[int, _Level]:
    levels = {}
    for level in abstract.iter(f"{W}lvl"):
        number, start = str(level.get(f"{W}ilvl", "0")), value(level, "start") or "1"
        if number.isdigit():
            levels[int(number)] = _Level(
                value(level, "numFmt") or "decimal", value(level, "lvlText") or "", int(start) if start.isdigit() else 1
            )
    return levels


def _format(form: str, number: int) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = to_roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        return letter if form == "upperLetter" else letter.lower()
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)


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
