"""Abbreviations that a report explains itself ("Tổng mức bán lẻ (TMBL)"), in a question and written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.vi.normalise import fold
from service.domain import Alternative


def explained(spoken: Sequence[str], defined: Mapping[str, str], *, accents: bool) -> tuple[Alternative, ...]:
    """Return what a question's words are called otherwise in the reports that explain it; () for nothing.

    ``spoken``: its words, unified, folded when it was typed without ``accents``. ``defined``: unified abbreviation ->
    the unified words it is made of. An abbreviation stands for its words, and they for it.
    """
    shorts = {(short if accents else fold(short)): phrase for short, phrase in defined.items()}
    found = [Alternative((word,), (shorts[word],)) for word in dict.fromkeys(spoken) if word in shorts]
    said = f" {' '.join(spoken)} "
    for short, phrase in defined.items():
        own = phrase if accents else fold(phrase)
        if f" {own} " in said:
            found.append(Alternative(tuple(own.split()), (short,)))
    return tuple(found)
