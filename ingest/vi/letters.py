"""Vietnamese capital and small letters for patterns. A range such as À-Ỹ mixes the two, so they are spelled out."""

from __future__ import annotations

import re
import unicodedata

_BASES = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def _vowels() -> str:
    return "".join(unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES)


LOWER = "".join(ch for ch in _vowels() if not ch.isascii()) + "đ"
UPPER = LOWER.upper() + "Ð"


def pattern(raw: str, flags: int = 0) -> re.Pattern[str]:
    """Return ``raw`` compiled; inside brackets ``{UP}`` stands for all capitals, ``{LOW}`` for all small letters."""
    return re.compile(raw.replace("{UP}", "A-Z" + UPPER).replace("{LOW}", "a-z" + LOWER), flags)
