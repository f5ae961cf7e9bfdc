"""A paragraph laid out for reading figures: quantities, periods, places, brackets and sentences in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Period, PeriodKind, Reading, Span
from ingest.vi.brackets import blank_closed
from ingest.vi.listed import with_listed
from ingest.vi.normalise import unify
from ingest.vi.not_figures import masked
from ingest.vi.periods import Vague, find_periods, find_vague, is_base
from ingest.vi.places import Place, find_places
from ingest.vi.quantities import Quantity, find_quantities
from ingest.vi.sentences import clauses, sentences

_PREPOSITION = re.compile(
    r"(?<!\w)(?:(?:tính\s)?đến(?:\shết)?|trong(?:\scả)?|của|vào|từ|cả|riêng|(?:vào\s)?(?:cuối|đầu|giữa))\s$"
)
# "cuối năm 2022", "đến hết năm": a status at the end of a year, wherever it stands before the number.
_STATUS = re.compile(r"(?:(?:tính )?đến )?(?:cuối|hết) năm(?!\w)")
_CUT_OFF = re.compile(r"(?<!\w)(?<!\d )đến(?: hết)?\s$")  # "từ ngày 14 đến ngày 22/01" is a stretch of time
_SINCE = re.compile(r"(?<!\w)(?:từ|trước|sau|kể từ|của)\s$")
_STRONG = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CUMULATIVE)
_TIMELY = (Vague.TO_DATE, Vague.THIS_MONTH, Vague.THIS_QUARTER, Vague.THIS_YEAR)
_ONLY_FILLER = re.compile(
    r"[\s,:–-]*(?:(?:trong|ước|đến|tính|cả|từ|riêng|kết thúc|hết|thực hiện|phấn đấu|dự kiến|đạt|là|có|khoảng|trên|hơn"
    r"|gần|tăng|giảm|bằng|toàn|tỉnh|huyện|thành phố|xã|đã|hiện|được|còn|chỉ|mới)[\s,:–-]*)*"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A period named at ``span``.

    ``compared`` when it is only what something is compared with; ``aside`` when it only says from when to when the
    period before it runs: "quý I (từ ngày 15/12/2022 đến ngày 14/3/2023)".
    """

    span: Span
    period: Period | Vague
    compared: bool
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """``low`` is the unified text, ``quiet`` and ``shown`` are ``low`` and ``text`` with the periods blanked."""

    text: str
    low: str
    quiet: str
    shown: str
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    sentences: tuple[tuple[int, int], ...]

    def clause_at(self, sentence: tuple[int, int], at: int, until: int) -> tuple[int, int]:
        """Return the clause of a sentence that holds ``[at, until)``, or the clauses where a unit has a comma in it.

        The whole sentence where none does.
        """
        inside = [(sentence[0] + start, sentence[0] + end) for start, end in clauses(self.text[slice(*sentence)])]
        met = [one for one in inside if one[0] < until and at < one[1]]
        return (met[0][0], met[-1][1]) if met else sentence

    def is_strong(self, mention: Mention, start: int, at: int) -> bool:
        """Tell whether a period in ``[start, at)`` dates the quantity at ``at``, rather than belonging to a name.

        Months and quarters do, so do the end of a year and a cut-off date; a year or a day only where its clause opens
        with it or where it stands next to the number.
        """
        if mention.compared or mention.aside:
            return False
        if isinstance(mention.period, Vague):
            timely = mention.period in _TIMELY or self._opens_bracket(mention)
            return timely or _ONLY_FILLER.fullmatch(self.low, mention.span.end, at) is not None
        if mention.period.kind in _STRONG or (mention.period.kind is PeriodKind.RANGE and mention.period.first_month):
            return True
        if self.is_status(mention):
            return True
        if mention.period.kind is PeriodKind.DATE:
            lead = self.low[max(0, mention.span.start - 10) : mention.span.start]
            if _CUT_OFF.search(lead):
                return True
            if _SINCE.search(lead):
                return False
        opened = max(self.low.rfind(",", start, mention.span.start), start - 1) + 1
        return (
            _ONLY_FILLER.fullmatch(self.low, opened, mention.span.start) is not None
            or _ONLY_FILLER.fullmatch(self.low, mention.span.end, at) is not None
        )

    def _opens_bracket(self, mention: Mention) -> bool:
        """Tell whether a past period opens a bracket: all that follows in it is of then, "(CKNT tiêu hủy 12 con)"."""
        past = mention.period in (Vague.SAME_PERIOD, Vague.LAST_YEAR)
        return past and self.text[: mention.span.start].rstrip().endswith("(")

    def place_before(self, start: int, at: int) -> str | None:
        """Return the place that ``[start, at)`` names outside closed brackets: one, or the smallest of a chain."""
        open_text = blank_closed(self.text[start:at])
        inside = [p for p in self.places if start <= p.start and p.end <= at and open_text[p.start - start] != " "]
        if len(inside) == 1:
            return inside[0].name
        if not inside or len({place.level for place in inside}) != len(inside):
            return None
        return min((place for place in inside if place.level > 0), key=lambda place: place.level).name

    def is_status(self, mention: Mention) -> bool:
        """Tell whether a period is the end of a year, at which a status was counted."""
        return not mention.compared and _STATUS.match(self.low, mention.span.start) is not None


def lay_out(reading: Reading, skip: Sequence[Span]) -> Scene:
    """Find everything in a reading that figures are made of. ``skip``: canonical spans whose digits are no figures."""
    text = reading.text
    low = unify(text)
    periods = find_periods(text)
    vague = [(span, word) for span, word in find_vague(text) if not any(_overlap(span, known) for known, _ in periods)]
    named: list[tuple[Span, Period | Vague]] = sorted([*periods, *vague], key=lambda found: found[0])
    mentions = tuple(
        Mention(span, period, is_base(text, span.start), _is_aside(text, named, at))
        for at, (span, period) in enumerate(named)
    )
    mask = masked(text, low, periods=[span for span, _ in periods], skip=_reading_spans(reading, skip))
    quiet, shown = list(low), list(text)
    for mention in mentions:
        if not mention.compared:
            start, end = _with_preposition(low, mention.span.start), mention.span.end
            quiet[start:end] = shown[start:end] = " " * (end - start)
    return Scene(
        text=text,
        low=low,
        quiet="".join(quiet),
        shown="".join(shown),
        quantities=tuple(with_listed(text, low, mask, find_quantities(text, low, mask))),
        mentions=mentions,
        places=tuple(find_places(text, low)),
        sentences=tuple(sentences(text)),
    )


def _with_preposition(low: str, start: int) -> int:
    match = _PREPOSITION.search(low, max(0, start - 14), start)
    return match.start() if match else start


def _is_aside(text: str, named: Sequence[tuple[Span, Period | Vague]], at: int) -> bool:
    span, period = named[at]
    if at == 0 or isinstance(period, Vague) or period.kind is not PeriodKind.RANGE:
        return False
    return text[named[at - 1][0].end : span.start].strip() == "("


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _reading_spans(reading: Reading, skip: Sequence[Span]) -> list[Span]:
    found = []
    for span in skip:
        inside = [at for at, offset in enumerate(reading.offsets) if span.start <= offset < span.end]
        if inside:
            found.append(Span(inside[0], inside[-1] + 1))
    return found
