"""Is a heading more than a name: does it tell something by itself?"""

from __future__ import annotations

import re

from ingest.vi.periods import find_periods

# Words of a heading from which it is read as a sentence; with a number in it, fewer.
_SENTENCE_WORDS = 15
_FEWEST_WORDS = 5
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def says_something(title: str) -> bool:
    """Return whether a heading is more than a name for what stands below it: a whole sentence, or one with a number.

    Capitals are names of parts, and numbers that only date it ("năm 2025", "2026 - 2028") are in names too.
    """
    if title.isupper():
        return False
    words = sum(any(ch.isalpha() for ch in word) for word in title.split())
    dated = [span for span, _ in find_periods(title)]
    numbers = (match.start() for match in _NUMBER.finditer(title) if _YEAR.fullmatch(match[0]) is None)
    told = any(all(not span.start <= at < span.end for span in dated) for at in numbers)
    return words >= (_FEWEST_WORDS if told else _SENTENCE_WORDS)
