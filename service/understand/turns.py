"""A conversation's questions -> the one question that stands by itself: what a follow-up leaves out is carried over.

A follow-up ("Thế còn đàn bò?", "so với cùng kỳ thì sao?", "ở xã X?", "quý II?") is read against the question before it:
the piece it names takes the place of that piece, the others stay. A question that names a matter of its own is new
and keeps nothing. Pure: no I/O besides the word tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.normalise import canonical, fold
from ingest.vi.periods import Vague, period_label, resolve
from ingest.vi.units import unit_kind
from ingest.vi.words import words
from service.understand.matter import inside, is_consequence, matter_of, replaced, unit_of
from service.understand.pieces import Asking, Pieces, cut
from service.understand.question import Said, understand

# Syllables of its own matter that make a question complete: two may be no more than another animal or crop.
_OWN_MATTER = 3
_ABBREVIATION_CHARS = 3
_SAYS_MORE = re.compile(r"(?<!\w)(?:con|hoan thanh|giao|them|het|len|xuong)(?!\w)")
_TIED = frozenset(("lead", "tail", "place", "within", "thing"))
_SHORT = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CUMULATIVE)


class Part(StrEnum):
    """What a follow-up may leave out."""

    MATTER = "matter"  # đàn bò, vụ tai nạn giao thông
    ASKING = "asking"  # bao nhiêu con, đạt bao nhiêu % kế hoạch
    PERIOD = "period"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Resolved:
    """``text`` stands by itself; ``carried`` are the parts taken from earlier turns, () for a new question.

    ``otherwise`` is the second reading, to be asked when the reports do not answer the first; "" for none.
    """

    text: str
    carried: tuple[Part, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question asked before, as typed, and how it was read (``Answer.understood_as``; "" when not known)."""

    question: str
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Period and place as written into the new question ("" for none), and which of them are carried over."""

    period: str
    place: str
    carried: tuple[Part, ...]

    @property
    def text(self) -> str:
        return f"{self.period} {self.place}".strip()


def standalone(
    earlier: Sequence[Earlier],
    question: str,
    *,
    places: Mapping[str, str],
    said: Said | None = None,
    newest: Period | None = None,
) -> Resolved:
    """Return ``question`` with what it leaves out filled in from the ``earlier`` ones, oldest first.

    ``places`` and ``said`` as for ``understand``. ``newest`` is the period of the newest report, from which "năm
    ngoái" is counted where no year was named. Without earlier questions ``question`` comes back as it is.
    """
    before = ""
    for turn in earlier:
        read = _next(before, turn.question, places=places, said=said, newest=newest)
        second = bool(read.otherwise) and turn.read_as.startswith(_tidy(read.otherwise))
        before = read.otherwise if second else read.text
    return _next(before, question, places=places, said=said, newest=newest)


def _next(
    before: str, question: str, *, places: Mapping[str, str], said: Said | None, newest: Period | None
) -> Resolved:
    """Return ``question`` read against the standalone question ``before`` it."""
    if not before:
        return Resolved(question)
    old, new = cut(before, places=places, said=said), cut(question, places=places, said=said)
    if not (old.runs or old.main):
        return Resolved(question)
    if new.accents != old.accents:  # one question has one way of typing
        old, new = (cut(fold(_tidy(text)), places=places, said=said) for text in (before, question))
    scope = _scope(old, new, newest)
    if understand(question, places=places, said=said).meta_field:
        return _about_document(question, new, scope)
    if _is_new(old, new):
        return Resolved(question)
    if not new.runs:
        return _same_matter(old, new, scope)
    return _put_to_matter(old, new, scope) if _of_the_matter(old, new) else _other_matter(old, new, scope, said)


def _is_new(old: Pieces, new: Pieces) -> bool:
    """Tell whether a question needs nothing of the one before: it names its own matter, or nothing at all."""
    if not (new.runs or new.asks or new.period_span or new.place_span or new.whole):
        return True
    if _TIED & new.ties:
        return False
    main, size = new.main, sum(_size(new, run) for run in new.runs)
    if not new.asks:
        return size > _OWN_MATTER and not _alike(old, new)
    return size >= _OWN_MATTER or (main is not None and " " in main.unit and unit_kind(main.unit) == "count")


def _size(new: Pieces, run: Span) -> int:
    """Return how many syllables of a matter a run has; an abbreviation in capitals is worth a whole matter."""
    text = new.words_at(run)
    if is_consequence(text):
        return 0
    spoken = [text[w.start : w.end] for w in words(text)]
    return sum(_OWN_MATTER if word.isupper() and len(word) >= _ABBREVIATION_CHARS else 1 for word in spoken)


def _alike(old: Pieces, new: Pieces) -> bool:
    """Tell whether half the words of the new matter are those of the old one: a sister of it."""
    known = {word.folded for word in words(old.text)}
    own = [word.folded for word in words(new.words_at(*new.runs))]
    return 2 * sum(word in known for word in own) >= len(own)


def _of_the_matter(old: Pieces, new: Pieces) -> bool:
    """Tell whether the words of ``new`` say what is asked of the old matter and name none."""
    if {"thing", "within"} & new.ties:
        return True
    if all(is_consequence(new.words_at(run)) for run in new.runs):
        return bool(new.asks) or not replaced_alone(old, new)
    kinds = {ask.kind for ask in new.asks}
    return bool(kinds & {"who", "when", "where", "why"}) and not kinds & {"many", "number"} and "lead" not in new.ties


def replaced_alone(old: Pieces, new: Pieces) -> bool:
    """Tell whether a word typed alone has a sister among what ``old`` counts ("chết", then "còn bị thương?")."""
    edits = replaced(old, new.words_at(*new.runs))
    return len(edits) == 1 and edits[0][0] not in old.runs


def _same_matter(old: Pieces, new: Pieces, scope: _Scope) -> Resolved:
    """Return the old question with another period, place or asking."""
    carried = (Part.MATTER, *scope.carried)
    asks = [ask for ask in new.asks if not _plain(new, ask)]
    if not asks and (not new.asks or old.main is not None):
        return Resolved(_edited(old, new, scope), (Part.MATTER, Part.ASKING, *scope.carried))
    most = next((ask for ask in old.asks if ask.kind == "most"), None)
    if most is not None and [ask.kind for ask in asks] == ["most"]:
        return Resolved(_edited(old, new, scope, (most.span, new.words_at(asks[0].span))), carried)
    body = new.without(new.period_span, new.place_span)
    if new.main is not None and new.main.kind == "number":
        return Resolved(_question(body, matter_of(old, counted=False), scope.text, accents=new.accents), carried)
    ratio = new.main is None or unit_kind(new.main.unit) in ("percent", "ratio")
    return Resolved(_asked(old, new, scope, matter_of(old, counted=ratio), body), carried)


def _plain(new: Pieces, ask: Asking) -> bool:
    """Tell whether ``ask`` is a bare "(là) bao nhiêu", which the old asking answers to."""
    text = fold(new.words_at(ask.span))
    return ask.kind == "many" and not ask.unit and not _SAYS_MORE.search(text)


def _put_to_matter(old: Pieces, new: Pieces, scope: _Scope) -> Resolved:
    """Return a question of the old matter in the words of the new one ("có bao nhiêu người chết?")."""
    body = new.without(new.period_span, new.place_span)
    if not new.asks:
        unit = unit_of(body)
        body = f"có bao nhiêu {unit} {body}" if unit else f"{body} bao nhiêu"
    ratio = new.main is not None and unit_kind(new.main.unit) in ("percent", "ratio")
    matter = matter_of(old, counted=ratio or any(ask.kind == "role" for ask in new.asks))
    second = "" if _TIED & new.ties or not new.asks else _question(body, scope.text, accents=new.accents)
    return Resolved(_asked(old, new, scope, matter, body), (Part.MATTER, *scope.carried), second)


def _other_matter(old: Pieces, new: Pieces, scope: _Scope, said: Said | None) -> Resolved:
    """Return the old question about another matter, or the new one in the old scope when it asks by itself."""
    body = new.without(new.period_span, new.place_span)
    asks = [ask for ask in new.asks if not _plain(new, ask)]
    if asks:
        second = "" if _TIED & new.ties else new.text
        return Resolved(_question(body, scope.text, accents=new.accents), scope.carried, second)
    name = new.words_at(*new.runs)
    edits = replaced(old, name, said=said)
    carried = (Part.ASKING, *scope.carried)
    if not edits:
        return Resolved(_question(name, scope.text, "là bao nhiêu", accents=new.accents), scope.carried)
    return Resolved(_edited(old, new, scope, *edits), carried)


def _about_document(question: str, new: Pieces, scope: _Scope) -> Resolved:
    """Return a question about the document itself; "báo cáo này" is that of the period spoken of."""
    if "document" not in new.ties or Part.PERIOD not in scope.carried:
        return Resolved(question)
    return Resolved(_question(new.text, scope.period, accents=new.accents), (Part.PERIOD,))


def _asked(old: Pieces, new: Pieces, scope: _Scope, matter: str, body: str) -> str:
    """Return ``matter`` in its scope with what is asked of it; "vì sao" goes first."""
    why = next((ask for ask in new.asks if ask.kind == "why"), None)
    if why is None:
        return _question(matter, scope.text, body, accents=new.accents)
    cause = new.words_at(why.span)
    rest = " ".join(body.replace(cause, " ", 1).split())
    way = next((text for ask in old.asks if (text := old.words_at(ask.span)).lower() in ("tăng", "giảm")), "")
    return _question(cause, matter_of(old, counted=True), scope.text, rest or way, accents=new.accents)


def _edited(old: Pieces, new: Pieces, scope: _Scope, *edits: tuple[Span, str]) -> str:
    """Return the old question with ``edits`` and with the period and place the new one names."""
    made = list(edits)
    tail: list[str] = []
    if new.period_span is not None:
        made += [(Span(old.period_span.start, old.period_span.end), scope.period)] if old.period_span else []
        tail += [] if old.period_span else [scope.period]
        # The year of a comparison belongs to the old period.
        made += [(ask.span, re.sub(r" năm \d{4}$| nam \d{4}$", "", old.words_at(ask.span)))
                 for ask in old.asks if ask.kind == "role"]  # fmt: skip
    if new.place_span is not None or new.whole:
        led = old.place_span is not None and _led(old)
        made += [(old.place_span, scope.place if led else scope.place.removeprefix("ở "))] if old.place_span else []
        tail += [] if old.place_span else [scope.place]
    at = next((ask.span.start for ask in old.asks if ask.span.start > 0), len(old.text))
    made.append((Span(at, at), f" {' '.join(tail)} "))
    text = old.text
    for span, written in sorted(made, key=lambda edit: (edit[0].start, edit[0].end), reverse=True):
        text = f"{text[: span.start]}{written}{text[span.end :]}"
    return _question(text, accents=new.accents)


def _led(old: Pieces) -> bool:
    """Tell whether the place of ``old`` stands after "ở", "tại" and the like."""
    return old.place_span is not None and fold(old.words_at(old.place_span)).split()[0] in (
        "o", "tai", "cua", "tren", "trong", "thuoc", "cho"
    )  # fmt: skip


def _scope(old: Pieces, new: Pieces, newest: Period | None) -> _Scope:
    """Return the period and place of the new question: its own, else those of the old one."""
    carried = []
    if new.period_span is not None:
        period = _period_text(old, new, newest)
    else:
        period = old.words_at(old.period_span)
        carried += [Part.PERIOD] if period else []
    if new.place_span is not None:
        place = f"ở {new.place}"
    elif new.whole:
        place = next((new.words_at(s) for s in new.tie_spans if fold(new.words_at(s)).startswith(("toan", "ca "))), "")
    else:
        place = "" if _asks_for_place(old, new) else old.words_at(old.place_span)
        carried += [Part.PLACE] if place else []
    return _Scope(period, place, tuple(carried))


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


def _question(*parts: str, accents: bool) -> str:
    """Return the parts as one question, folded when it was typed without accents."""
    text = " ".join(" ".join(inside(part) for part in parts if part).split()).strip(" ,")
    text = re.sub(r"\s+,", ",", text if accents else fold(text))
    return f"{text[:1].upper()}{text[1:]}?"


def _tidy(text: str) -> str:
    return " ".join(canonical(text).split())
