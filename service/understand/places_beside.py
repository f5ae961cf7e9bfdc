"""The places a question names beside the first one: "xã A và B", "số hộ nghèo A, B"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.domain import Span
from ingest.vi.normalise import fold
from service.understand.places import find_place

_MOST = 5
_BEFORE_ANOTHER = re.compile(r"\s?(?:,| (?:va|voi|hay|hoac|so voi))\s(?:cua |o |tai )?(?:xa |phuong |thon )?$")


def places_beside(text: str, first: Span, known: Mapping[str, str]) -> tuple[tuple[str, Span], ...]:
    """Return the places ``text`` names besides the one at ``first`` and where each stands, in the order found."""
    joined = _joined_before(text, first, known)
    found = [joined] if joined is not None else []
    blanked = text
    for span in (first, *(one[1] for one in found)):
        blanked = _blank(blanked, span)
    while len(found) < _MOST:
        other = find_place(blanked, known)
        if other is None:
            break
        found.append(other)
        blanked = _blank(blanked, other[1])
    return tuple(sorted(found, key=lambda one: one[1].start))


def _joined_before(text: str, first: Span, known: Mapping[str, str]) -> tuple[str, Span] | None:
    """Return the known place right before "và", "hay" or a comma that leads to the one at ``first``.

    Beside a place a bare name is one, whatever stands before it ("số hộ nghèo A và B").
    """
    folded = fold(text[: first.start])
    joint = _BEFORE_ANOTHER.search(folded)
    before = folded[: joint.start()] if joint is not None else ""
    forms = [form for form in known if before.endswith(form) and not before[: -len(form)][-1:].isalnum()]
    form = max(forms, key=len, default="")
    return (known[form], Span(len(before) - len(form), len(before))) if form else None


def _blank(text: str, span: Span) -> str:
    return f"{text[: span.start]}{' ' * len(span)}{text[span.end :]}"
