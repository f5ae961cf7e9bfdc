"""A question cut into the pieces a follow-up replaces or keeps: what asks, period, place, and the words of the matter.

All spans are 0-based, half-open, in characters of ``Pieces.text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.domain import Period, Span
from ingest.vi.normalise import canonical, fold, has_accents, unify
from ingest.vi.periods import Vague, find_periods, find_vague, is_base
from ingest.vi.units import match_unit, unit_kind
from ingest.vi.words import words
from service.understand.patterns import patterns, whole
from service.understand.place_parts import with_part
from service.understand.places import find_place, unknown_place
from service.understand.question import Said, typed_with_accents

_HOW_MANY = (
    r"(?:(?:(?<!phát )(?<!thực )(?<!xuất )hiện|"
    r"đã|sẽ|vẫn|có|còn|là|đạt|được|(?<!mặt )bằng|khoảng|hết|tới|ước|làm|xảy ra|tổng cộng|tất cả|thêm|"
    r"lên|xuống|ở mức|hoàn thành|giao) )*(bao nhiêu|mấy|cỡ nào)"
)
_OF_BASE = (
    r" ?(?:(?:so |so với |của |theo |trong )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?: (?:cả )?năm)?"
    r"(?: (?:được )?(?:(?:tỉnh|huyện|trung ương|hđnd tỉnh|hđnd huyện) )?giao)?"
    r"|(?:so (?:với )?)?cùng kỳ(?: năm (?:trước|ngoái))?)"
)
_NUMBER_OF = r"(?:tổng )?số(?: lượng)?"
# Words that hold pieces together: of no use at the edge of what is left.
_JOINTS = "là|thì|của|và|với|ở|tại|trong|trên|có|đã|được|đến|cho|về|từ|vào|do|các|những|này|mà|xảy|ra|làm|so"
_LEADS_TO_PERIOD = r"(?:(?:riêng|trong|tính đến|đến|từ|của|vào|ở|cả) )+$"
_LEADS_TO_PLACE = r"(?:(?:ở|tại|của|bên|phía|đằng|chỗ|trên địa bàn|trong|thuộc|cho) )+$"


@dataclass(frozen=True, slots=True)
class Asking:
    """What asks: "many" (bao nhiêu), "number" (số vụ) or a kind of ``asks.tsv``; ``unit`` is canonical, "" for none."""

    kind: str
    span: Span
    unit: str = ""
    unit_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """``text`` is the question with single blanks and without its end mark, folded when it has no accents.

    ``period`` is what is asked for, as a period or a word for one; ``period_span`` has the words leading to it.
    ``place`` is the name as the reports write it; ``whole`` tells that a place is expressly left ("toàn huyện").
    ``ties``: groups of ``turns.tsv`` found in it, at ``tie_spans``; ``thing_span``: where it says "việc đó".
    ``runs``: what is left, the matter itself.
    """

    text: str
    accents: bool
    asks: tuple[Asking, ...] = ()
    period: Period | Vague | None = None
    period_span: Span | None = None
    place: str = ""
    place_span: Span | None = None
    whole: bool = False
    ties: frozenset[str] = frozenset()
    tie_spans: tuple[Span, ...] = ()
    thing_span: Span | None = None
    runs: tuple[Span, ...] = ()

    @property
    def main(self) -> Asking | None:
        """The asking that counts or measures, None where there is none."""
        return next((ask for ask in self.asks if ask.kind in ("many", "number")), None)

    @property
    def topic(self) -> tuple[Span, ...]:
        """The runs before what counts; all of them where nothing does."""
        main = self.main
        return tuple(run for run in self.runs if main is None or run.start < main.span.start)

    @property
    def counted(self) -> tuple[Span, ...]:
        """The runs after what counts: "vụ | tai nạn giao thông"."""
        main = self.main
        return tuple(run for run in self.runs if main is not None and run.start >= main.span.end)

    def words_at(self, *spans: Span | None) -> str:
        """Return the words at ``spans``, joined by blanks; "" for none."""
        return " ".join(self.text[span.start : span.end] for span in spans if span is not None)

    def without(self, *spans: Span | None, named: tuple[Span, str] | None = None) -> str:
        """Return the text without ``spans`` and without the words that only tie it to an earlier question.

        ``named``: of those the one that points at something, and what it points at, put in its place.
        """
        gone = sorted((s for s in (*spans, *self.tie_spans) if s is not None), key=lambda span: span.start)
        kept, at = "", 0
        for span in gone:
            written = named[1] if named is not None and span == named[0] else ""
            kept += f"{self.text[at : span.start]} {written} "
            at = max(at, span.end)
        left = " ".join(f"{kept}{self.text[at:]}".split()).strip(" ,")
        # "thế năm 2025 thì ...": a "thì" nothing stands before any more.
        return re.sub(r"^(?:thì|thi) (?=\w)", "", left) if gone else left


class _Board:
    """Which characters of a question are taken already."""

    def __init__(self, text: str) -> None:
        self.taken: list[Span] = []
        self.text = text

    def take(self, start: int, end: int) -> bool:
        """Take ``[start, end)`` if it is free and not empty."""
        if start >= end or any(span.start < end and start < span.end for span in self.taken):
            return False
        self.taken.append(Span(start, end))
        return True

    def free(self) -> Iterator[Span]:
        """Yield the stretches nothing has taken, in order."""
        at = 0
        for span in [*sorted(self.taken, key=lambda one: one.start), Span(len(self.text), len(self.text))]:
            if at < span.start:
                yield Span(at, span.start)
            at = max(at, span.end)


def cut(question: str, *, places: Mapping[str, str], said: Said | None = None) -> Pieces:
    """Return ``question`` in pieces; ``places`` and ``said`` as for ``understand``. Never raises."""
    typed = " ".join(canonical(question).split()).rstrip(" ?.!…")
    accents = typed_with_accents(typed)
    text = typed if accents else fold(typed)
    form = unify(text)
    board = _Board(text)
    known = with_part(find_place(text, places), text)
    # A known name comes before the words that tie: "xã Nà Sao" does not end in "sao?".
    if known is not None:
        board.take(known[1].start, known[1].end)
    tied = _ties(form, board, accents=accents)
    ties = frozenset(group for group, _ in tied)
    placed = known or (unknown_place(text, said) if said is not None else None)
    place_span = _place_span(placed, form, board, accents=accents)
    periods = find_periods(text)
    asks = _asks(text, form, board, [span for span, _ in periods], accents=accents)
    period, period_span = _period(text, form, board, periods, accents=accents)
    return Pieces(
        text=text,
        accents=accents,
        asks=asks,
        period=period,
        period_span=period_span,
        place=placed[0] if placed and place_span else "",
        place_span=place_span,
        whole="scope" in ties,
        ties=ties,
        tie_spans=tuple(span for _, span in tied),
        thing_span=next((span for group, span in tied if group == "thing"), None),
        runs=tuple(run for free in board.free() if (run := _trimmed(text, free, accents=accents)) is not None),
    )


def _place_span(placed: tuple[str, Span] | None, form: str, board: _Board, *, accents: bool) -> Span | None:
    """Take the place with the words leading to it, or the bare name where those are taken; None for no place."""
    if placed is None:
        return None
    if placed[1] in board.taken:
        board.taken.remove(placed[1])
    wide = _led(placed[1], form, _LEADS_TO_PLACE, accents=accents)
    return next((span for span in (wide, placed[1]) if board.take(span.start, span.end)), None)


def _ties(form: str, board: _Board, *, accents: bool) -> tuple[tuple[str, Span], ...]:
    """Take the words that tie a question to an earlier one; return their groups and where they stand."""
    return tuple(
        (group, Span(*match.span()))
        for group, pattern in patterns("turns.tsv", accents=accents)
        for match in _matches(group, pattern, form, board)
        if board.take(*match.span())
    )


def _matches(group: str, pattern: re.Pattern[str], form: str, board: _Board) -> Iterator[re.Match[str]]:
    """Yield where a tie stands: leads at the start, tails at the end, the others anywhere."""
    if group in ("lead", "weak", "opener"):
        start = max((span.end for span in board.taken if span.start == 0), default=0)
        match = pattern.match(form, re.compile(r"[ ,]*").match(form, start).end())  # type: ignore[union-attr]
        yield from [match] if match else []
        return
    for match in pattern.finditer(form):
        behind = form[match.end() :].strip(" ,")
        if group not in ("tail", "close") or not behind or any(s.start <= match.end() + 1 < s.end for s in board.taken):
            yield match


def _asks(text: str, form: str, board: _Board, periods: Sequence[Span], *, accents: bool) -> tuple[Asking, ...]:
    found = [*_counts(text, form, board, accents=accents)]
    for kind, pattern in patterns("asks.tsv", accents=accents):
        for match in pattern.finditer(form):
            end = _over_base(match.end(), text, periods) if kind == "role" else match.end()
            if board.take(match.start(), end):
                found.append(Asking(kind, Span(match.start(), end)))
    return tuple(sorted(found, key=lambda ask: ask.span.start))


def _over_base(end: int, text: str, periods: Sequence[Span]) -> int:
    """Stretch "so với cùng kỳ" over the year it names: a base of comparison is not what is asked for."""
    behind = next((span for span in periods if end <= span.start <= end + 1 and is_base(text, span.start)), None)
    inside = next((span for span in periods if span.start < end < span.end), None)
    return max(end, *(span.end for span in (behind, inside) if span is not None), end)


def _counts(text: str, form: str, board: _Board, *, accents: bool) -> Iterator[Asking]:
    for match in whole(_HOW_MANY, accents=accents).finditer(form):
        known = _unit_at(text, match.end(), accents=accents)
        end = _with_base(known, form, accents=accents) if known is not None else match.end()
        start = max((span.end for span in board.taken if match.start() < span.end <= match.start(1)), default=0)
        start = max(match.start(), start + 1 if start else 0)  # "còn mấy": what ties is no part of what asks
        if board.take(start, end):
            unit_span = Span(match.end() + 1, known[1]) if known is not None else None
            yield Asking("many", Span(start, end), known[0] if known else "", unit_span)
    number = next(whole(_NUMBER_OF, accents=accents).finditer(form), None)
    known = match_unit(text, number.end()) if number is not None else None
    if number is None or known is None or unit_kind(known[0]) != "count" or not _opens(board, number.start(), form):
        return
    if board.take(number.start(), known[1]):
        yield Asking("number", Span(number.start(), known[1]), known[0], Span(number.end() + 1, known[1]))


def _unit_at(text: str, at: int, *, accents: bool) -> tuple[str, int] | None:
    """Return the unit at ``text[at:]`` and its end; "so với" is no "sổ"."""
    known = match_unit(text, at)
    written = text[at : known[1]].strip() if known is not None else ""
    if known is None or (accents and has_accents(known[0]) and not has_accents(written)):
        return None
    return None if fold(written) == "so" else known


def _opens(board: _Board, at: int, form: str) -> bool:
    """Tell whether before ``form[at:]`` nothing stands but taken pieces and blanks."""
    return all(not form[free.start : min(free.end, at)].strip(" ,") for free in board.free() if free.start < at)


def _with_base(known: tuple[str, int], form: str, *, accents: bool) -> int:
    """Return where "bao nhiêu % (so với kế hoạch)" ends."""
    if known[0] != "%":
        return known[1]
    base = whole(_OF_BASE, accents=accents).match(form, known[1])
    base = base or whole(_OF_BASE.removeprefix(" ?"), accents=accents).match(form, min(known[1] + 1, len(form)))
    return base.end() if base else known[1]


def _period(
    text: str, form: str, board: _Board, found: Sequence[tuple[Span, Period]], *, accents: bool
) -> tuple[Period | Vague | None, Span | None]:
    """Take all period mentions; return the first one asked for, with the stretch over all that are."""
    asked: list[tuple[Span, Period | Vague]] = []
    led = [(_led(span, form, _LEADS_TO_PERIOD, accents=accents), span, period) for span, period in found]
    for wide, span, period in led:
        if is_base(text, span.start):
            continue
        # "riêng tháng 3": the word that leads may be taken already, as one that ties.
        asked += [(one, period) for one in (wide, span) if board.take(one.start, one.end)][:1]
    for span, vague in find_vague(text):
        if board.take(span.start, span.end):
            asked.append((span, vague))
    firm = [one for one in asked if isinstance(one[1], Period)] or asked
    if not firm:
        return None, None
    spans = sorted((span for span, _ in asked), key=lambda span: span.start)
    return firm[0][1], Span(spans[0].start, spans[-1].end) if _beside(spans) else firm[0][0]


def _beside(spans: Sequence[Span]) -> bool:
    """Tell whether period mentions follow each other with hardly a word between ("lũy kế 3 tháng", "quý I và II")."""
    return all(right.start - left.end <= 4 for left, right in pairwise(spans))


def _led(span: Span, form: str, lead: str, *, accents: bool) -> Span:
    """Stretch a piece over the words that lead to it ("ở", "tính đến")."""
    match = re.search(rf"(?<!\w){lead if accents else fold(lead)}", form[: span.start])
    return Span(match.start(), span.end) if match else span


def _trimmed(text: str, free: Span, *, accents: bool) -> Span | None:
    """Return a free stretch without joints and signs at its edges, None when nothing is left."""
    joints = (_JOINTS if accents else fold(_JOINTS)).split("|")
    kept = list(words(text[free.start : free.end]))
    while kept and kept[0].text in joints:
        kept.pop(0)
    while kept and kept[-1].text in joints:
        kept.pop()
    return Span(free.start + kept[0].start, free.start + kept[-1].end) if kept else None
