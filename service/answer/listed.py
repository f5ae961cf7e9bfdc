"""Enumerations in a sentence: in brackets, behind a colon or "gồm", or a row of places."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold, unify
from ingest.vi.places import find_places, without_type
from service.answer.near import nearest
from service.answer.offices import offices
from service.answer.spots import numbered
from service.answer.views import Stretch
from service.domain import Query

_BRACKET = re.compile(r"\(([^()]{3,400})\)")
_OPENED = re.compile(r"(?<!\w)(?:(?:bao )?gồm(?: có)?(?: các| những)?|cụ thể là|đó là|(?<!\w)như)\s?:?\s+|:\s+")
# "02 chỉ tiêu chưa đạt là A và B": that several are meant is said before.
_COUNTED_ARE = re.compile(r"(?<![\w.,/])(?:0?[2-9]|1\d|hai|ba|bốn|năm|các|những) (?:[^\W\d]+ ){1,8}là (?!\d)")
_STOP = re.compile(r"[;.](?=\s|$)")
_FULL_STOP = re.compile(r"\.(?=\s|$)")
_COMMA = re.compile(r",(?!\d)\s*")
_AND = re.compile(r"\s+và\s+")
_NUMBER = re.compile(r"\((?:i{1,3}|iv|vi{0,3}|ix|x|\d{1,2})\)\s")
_SEMICOLON = re.compile(r";\s*")
_FIGURE_TALK = re.compile(
    r"^(?:tăng|giảm|đạt|bằng|chiếm|vượt|tương đương|không tính|trong đó|kèm theo|theo|ban hành|từ ngày"
    r"|giai đoạn)(?!\w)"
)
_MIN_ITEMS = 2
_KIND_ASKED = re.compile(r"(?<!\w)(?:nhung|cac|may) (\w+ \w+|\w+) nao(?!\w)")
_ROW_END = re.compile(r"[:;.(]")
_ITEM_WORDS = 4
# Words that say something of the thing: then what follows its name is no row.
_SAID_OF_IT = re.compile(r"(?<!\w)(?:gồm|là|như|đã|chưa|không|được|bị|có|đạt|cần|phải|đang|sẽ)(?!\w)")
# A colon with a bullet behind it, before any other sentence has begun.
_LEADS_IN = re.compile(r":(?=\s?[-+•–]\s)")
_ITEM = re.compile(r"\s?[-+•–]\s(.+?(?:[.;](?=\s?(?:[-+•–]\s|[^\W\d_a-z]|$))|$))")
_BULLET_CHARS = 3


def items_in(query: Query, text: str) -> str | None:
    """Return the items of the enumeration of ``text`` that the question's words lead to, joined with "; ".

    None when the sentence enumerates nothing. Places of one row lose the type they share.
    """
    if of_kind := _behind_kind(query, text):
        return "; ".join(of_kind)
    found = enumerations(text)
    if not found:
        return None
    pieces = [piece for piece, _ in found]
    items = found[nearest(query, text, pieces)][1]
    return "; ".join(items)


def _behind_kind(query: Query, text: str) -> tuple[str, ...]:
    """Return the row right behind the word for what is asked: "nghề mộc, hàn và may" to "những nghề nào".

    () where it has a number or goes on behind its last short item: then more than the row stands there.
    """
    kind = _KIND_ASKED.search(fold(query.text))
    if kind is None:
        return ()
    for match in re.finditer(rf"(?<!\w){re.escape(kind[1])}\s+", fold(text)):
        stop = _ROW_END.search(text, match.end())
        row = text[match.end() : stop.start() if stop else len(text)]
        items = split_items(row) if not _SAID_OF_IT.search(unify(row)) else ()
        if items and all(len(item.split()) <= _ITEM_WORDS and not any(map(str.isdigit, item)) for item in items):
            return items
    return ()


def enumerations(text: str) -> list[tuple[Stretch, tuple[str, ...]]]:
    """Return the enumerations of ``text`` in order without overlap, each with its two or more items."""
    found: list[tuple[Stretch, tuple[str, ...]]] = []
    taken = 0
    numbered = _numbered(text)
    others = [*_in_brackets(text), *_behind_openers(text), *_rows_of_places(text), *_rows_of_numbers(text)]
    apart = [one for one in others if not any(one[0].end > first.start for first, _ in numbered)]
    for piece, items in sorted([*numbered, *apart], key=_order):
        if piece.start >= taken:
            found.append((piece, items))
            taken = piece.end
    return found


def _order(one: tuple[Stretch, tuple[str, ...]]) -> tuple[int, int]:
    return one[0].start, -one[0].end


def _numbered(text: str) -> list[tuple[Stretch, tuple[str, ...]]]:
    """Return the enumeration whose items are numbered in the sentence: "(i) ...; (ii) ..."; [] for fewer than two."""
    marks = list(_NUMBER.finditer(text))
    if len(marks) < _MIN_ITEMS:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    items = [text[mark.end() : end].strip(" .,;") for mark, end in zip(marks, ends, strict=True)]
    return [(Stretch(marks[0].start(), len(text)), tuple(item for item in items if item))]


def _in_brackets(text: str) -> list[tuple[Stretch, tuple[str, ...]]]:
    found = []
    for match in _BRACKET.finditer(text):
        items = split_items(match[1])
        if items and not _FIGURE_TALK.match(unify(match[1])):
            found.append((Stretch(match.start(), match.end()), items))
    return found


def _behind_openers(text: str) -> list[tuple[Stretch, tuple[str, ...]]]:
    found = []
    low = unify(text)
    for match in (*_OPENED.finditer(low), *_COUNTED_ARE.finditer(low)):
        semicolons = match[0].rstrip().endswith(":")
        stop = (_FULL_STOP if semicolons else _STOP).search(text, match.end())
        end = stop.start() if stop else len(text)
        items = split_items(text[match.end() : end])
        if items:
            found.append((Stretch(match.start(), end), items))
    return found


def _rows_of_places(text: str) -> list[tuple[Stretch, tuple[str, ...]]]:
    """Return rows of places of one type ("04 xã A, B, C và D"), their bare names as items."""
    rows: list[list[tuple[int, int, str]]] = []
    for place in find_places(text, unify(text)):
        near = rows and re.fullmatch(r"\s?(?:,|và|;)\s?(?:xã |phường |huyện )?", text[rows[-1][-1][1] : place.start])
        if near:
            rows[-1].append((place.start, place.end, place.name))
        else:
            rows.append([(place.start, place.end, place.name)])
    return [
        (Stretch(row[0][0], row[-1][1]), tuple(without_type(name) for _, _, name in row))
        for row in rows
        if len(row) >= _MIN_ITEMS and len({fold(name).split()[0] for _, _, name in row}) == 1
    ]


def _rows_of_numbers(text: str) -> list[tuple[Stretch, tuple[str, ...]]]:
    """Return rows of places with numbers for names ("các tổ dân phố số 4, số 7"), their items as written."""
    rows = [(row, split_items(text[row.start : row.end])) for row in numbered(text)]
    return [(row, items) for row, items in rows if items]


def bullets_under(text: str, sentence: Stretch) -> tuple[Stretch, tuple[str, ...]] | None:
    """Return the sentence with the two or more bullets that follow its final colon, and their texts; None for none.

    ``text`` is a passage's reading, in which a bullet stands behind a colon, a semicolon or a full stop.
    """
    colon = _LEADS_IN.search(text, sentence.start, min(len(text), sentence.end + _BULLET_CHARS))
    if colon is None:
        return None
    items: list[str] = []
    end = colon.end()
    while (match := _ITEM.match(text, end)) is not None:
        items.append(match[1].strip(" .;"))
        end = match.end()
    return (Stretch(sentence.start, end), tuple(items)) if len(items) >= _MIN_ITEMS else None


def split_items(text: str) -> tuple[str, ...]:
    """Return the items of an enumeration cut at semicolons, else at commas and "và" outside brackets; () for one."""
    by_semicolon = _cut(text, _SEMICOLON)
    alike = _alike(by_semicolon)
    if alike:
        return alike
    items = by_semicolon if len(by_semicolon) >= _MIN_ITEMS else _by_commas(text)
    cleaned = tuple(part for item in items if (part := item.strip(" .,;-–…")))
    return cleaned if len(cleaned) >= _MIN_ITEMS else ()


def _alike(by_semicolon: list[str]) -> tuple[str, ...]:
    """Return the items of the first part where they alone are counted or named ("02 lớp A, 01 lớp B; mỗi lớp 30 học
    viên"): what follows the semicolon is said of all of them; () for anything else."""
    first, *others = ([part.strip(" .,;") for part in _by_commas(one)] for one in by_semicolon)
    for opens in (str.isdigit, str.isupper):
        alone = len(first) >= _MIN_ITEMS and all(opens(item[:1]) for item in first)
        if others and alone and not any(opens(one[0][:1]) for one in others):
            return tuple(first)
    return ()


def _by_commas(text: str) -> list[str]:
    """Return ``text`` cut at commas, and at the "và" that leads to the last item.

    One before that, between commas, is inside an item ("thịt và sản phẩm từ thịt, rau"), as one in an office's name.
    """
    *items, last = _cut(text, _COMMA)
    found = [m for m in _AND.finditer(last) if not any(s.start < m.start() < s.end for s in offices(last))]
    depth = [last.count("(", 0, m.start()) - last.count(")", 0, m.start()) for m in found]
    found = [m for m, inside in zip(found, depth, strict=True) if not inside]
    if not found:
        return [*items, last]
    if items:
        return [*items, last[: found[-1].start()], last[found[-1].end() :]]
    ends = [0, *(m.end() for m in found)]
    return [last[a:b] for a, b in zip(ends, [*(m.start() for m in found), len(last)], strict=True)]


def _cut(text: str, border: re.Pattern[str]) -> list[str]:
    parts, start = [], 0
    for match in border.finditer(text):
        if text.count("(", start, match.start()) == text.count(")", start, match.start()):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
