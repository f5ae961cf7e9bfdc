"""Place names: read from a report's text, and found again in a question however it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ingest.domain import Span
from ingest.vi.normalise import fold

_TYPES = "xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|thôn|ấp|bản|khu phố|tổ dân phố"
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}][^\W\d_]*(?:[ ][{_UPPER}][^\W\d_]*){{0,3}}"
# "xã A", and the list form "04 xã A, B, C và D": the type holds for every name of the list.
_MENTION = re.compile(rf"\b((?i:{_TYPES}))\s+({_NAME}(?:(?:, | và )(?:xã |thị trấn |phường )?{_NAME})*)")
# Folded words after which a bare proper name is a place and not the tail of a longer name.
_BEFORE_A_PLACE = frozenset(
    ("o", "tai", "cua", "cho", "va", "voi", ",", "xa", "huyen", "tinh", "dia", "ban", "thi", "tran")
)
_TYPE_HEAD = re.compile(rf"^(?i:{_TYPES})\s+")


def place_names(text: str) -> frozenset[str]:
    """Return the places canonical ``text`` names, type first ("xã Hòa Bình"); an empty set where there is none."""
    found: set[str] = set()
    for mention in _MENTION.finditer(text):
        kind = mention.group(1).lower()
        for name in re.split(r", | và ", mention.group(2)):
            own = _TYPE_HEAD.match(name)
            found.add(name[0].lower() + name[1:] if own else f"{kind} {name}")
    return frozenset(found)


def vocabulary(names: Iterable[str]) -> dict[str, str]:
    """Return folded form -> name as written, for full names and for bare names of two syllables or more.

    A bare name that two places share (xã X, thôn X) stands for the one of the larger type, in the order of types.
    """
    order = {
        kind: rank
        for rank, kind in enumerate(("xã", "phường", "thị trấn", "thị xã", "huyện", "quận", "thành phố", "tỉnh"))
    }
    ranked = sorted(names, key=lambda name: (order.get(_kind(name), len(order)), name))
    table: dict[str, str] = {}
    for name in ranked:
        table.setdefault(fold(name), name)
        bare = bare_name(name)
        if " " in bare:
            table.setdefault(fold(bare), name)
    return table


def bare_name(name: str) -> str:
    """Return ``name`` without its type: "xã Hòa Bình" -> "Hòa Bình"; unchanged when it has none."""
    return _TYPE_HEAD.sub("", name)


def find_place(question: str, known: Mapping[str, str]) -> tuple[str, Span] | None:
    """Return the place a question names, as written in the reports, and where; None when it names none.

    A place that is written with its type and capitals but is in no report is returned as typed: the caller must
    then say that the reports have nothing on it.
    """
    folded = fold(question)
    best: tuple[str, Span] | None = None
    for form, name in known.items():
        at = folded.find(form)
        if at < 0 or not _whole(folded, at, at + len(form)) or (form != fold(name) and _part_of_name(folded[:at])):
            continue
        if best is None or len(form) > len(best[1]):
            best = (name, Span(at, at + len(form)))
    if best is not None:
        return best
    mention = _MENTION.search(question)
    if mention is None:
        return None
    first = re.split(r", | và ", mention.group(2))[0]
    return f"{mention.group(1).lower()} {first}", Span(mention.start(), mention.end())


@lru_cache(maxsize=4096)
def same_place(left: str, right: str) -> bool:
    """Tell whether two place names mean the same place, with or without type, accents or capitals."""
    a, b = fold(left).strip(), fold(right).strip()
    if a == b:
        return True
    bare_a, bare_b = fold(bare_name(left)).strip(), fold(bare_name(right)).strip()
    return bare_a == bare_b and (a == bare_a or b == bare_b)


def _part_of_name(before: str) -> bool:
    """Tell whether the word before a bare name makes it part of another name ("cụm công nghiệp X", "chợ X")."""
    words = before.replace(",", " , ").split()
    return bool(words) and words[-1] not in _BEFORE_A_PLACE


def _kind(name: str) -> str:
    head = _TYPE_HEAD.match(name)
    return head.group(0).strip().lower() if head else ""


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and not after.isalnum()
