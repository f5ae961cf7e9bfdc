"""The same text about another place and time: figures, places, periods and report numbers changed, all else kept."""

from __future__ import annotations

import re
from random import Random

from eval.scale.places import Home
from ingest.domain import Report
from ingest.vi.places import LEVELS, type_of, without_type
from service.understand.places import place_names

QUARTERS = ("I", "II", "III", "IV")
_DISTRICT = 2
# What is not a figure comes first: numbering at the start of a line or of a heading in a path, marks of notes.
_CHANGED = (
    r"(?P<kept>(?:^|(?<=> )|(?<=\n))\s*[0-9]+(?:\.[0-9]+)*[.)/](?![0-9])|\[[0-9]+\]|(?<=[A-Za-zĐđ])[0-9]+)"
    r"|(?P<date>(?<![0-9])[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}(?![0-9]))"
    r"|(?P<year>(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]|[.,][0-9]))"
    r"|(?P<quarter>(?i:quý) (?:IV|III|II|I)(?!\w))"
    r"|(?P<month>(?<!\w)(?i:tháng) [0-9]{1,2}(?![0-9.,]))"
    r"|(?P<stretch>(?<![0-9])[0-9]{1,2} (?i:tháng)(?!\w))"
    r"|(?P<day>(?<!\w)(?i:ngày) [0-9]{1,2}(?![0-9]))"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
)


class Rewriter:
    """Changes texts of one report; equal pieces always change alike, so a note and its sentence still agree."""

    def __init__(self, report: Report, home: Home, *, year: int, quarter: int, chance: Random) -> None:
        """``report`` is the original, ``home``, ``year`` and ``quarter`` (1 to 4) what the made one is about."""
        self._years = year - _year_of(report)
        self._quarters = quarter - 1
        self._chance = chance
        self._numbers: dict[str, str] = {}
        self._places = _new_names(report, home)
        names = "|".join(re.escape(name) for name in sorted(self._places, key=len, reverse=True))
        self._changed = re.compile(rf"(?P<place>(?<!\w)(?:{names})(?!\w))|{_CHANGED}" if names else _CHANGED)

    def __call__(self, text: str) -> str:
        """Return ``text`` about the other place and time; the letters around what changes stay as they are."""
        return self._changed.sub(self._other, text)

    def _other(self, match: re.Match[str]) -> str:
        kind, text = match.lastgroup, match[0]
        if kind == "place":
            return self._places[text]
        if kind == "date":
            day, month, year = text.split("/")
            return f"{day}/{self._month(month)}/{int(year) + self._years}"
        if kind == "year":
            return str(int(text) + self._years)
        if kind == "quarter":
            word, number = text.split(" ")
            return f"{word} {QUARTERS[(QUARTERS.index(number) + self._quarters) % 4]}"
        if kind == "month":
            word, number = text.split(" ")
            return f"{word} {self._month(number)}"
        return self._number(text) if kind == "number" else text

    def _month(self, written: str) -> str:
        month = int(written)
        return str((month - 1 + 3 * self._quarters) % 12 + 1) if 1 <= month <= 12 else written

    def _number(self, written: str) -> str:
        if written not in self._numbers:
            lead = len(written) - len(written.lstrip("0"))
            digits = [
                str(self._chance.randint(1 if at == lead else 0, 9)) if at >= lead and ch.isdigit() else ch
                for at, ch in enumerate(written)
            ]
            self._numbers[written] = "".join(digits)
        return self._numbers[written]


def _year_of(report: Report) -> int:
    period, issued = report.meta.period, report.meta.issued_on
    if period is not None and period.year is not None:
        return period.year
    return issued.year if issued is not None else 2024


def _new_names(report: Report, home: Home) -> dict[str, str]:
    """Return bare name as written -> its new name; a name of one syllable only together with its type."""
    found = sorted({report.meta.area, *place_names(report.text)} - {""})
    communes = iter(home.communes * (1 + len(found) // len(home.communes)))
    changed: dict[str, str] = {}
    for name in found:
        kind, bare = type_of(name), without_type(name)
        level = LEVELS.get(kind, 0)
        new = next(communes) if level < _DISTRICT else (home.name if level == _DISTRICT else home.province)
        old, new = (bare, new) if " " in bare else (f"{kind} {bare}", f"{kind} {new}")
        changed.setdefault(old, new)
        changed.setdefault(old.upper(), new.upper())
    return changed
