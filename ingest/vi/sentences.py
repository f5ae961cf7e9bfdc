"""Sentences and clauses of a reading.

Both return 0-based half-open offsets into the text given, in order, without the blanks around.
"""

from __future__ import annotations

import re

from ingest.vi.letters import pattern

# Short forms that end in a full stop inside a sentence ("Tp. Hồ Chí Minh", "KT. CHỦ TỊCH").
_SHORT = frozenset(
    """tp tx tt kt tm tl tuq q p h x ths th.s ts pgs gs gs.ts pgs.ts bs bs.ck ks cn ls đ/c đc v.v tr st stt
    nxb""".split()  # noqa: SIM905 (a list of thirty quoted words is harder to read)
)
_STOP = pattern(r"[.!?](?:[\"”’'»)\]]*)(?=\s|$|(?<=[{LOW}]\.)[{UP}][{LOW}])")
# "1.", "1.4.", "II.", "a." open a sentence; they do not end one.
_MARKER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]+|[A-ZĐa-zđ])\.")
_BREAK = re.compile(r";|,(?!\d)|(?<!\d),|[()\[\]]|\s(?=và\s(?:[^\s,;()]+\s){0,6}\d)")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of ``text``; [] for a blank text.

    A sentence ends after . ! ? followed by a blank or the end, but not after a numbering marker, a short form,
    a single capital letter or "...", and never inside a number or a date.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        if match[0][0] == "." and not _ends_sentence(text, start, match.start()):
            continue
        _append(found, text, start, match.end())
        start = match.end()
    _append(found, text, start, len(text))
    return found


def clauses(text: str) -> list[tuple[int, int]]:
    """Return the clauses of a sentence: cut at ";" and "," (not a decimal comma), around brackets and before
    "và" that opens a clause with a figure. [] for a blank text.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        _append(found, text, start, match.start())
        start = match.end()
    _append(found, text, start, len(text))
    return found


def _ends_sentence(text: str, start: int, stop: int) -> bool:
    if text[stop - 1 : stop] == "." or text[stop + 1 : stop + 2] == ".":
        return False
    opened = text[start:stop].lstrip(' -+•–*(“"')
    if _MARKER.fullmatch(opened + "."):
        return False
    word = re.split(r"[\s(,;:\"“]", text[start:stop])[-1]
    if word.lower() in _SHORT:
        # "v.v." ends a sentence when a capital follows; titles such as "Tp." never do.
        return word.lower() == "v.v" and text[stop + 1 :].lstrip()[:1].isupper()
    return not (len(word) == 1 and word.isalpha() and word.isupper())


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
