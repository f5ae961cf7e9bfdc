"""Period and place of a follow-up: its own, completed by those of the question before it, or theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.domain import Period, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import Vague, period_label, resolve
from service.domain import Earlier
from service.understand.matter import inside
from service.understand.pieces import Pieces
from service.understand.place_parts import is_part
from service.understand.places import find_place

_SHORT = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CUMULATIVE)


class Part(StrEnum):
    """What a follow-up may leave out."""

    MATTER = "matter"  # đàn bò, vụ tai nạn giao thông
    ASKING = "asking"  # bao nhiêu con, đạt bao nhiêu % kế hoạch
    PERIOD = "period"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Scope:
    """Period and place as written into the new question ("" for none), and which of them are carried over."""

    period: str
    place: str
    carried: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Both, as they stand in a question."""
        return f"{self.period} {self.place}".strip()


def scope_of(old: Pieces, new: Pieces, *, newest: Period | None, spoken: str = "") -> Scope:
    """Return the period and place of the new question: its own, else those of the old one.

    ``newest`` is the period of the newest report, ``spoken`` the place the last answer named: what "xã này" is when no
    question named one.
    """
    carried = []
    if new.period_span is not None:
        period = _period_text(old, new, newest)
    else:
        period = old.words_at(old.period_span)
        carried += [Part.PERIOD] if period else []
    if new.place_span is not None:
        within = f" {old.place}" if is_part(new.place) and old.place and not is_part(old.place) else ""
        place = f"ở {new.words_at(new.place_span).removeprefix('ở ')}{within}" if within else f"ở {new.place}"
    elif new.whole:
        place = next((new.words_at(s) for s in new.tie_spans if fold(new.words_at(s)).startswith(("toan", "ca "))), "")
    else:
        place = "" if _asks_for_place(old, new) else old.words_at(old.place_span)
        if not place and spoken and "place" in new.ties:
            place = f"ở {spoken}"
        carried += [Part.PLACE] if place else []
    return Scope(inside(period), inside(place), tuple(carried))


def _asks_for_place(old: Pieces, new: Pieces) -> bool:
    """Tell whether ``new`` asks for a place of the sort ``old`` named ("xã nào?" after "ở xã X")."""
    asked = {word for ask in new.asks if ask.kind == "where" for word in fold(new.words_at(ask.span)).split()}
    return fold(old.place).split(" ")[0] in asked


def _period_text(old: Pieces, new: Pieces, newest: Period | None) -> str:
    """Return the new period in words, with the year or the months it leaves to the old one."""
    written = new.words_at(new.period_span)
    base = old.period if isinstance(old.period, Period) else None
    if isinstance(new.period, Vague):
        default = base or newest
        relative = Vague.SAME_PERIOD if new.period is Vague.LAST_YEAR else new.period
        if default is not None and default.year is None and newest is not None:
            default = replace(default, year=newest.year)
        if default is None or default.year is None:
            return written
        found = resolve(relative, default)
        return f"cả {period_label(found)}" if new.period is Vague.THIS_YEAR else period_label(found)
    if new.period is None or base is None:
        return written
    if new.period.year is None and base.year is not None and new.period.kind in _SHORT:
        return f"{written} năm {base.last_year or base.year}"
    whole_year = re.match(r"ca ", fold(written)) is not None
    if new.period.kind is PeriodKind.YEAR and base.kind in _SHORT and not whole_year:
        return period_label(replace(base, year=new.period.year))
    return written


def place_answered(earlier: Sequence[Earlier], places: Mapping[str, str]) -> str:
    """Return the place the last turn answered with ("xã nào ...?": "xã X"), "" when it named none or several."""
    short = earlier[-1].short_answer if earlier else ""
    found = find_place(short, places) if short else None
    return "" if found is None or "," in short or ";" in short else found[0]
