"""Round brackets of a sentence: which are open at its end, and the text without those that are closed."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"\([^()]*\)")
_MARKER = re.compile(r"(?:^|(?<=[;:.,]\s))\s?(?:[a-zđ]|\d{1,2})\)")  # "...; b) ...": opens a point, closes no bracket


def blank_closed(text: str) -> str:
    """Return ``text`` with every innermost closed bracket blanked; the same length."""
    return _CLOSED.sub(lambda match: " " * len(match[0]), text)


def open_brackets(text: str) -> list[int]:
    """Return the 0-based offsets of the brackets still open at the end of ``text``, outermost first; [] for none."""
    opened: list[int] = []
    for at, ch in enumerate(text):
        if ch == "(":
            opened.append(at)
        elif ch == ")" and opened:
            opened.pop()
    return opened


def last_semicolon(text: str) -> int:
    """Return where the last semicolon outside closed brackets stands, -1 for none."""
    stretch = _MARKER.sub(lambda match: " " * len(match[0]), blank_closed(text))
    return stretch.rfind(";", stretch.rfind(")") + 1)
