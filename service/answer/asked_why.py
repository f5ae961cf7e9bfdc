"""What a question for a reason wants explained, and of what sort the reason has to be."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold
from service.domain import Query

# How something went is asked and told in different words; whether they agree the reasons see to.
_HOW_IT_WENT = frozenset(("tang", "giam", "sut", "cham", "thap", "kem", "cao"))
# "Nhờ đâu" asks what helped: what is not done has no such reason.
_HELPED = re.compile(r"(?<!\w)nho (?:dau|gi|nhung gi|cai gi|vao dau)(?!\w)")
# What went badly is asked in few words.
_POORLY = re.compile(r"(?<!\w)(?:cham|thap|kem|(?:chua|khong) \w+|kho khan|gap kho)(?!\w)")


def asks_help(query: Query) -> bool:
    """Tell whether it is asked thanks to what something went well."""
    return _HELPED.search(fold(query.text)) is not None


def asks_failure(query: Query) -> bool:
    """Tell whether it is asked why something went badly."""
    return _POORLY.search(fold(query.text)) is not None


def effect_terms(query: Query) -> tuple[str, ...]:
    """Return the content words of what is to be explained, without how it went; all of them where none is left."""
    asking = _HOW_IT_WENT | ({"nho"} if asks_help(query) else set())
    return tuple(t for t in query.terms if fold(t) not in asking) or query.terms
