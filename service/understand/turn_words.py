"""The words of a question that stands by itself, put together from those of a follow-up and of what came before."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold
from service.understand.matter import inside
from service.understand.pieces import Pieces
from service.understand.turn_scope import Scope


def question_of(*parts: str, accents: bool) -> str:
    """Return the parts as one question, folded when it was typed without accents."""
    text = " ".join(" ".join(inside(part) for part in parts if part).split()).strip(" ,")
    text = re.sub(r"\s+,", ",", text if accents else fold(text))
    return f"{text[:1].upper()}{text[1:]}?"


def in_scope(old: Pieces, new: Pieces, scope: Scope) -> str:
    """Return the new question with its scope before what it asks; "thế nào" after a figure asks for a figure."""
    body = new.without(new.period_span, new.place_span)
    first = new.asks[0]
    asking = new.words_at(first.span)
    at = body.find(asking)
    if first.kind == "how" and len(new.asks) == 1 and old.main is not None:
        return question_of(
            body[:at], scope.text, f"bao nhiêu {old.main.unit}", body[at + len(asking) :], accents=new.accents
        )
    if at <= 0:
        return question_of(body, scope.text, accents=new.accents)
    return question_of(body[:at], scope.text, body[at:], accents=new.accents)


def scoped(old: Pieces, new: Pieces, scope: Scope) -> str:
    """Return a new question in the period and place spoken of before, for when it leaves them open; "" otherwise."""
    left_open = new.period_span is None and new.place_span is None and not new.whole
    return in_scope(old, new, scope) if left_open and new.asks and scope.place else ""
