"""Is a word one Vietnamese syllable, its accents and tone counted? The yardstick of everything read in doubt."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ingest.vi.word_tables import entries

TONES = "\u0300\u0301\u0303\u0309\u0323"
# A syllable that ends in a stop carries the tone sắc or nặng and no other.
_STOP = re.compile(r"(?:c|ch|p|t)$")
_STOP_TONES = ("\u0301", "\u0323")
_ONSET = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnprstvx])?")
_RIMES = frozenset(rime for line in entries("ingest.vi", "rimes.txt") for rime in line.split())


@lru_cache(maxsize=16384)
def is_accented_syllable(word: str) -> bool:
    """Tell whether ``word`` (NFC, any case) can be a Vietnamese syllable just as it is accented.

    Stricter than the shape alone: the rime must exist, there is at most one tone, and one that its ending allows.
    Both spellings of a tone's place are accepted ("hòa", "hoà").
    """
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [ch for ch in apart if ch in TONES]
    bare = unicodedata.normalize("NFC", "".join(ch for ch in apart if ch not in TONES))
    if len(tones) > 1 or not _has_rime(bare):
        return False
    return not _STOP.search(bare) or (bool(tones) and tones[0] in _STOP_TONES)


def _has_rime(bare: str) -> bool:
    onset = _ONSET.match(bare)
    end = onset.end() if onset else 0
    # "gì" and "giêng" are g + i..., "quy" is qu + y: the i or u belongs to the rime where nothing else would be left.
    return bare[end:] in _RIMES or (bare[:2] in ("gi", "qu") and bare[1:] in _RIMES)
