"""Where the header ends, where the signature block stands, where annexes begin. Nothing is read out yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Span
from ingest.parse.blocks import Grid, Para
from ingest.parse.markers import read_marker
from ingest.parse.patterns import (
    ADDRESSEE,
    ANNEX,
    DATE,
    MOTTO,
    NATION,
    NUMBER,
    OFFICE,
    RECIPIENTS,
    SIGNING,
    TYPE_LINE,
    TYPE_START,
    is_capitals,
)
from ingest.parse.signature import is_name
from ingest.vi.normalise import fold

# The type line stands within the first blocks of a document.
MAX_HEADER_BLOCKS = 40
MAX_TITLE_CHARS = 500
# Blocks of a signature block are short; the longest are lists of recipients.
MAX_SIGNATURE_CHARS = 300
_MAX_BARE_SIGNATURE = 5  # lines
_PREAMBLE = re.compile(
    r"(?:can cu|thuc hien|tren co so|theo|xet|de |nham|sau khi|ngay|trong|chieu|sang|tu ngay|tiep tuc)\b"
)
_BODY = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|quoc hoi|chinh phu|thu tuong|chu tich|bo truong|uy ban)\b"
)
_MAX_TITLE_CHARS = 150  # of the title below a line that says only "Phụ lục"


@dataclass(frozen=True, slots=True)
class Zones:
    """Item numbers (0-based) of the parts of a document; ``header_end`` 0 when it has no header.

    ``type_at``: the type line; ``title``: items of the title; ``signature``: [start, end) or None;
    ``annexes``: first item of each annex -> item after its title.
    """

    header_end: int
    type_at: int | None
    title: tuple[int, ...]
    signature: tuple[int, int] | None
    annexes: dict[int, int]


def find_zones(items: Sequence[Para | Grid]) -> Zones:
    """Return the zones of ``items``."""
    type_at = _find_type(items)
    if type_at is None:
        header_end, title = _find_bare_title(items, _head_without_type(items))
    else:
        header_end, title = _find_title(items, type_at)
    signature = _find_signature(items, header_end)
    annexes = _find_annexes(items, header_end, signature)
    if signature:
        later = [at for at in annexes if at >= signature[0]]
        signature = (signature[0], min([signature[1], *later]))
    return Zones(header_end, type_at, title, signature, annexes)


def is_type_line(text: str) -> bool:
    """Tell whether ``text`` is a document type in capitals and nothing else."""
    bare = text.strip(" :*")
    return is_capitals(bare) and TYPE_LINE.fullmatch(" ".join(fold(bare).split())) is not None


def _text(item: Para | Grid) -> str:
    return item.reading.text if isinstance(item, Para) else ""


def _find_type(items: Sequence[Para | Grid]) -> int | None:
    found = None
    for number, item in enumerate(items[:MAX_HEADER_BLOCKS]):
        text = _text(item)
        if is_type_line(text):
            found = number
        elif found is not None:
            # The type is sometimes printed twice (cover and first page).
            break
        elif len(text) <= 300 and is_capitals(text) and TYPE_START.match(fold(text)) and read_marker(text) is None:
            return number
        elif _is_heading(text) and number > 0:
            return None
    return found


def _is_heading(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.family in ("part", "roman", "article", "upper")


def _find_title(items: Sequence[Para | Grid], type_at: int) -> tuple[int, tuple[int, ...]]:
    """Return (first item after the header, items of the title)."""
    title = [] if is_type_line(_text(items[type_at])) else [type_at]
    at = type_at + 1
    while at < len(items) and at - type_at <= 8:
        text, item = _text(items[at]), items[at]
        if not isinstance(item, Para) or len(text) > MAX_TITLE_CHARS or _is_styled_heading(item, items[type_at]):
            break
        folded = fold(text)
        if ADDRESSEE.match(folded) or (is_capitals(text) and _BODY.match(folded) and title):
            at += 1
        elif _goes_on(item, text, folded, before=_text(items[title[-1]]) if title else ""):
            title.append(at)
            at += 1
        else:
            break
    return at, tuple(title)


def _is_styled_heading(item: Para, kind: Para | Grid) -> bool:
    """Tell whether a line has an outline level, but the type line ``kind`` above it has none."""
    return item.block.depth > 0 and isinstance(kind, Para) and not kind.block.depth


def _goes_on(item: Para, text: str, folded: str, *, before: str) -> bool:
    if read_marker(text) is not None or text.endswith((".", ":")):
        return False
    if not before:
        return not (_PREAMBLE.match(folded) and len(text) > 200)
    if text.startswith("("):
        return False
    if before.endswith((",", ";", "-", "–", " và")):
        return True
    whole = item.block.lead >= item.block.span.end - 1 and item.block.lead > item.block.span.start
    return (
        is_capitals(text)
        or text[0].islower()
        or (item.block.centred and len(text) <= 200)
        or (whole and item.block.bold)
    )


def _head_without_type(items: Sequence[Para | Grid]) -> int:
    """Return the item after the leading agency, motto, number and date lines of a document without type line."""
    end = 0
    for number, item in enumerate(items[:12]):
        text = _text(item)
        if not text or len(text) > 200:
            break
        folded = fold(text)
        if NATION.search(folded) or MOTTO.search(folded) or NUMBER.match(text) or DATE.match(text):
            end = number + 1
    return end


def _find_bare_title(items: Sequence[Para | Grid], start: int) -> tuple[int, tuple[int, ...]]:
    """Return (first item after the header, items of the title) where capitals follow the head without a type line."""
    end = start
    while 0 < start <= end < len(items) and end - start < 4:
        text = _text(items[end])
        if not is_capitals(text) or len(text) > MAX_TITLE_CHARS or read_marker(text) is not None:
            break
        end += 1
    return end, tuple(range(start, end))


def _find_signature(items: Sequence[Para | Grid], after: int) -> tuple[int, int] | None:
    start = None
    for number in range(after, len(items)):
        text = _text(items[number])
        if RECIPIENTS.match(fold(text)) and len(text) <= MAX_SIGNATURE_CHARS * 4:
            start = number
            break
        if len(text) <= 100 and is_capitals(text) and SIGNING.match(text):
            start = number
            break
    if start is None:
        return _bare_signature(items, after)
    while start > after and _opens_signature(items[start - 1]):
        start -= 1
    end = start
    while end < len(items) and _in_signature(items[end]):
        end += 1
    return start, max(end, start + 1)


def _bare_signature(items: Sequence[Para | Grid], after: int) -> tuple[int, int] | None:
    """Return the block that ends the document with an office in capitals and a name, neither list nor formula above."""
    for number in range(max(after, len(items) - _MAX_BARE_SIGNATURE), len(items)):
        rest = items[number:]
        if _opens_signature(rest[0]) and all(map(_in_signature, rest)) and is_name(_text(rest[-1])):
            return number, len(items)
    return None


def _opens_signature(item: Para | Grid) -> bool:
    text = _text(item)
    return 0 < len(text) <= 100 and is_capitals(text) and bool(SIGNING.match(text) or OFFICE.match(text))


def _in_signature(item: Para | Grid) -> bool:
    if not isinstance(item, Para):
        return False
    text = item.reading.text
    return item.block.cell is not None or (len(text) <= MAX_SIGNATURE_CHARS and not is_type_line(text))


def _find_annexes(items: Sequence[Para | Grid], header_end: int, signature: tuple[int, int] | None) -> dict[int, int]:
    annexes: dict[int, int] = {}
    number = max(header_end, 1)
    while number < len(items):
        item, text = items[number], _text(items[number])
        second = signature is not None and number >= signature[0] and is_type_line(text)
        below = _text(items[number + 1]) if number + 1 < len(items) else ""
        if isinstance(item, Para) and (second or _is_annex_line(item, text, below)):
            annexes[number] = _annex_title_end(items, number)
            number = annexes[number]
        else:
            number += 1
    if signature and signature[1] < len(items) and not any(at >= signature[0] for at in annexes):
        annexes[signature[1]] = signature[1]
    return annexes


def _is_annex_line(item: Para, text: str, below: str) -> bool:
    """Tell whether a line opens an annex: "Phụ lục 2", "PHỤ LỤC", "Phụ lục" above a title, "PHỤ BIỂU: TITLE"."""
    if item.block.cell is not None or len(text) > 200:
        return False
    match = ANNEX.match(" ".join(fold(text).split()))
    if match is None or not text[0].isupper():
        return False
    if match.end() >= len(fold(text).rstrip()):
        titled = below and len(below) <= _MAX_TITLE_CHARS and below[-1] not in ".;:,"
        return bool(match.group("no")) or is_capitals(text) or bool(titled)
    return (bool(match.group("no")) or match[0].endswith(":")) and is_capitals(text)


def _annex_title_end(items: Sequence[Para | Grid], at: int) -> int:
    end = at + 1
    while end < len(items) and end - at <= 3:
        item, text = items[end], _text(items[end])
        if not isinstance(item, Para) or not text or not is_capitals(text) or read_marker(text) is not None:
            break
        if _is_annex_line(item, text, ""):
            break
        end += 1
    return end


def spans_of(items: Sequence[Para | Grid]) -> Span:
    """Return the stretch of text from the first to the last of ``items`` (at least one)."""
    first, last = items[0], items[-1]
    start = first.start if isinstance(first, Para) else first.span.start
    end = max(s.end for s in last.spans) if isinstance(last, Para) else last.span.end
    return Span(start, end)
