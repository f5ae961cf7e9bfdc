"""A conversation's questions -> the one question that stands by itself: what a follow-up leaves out is carried over.

A follow-up ("Thế còn đàn bò?", "so với cùng kỳ thì sao?", "ở xã X?", "quý II?") is read against the question before it:
the piece it names takes the place of that piece, the others stay. A question that names a matter of its own is new
and keeps nothing. Pure: no I/O besides the word tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.domain import Period, Span
from ingest.vi.normalise import canonical, fold, unify
from ingest.vi.units import unit_kind
from ingest.vi.words import words
from service.domain import Earlier
from service.understand import wants
from service.understand.matter import (
    OWN_MATTER,
    is_consequence,
    matter_of,
    own_size,
    ratio_to,
    replaced,
    thing_in,
    unit_of,
)
from service.understand.pieces import Asking, Pieces, cut
from service.understand.question import Said
from service.understand.relative_years import years_written
from service.understand.turn_scope import Part, Scope, place_answered, scope_of
from service.understand.turn_words import in_scope, question_of, scoped

_SAYS_MORE = re.compile(r"(?<!\w)(?:con|hoan thanh|giao|them|het|len|xuong)(?!\w)")
_TIED = frozenset(("lead", "tail", "place", "within", "thing"))


@dataclass(frozen=True, slots=True)
class Resolved:
    """``text`` stands by itself; ``carried`` are the parts taken from earlier turns, () for a new question.

    ``otherwise`` is the second reading, to be asked when the reports do not answer the first; "" for none.
    """

    text: str
    carried: tuple[Part, ...] = ()
    otherwise: str = ""


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
    for at, turn in enumerate(earlier):
        spoken = place_answered(earlier[:at], places)
        read = _next(before, turn.question, places=places, said=said, newest=newest, spoken=spoken)
        second = bool(read.otherwise) and turn.understood_as.startswith(_tidy(read.otherwise))
        before = read.otherwise if second else read.text
    spoken = place_answered(earlier, places)
    return _next(before, question, places=places, said=said, newest=newest, spoken=spoken)


def _next(
    before: str, question: str, *, places: Mapping[str, str], said: Said | None, newest: Period | None, spoken: str
) -> Resolved:
    """Return ``question`` read against the standalone question ``before`` it."""
    if not before:
        return Resolved(question)
    old = cut(before, places=places, said=said)
    spoken_of = old.period if isinstance(old.period, Period) and old.period.year is not None else newest
    question = years_written(question, spoken_of.year if spoken_of is not None else None)
    new = cut(question, places=places, said=said)
    if not (old.runs or old.main):
        return Resolved(question)
    if new.accents != old.accents:  # one question has one way of typing
        old, new = (cut(fold(_tidy(text)), places=places, said=said) for text in (before, question))
    scope = scope_of(old, new, newest=newest, spoken=spoken)
    if wants.meta_field(wants.Wording(unify(new.text), new.accents)):
        return _about_document(question, old, new, scope)
    if _is_new(old, new):
        return Resolved(question, otherwise=scoped(old, new, scope))
    if not new.runs and not (_counts_own(new) and new.ties <= {"place"}):
        return _same_matter(old, new, scope)
    of_it = bool(new.runs) and _of_the_matter(old, new)
    return _put_to_matter(old, new, scope) if of_it else _other_matter(old, new, scope, said=said, question=question)


def _is_new(old: Pieces, new: Pieces) -> bool:
    """Tell whether a question needs nothing of the one before: it names its own matter, or nothing at all."""
    if not (new.runs or new.asks or new.period_span or new.place_span or new.whole):
        return True
    if _TIED & new.ties:
        return False
    if ratio_to(new):
        return False
    size = own_size(new)
    if "weak" in new.ties and size < OWN_MATTER:
        return False
    if not new.asks:
        return size > OWN_MATTER and not _alike(old, new)
    return size >= OWN_MATTER or _counts_own(new)


def _counts_own(new: Pieces) -> bool:
    """Tell whether what is counted is a matter of its own: "có bao nhiêu hộ nghèo", but neither "bao nhiêu người" nor a
    question that only asks how many ("bao nhiêu đại biểu?")."""
    main = new.main
    if main is None or " " not in main.unit or unit_kind(main.unit) != "count":
        return False
    return bool(_TIED & new.ties) or not fold(new.words_at(main.span)).startswith(("bao nhieu", "may "))


def _alike(old: Pieces, new: Pieces) -> bool:
    """Tell whether half the words of the new matter are those of the old one: a sister of it."""
    known = {word.folded for word in words(old.text)}
    own = [word.folded for word in words(new.words_at(*new.runs))]
    return 2 * sum(word in known for word in own) >= len(own)


def _of_the_matter(old: Pieces, new: Pieces) -> bool:
    """Tell whether the words of ``new`` say what is asked of the old matter and name none."""
    share = any(fold(new.words_at(ask.span)).startswith("chiem") for ask in new.asks)
    if "thing" in new.ties or share or ratio_to(new) or ("within" in new.ties and new.asks):
        return True
    if all(is_consequence(new.words_at(run)) for run in new.runs):
        return bool(new.asks) or not _has_sister(old, new)
    kinds = {ask.kind for ask in new.asks}
    return bool(kinds & {"who", "when", "where", "why"}) and not kinds & {"many", "number"} and "lead" not in new.ties


def _has_sister(old: Pieces, new: Pieces) -> bool:
    """Tell whether a word typed alone has a sister among what ``old`` counts ("chết", then "còn bị thương?")."""
    edits = replaced(old, new.words_at(*new.runs))
    return len(edits) == 1 and edits[0][0] not in old.runs


def _same_matter(old: Pieces, new: Pieces, scope: Scope) -> Resolved:
    """Return the old question with another period, place or asking."""
    carried = (Part.MATTER, *scope.carried)
    asks = [ask for ask in new.asks if not _plain(new, ask, old)]
    if not asks and (not new.asks or old.main is not None):
        return Resolved(_edited(old, new, scope), (Part.MATTER, Part.ASKING, *scope.carried))
    if {ask.kind for ask in asks} == {"what"} and {ask.kind for ask in old.asks} & {"what", "where"}:
        return Resolved(_edited(old, new, scope), carried)  # "kể tên?": which ones were asked for already
    most = next((ask for ask in old.asks if ask.kind == "most"), None)
    if most is not None and [ask.kind for ask in asks] == ["most"]:
        return Resolved(_edited(old, new, scope, (most.span, new.words_at(asks[0].span))), carried)
    if old.main is not None and _asks_which(old, new):
        unit = old.words_at(old.main.unit_span)
        led = "có " if fold(old.words_at(old.main.span)).startswith("co ") else ""
        return Resolved(_edited(old, new, scope, (old.main.span, f"{led}những {unit} nào")), carried)
    body = new.without(new.period_span, new.place_span)
    own = new.main is not None and " " in new.main.unit and unit_kind(new.main.unit) == "count"
    second = question_of(body, scope.text, accents=new.accents) if own else ""
    if new.main is not None and new.main.kind == "number":
        text = question_of(body, matter_of(old, counted=False), scope.text, accents=new.accents)
        return Resolved(text, carried, second)
    ratio = new.main is None or unit_kind(new.main.unit) in ("percent", "ratio")
    kinds = {ask.kind for ask in new.asks}
    about = "most" not in kinds and {"where", "when", "who"} & kinds
    return Resolved(_asked(old, new, scope, matter_of(old, counted=ratio and not about), body), carried, second)


def _asks_which(old: Pieces, new: Pieces) -> bool:
    """Tell whether ``new`` asks to name what ``old`` counted ("có bao nhiêu xã ...", then "là những xã nào?")."""
    if old.main is None or old.main.unit_span is None or unit_kind(old.main.unit) != "count":
        return False
    kinds = {ask.kind for ask in new.asks}
    return kinds == {"what"} or (kinds == {"where"} and fold(old.main.unit) in fold(new.text).split())


def _plain(new: Pieces, ask: Asking, old: Pieces) -> bool:
    """Tell whether ``ask`` is a bare "(là) bao nhiêu" or counts as before: the old asking says it already."""
    text = fold(new.words_at(ask.span))
    as_before = (
        not new.runs
        and old.main is not None
        and ask.unit == old.main.unit
        and unit_kind(ask.unit) in ("count", "money")
    )
    return ask.kind == "many" and (not ask.unit or as_before) and not _SAYS_MORE.search(text)


def _put_to_matter(old: Pieces, new: Pieces, scope: Scope) -> Resolved:
    """Return a question of the old matter in the words of the new one ("có bao nhiêu người chết?")."""
    carried = (Part.MATTER, *scope.carried)
    if new.thing_span is not None:
        thing = thing_in(matter_of(old, counted=False))
        text = new.without(new.period_span, new.place_span, named=(new.thing_span, thing))
        return Resolved(question_of(text, scope.text, accents=new.accents), carried)
    body = new.without(new.period_span, new.place_span)
    if not new.asks:
        unit = unit_of(body)
        body = f"có bao nhiêu {unit} {body}" if unit else f"{body} bao nhiêu"
    ratio = new.main is not None and unit_kind(new.main.unit) in ("percent", "ratio")
    matter = matter_of(old, counted=ratio or any(ask.kind == "role" for ask in new.asks))
    # What any matter could answer does not stand alone; a part ("trong đó ...") may be told by its own name only.
    alone = bool(new.asks) and not (_TIED - {"within"}) & new.ties and own_size(new) > 0
    second = question_of(body, scope.text, accents=new.accents) if alone else ""
    return Resolved(_asked(old, new, scope, thing_in(matter), body), carried, second)


def _other_matter(old: Pieces, new: Pieces, scope: Scope, *, said: Said | None, question: str) -> Resolved:
    """Return the old question about another matter, or the new one in the old scope when it asks by itself."""
    asks = [ask for ask in new.asks if not _plain(new, ask, old)]
    if asks:
        second = "" if _TIED & new.ties else question
        return Resolved(in_scope(old, new, scope), scope.carried, second)
    name = new.words_at(*new.runs)
    edits = replaced(old, name, said=said)
    carried = (Part.ASKING, *scope.carried)
    if not edits:
        return Resolved(question_of(name, scope.text, "là bao nhiêu", accents=new.accents), scope.carried)
    return Resolved(_edited(old, new, scope, *edits), carried)


def _about_document(question: str, old: Pieces, new: Pieces, scope: Scope) -> Resolved:
    """Return a question about the document itself; "báo cáo này" is that of the period spoken of, and so is the one
    asked about before ("Báo cáo quý I do ai ký?", then "số hiệu?")."""
    spoken_of = "document" in new.ties or wants.meta_field(wants.Wording(unify(old.text), old.accents))
    if not spoken_of or Part.PERIOD not in scope.carried:
        return Resolved(question)
    return Resolved(question_of(new.text, scope.period, accents=new.accents), (Part.PERIOD,))


def _asked(old: Pieces, new: Pieces, scope: Scope, matter: str, body: str) -> str:
    """Return ``matter`` in its scope with what is asked of it; "vì sao" and "xã nào ... cao nhất" go first."""
    kinds = [ask.kind for ask in new.asks]
    if kinds == ["where", "most"] and not new.runs:
        which, most = (new.words_at(ask.span) for ask in new.asks)
        return question_of(which, "có", matter, scope.text, most, accents=new.accents)
    why = next((ask for ask in new.asks if ask.kind == "why"), None)
    if why is None:
        return question_of(matter, scope.text, body, accents=new.accents)
    cause = new.words_at(why.span)
    rest = " ".join(body.replace(cause, " ", 1).split())
    way = next((text for ask in old.asks if (text := old.words_at(ask.span)).lower() in ("tăng", "giảm")), "")
    return question_of(cause, matter_of(old, counted=True), scope.text, rest or way, accents=new.accents)


def _edited(old: Pieces, new: Pieces, scope: Scope, *edits: tuple[Span, str]) -> str:
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
    return question_of(text, accents=new.accents)


def _led(old: Pieces) -> bool:
    """Tell whether the place of ``old`` stands after "ở", "tại" and the like."""
    return old.place_span is not None and fold(old.words_at(old.place_span)).split()[0] in (
        "o", "tai", "cua", "tren", "trong", "thuoc", "cho"
    )  # fmt: skip


def _tidy(text: str) -> str:
    return " ".join(canonical(text).split())
