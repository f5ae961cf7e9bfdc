"""What a question asks for, by the table ``wordings.tsv``.

Each pattern is written with accents and matched over ``unify`` text as whole words. A question typed without accents
is matched against the folded pattern; one typed with accents only against the accented one, so that "ai" is never
found in "tải" nor "nao" in "não".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.word_tables import rows
from service.domain import Want

# The kinds of documents of Nghị định 30/2020/NĐ-CP, điều 7, and conclusions of inspections.
_KIND = (
    "(?:chỉ thị|thông báo|kế hoạch|nghị quyết|quyết định|công văn|tờ trình|công điện|chương trình|đề án|kết luận"
    "|biên bản|hướng dẫn|phương án|quy chế)"
)
_THIS = f"{_KIND}(?: (?:thanh tra|kiểm tra|giám sát|thẩm định|thẩm tra|cuộc họp|công tác))? này"


@dataclass(frozen=True, slots=True)
class Wording:
    """A question ready for matching: ``text`` is unified, or folded when it was typed without accents."""

    text: str
    accents: bool


def meta_field(wording: Wording) -> str:
    """Return the ``ReportMeta`` field a question about the document asks for, "" if none."""
    return _first(wording, "meta") or ""


def wanted(wording: Wording) -> Want | None:
    """Return what the question words ask for, None when there is no question word."""
    name = _first(wording, "want")
    return Want(name) if name else None


def wanted_role(wording: Wording) -> FigureRole | None:
    """Return the figure role asked for, None for a plain level."""
    name = _first(wording, "role")
    return FigureRole(name) if name else None


def wants_percent(wording: Wording) -> bool:
    """Tell whether a percentage is asked for."""
    return _first(wording, "percent") is not None


@lru_cache(maxsize=32)
def role_words(role: FigureRole | None, *, accents: bool) -> frozenset[str]:
    """Return the syllables a role's wording uses up (they name the role, not the indicator), folded if so asked."""
    used = " ".join(pattern for group, name, pattern in _table() if group == "used" and name == role)
    return frozenset((used if accents else fold(used)).split())


def _first(wording: Wording, group: str) -> str | None:
    patterns = _patterns(group, accents=wording.accents)
    return next((name for name, pattern in patterns if pattern.search(wording.text)), None)


@lru_cache(maxsize=16)
def _patterns(group: str, *, accents: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile a group's patterns in file order, one for each run of rows of the same name."""
    joined: list[tuple[str, list[str]]] = []
    for own, name, pattern in _table():
        if own != group:
            continue
        if not joined or joined[-1][0] != name:
            joined.append((name, []))
        # Folding keeps ASCII, so the syntax of the expressions survives it.
        joined[-1][1].append(pattern if accents else fold(pattern))
    return tuple((name, re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")) for name, parts in joined)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str, str], ...]:
    found = rows("service.understand", "wordings.tsv")
    return tuple((group, name, p.replace("{THIS}", _THIS).replace("{KIND}", _KIND)) for group, name, p in found)
