"""Is this paragraph a heading, and where does the heading end?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parse.blocks import Para
from ingest.parse.patterns import UNIT_LINE, is_capitals
from ingest.vi.letters import pattern
from ingest.vi.normalise import unify

MAX_TITLE_CHARS = 220
MAX_CAPITALS_CHARS = 450
MAX_RUN_IN_CHARS = 150
# A plain line that introduces what follows ("Một số tồn tại, hạn chế:") is short.
MAX_COLON_LINE_CHARS = 80
MAX_BARE_LINE_CHARS = 60

_COLON = re.compile(r"\s?:(?=\s|$)")
_TWO_SENTENCES = pattern(r"[.;!?]\s+[{UP}]")
_FULL_STOP_INSIDE = pattern(r"[.!?]\s+[{UP}]")
# A topic ("Về kiến nghị ...: giao Bộ ...") is a heading whatever case goes on after the colon.
_TOPIC = re.compile(r"(?:Về|Đối với|Lĩnh vực|Công tác|Tình hình|Nhiệm vụ|Kết quả)\b")
# An amount, not a year or an item number: "560 tỷ", "8%", "1.663,00", "02 vụ".
_AMOUNT = re.compile(
    r"\d[.,]\d|\d\s*%|(?<!năm )(?<!\d)\b(?!(?:19|20)\d\d\b)\d+\s+(?:nghìn|triệu|tỷ|tỉ|ha|tấn|con|người|hộ|vụ|đồng)\b"
)
# Words that end a sentence running on into a list, not a heading.
_RUNNING_ON = re.compile(r"(?:\b(?:sau|gồm|là|đó|thể|như|đây|vào|rằng|với|kính gửi|nơi nhận)|\bsau đây|\bnhư sau)\s*:$")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a heading ends in the reading: title = ``[start, end)``, the rest begins at ``rest`` (or at the end)."""

    start: int
    end: int
    rest: int


def lead_length(para: Para) -> int:
    """Return how many characters of the reading its emphasised beginning takes."""
    lead = para.block.lead
    count = 0
    for offset in para.reading.offsets:
        if offset >= lead:
            break
        count += 1
    return count


def cut_heading(para: Para, start: int) -> Cut | None:
    """Return the heading that begins at ``start`` (after the numbering), None when the paragraph is no heading."""
    text = para.reading.text
    lead = lead_length(para) if para.block.lead > para.block.span.start else 0
    title = text[start:]
    if lead >= len(text.rstrip()) - 1 or para.block.depth:
        return (
            _cut_whole(text, start, MAX_CAPITALS_CHARS)
            if not _FULL_STOP_INSIDE.search(title)
            else _cut_colon(text, start)
        )
    if lead - start >= 4:
        found = _cut_lead(text, start, lead)
        if found is not None:
            return found
    return _cut_colon(text, start) or _cut_line(text, start)


def cut_run_in(para: Para, *, before_bullet: bool) -> tuple[str, Cut] | None:
    """Return (style, cut) for a heading without number, None when the paragraph is none.

    Styles from the strongest: "#1".."#6", "bold", "star", "italic", "colon".
    """
    block, text = para.block, para.reading.text
    if block.cell is not None or block.piped or UNIT_LINE.fullmatch(text.strip(" .")):
        return None
    emphasised = block.lead > block.span.start
    lead = lead_length(para) if emphasised else 0
    if block.depth:
        return f"#{min(block.depth, 6)}", Cut(0, len(text.rstrip(" :")), len(text))
    if block.star:
        cut = _cut_star(text, lead)
        return ("star", cut) if cut else None
    if emphasised and not text.startswith("("):
        cut = _cut_emphasised(text, lead)
        if cut is not None:
            return ("bold" if block.bold else "italic"), cut
    if (
        is_capitals(text)
        and len(text) <= MAX_RUN_IN_CHARS
        and len(text.split()) > 1
        and not text.endswith((".", ";", ","))
    ):
        return "bold", Cut(0, len(text.rstrip(" :")), len(text))
    return _cut_plain_line(text, before_bullet=before_bullet)


def _cut_plain_line(text: str, *, before_bullet: bool) -> tuple[str, Cut] | None:
    if not text or not text[0].isupper() or _TWO_SENTENCES.search(text) or _AMOUNT.search(text):
        return None
    if text.endswith(":") and len(text) <= MAX_COLON_LINE_CHARS and not _RUNNING_ON.search(unify(text)):
        return "colon", Cut(0, len(text.rstrip(" :")), len(text))
    bare = before_bullet and len(text) <= MAX_BARE_LINE_CHARS and text[-1].isalpha()
    return ("colon", Cut(0, len(text), len(text))) if bare and len(text.split()) > 1 else None


def _cut_star(text: str, lead: int) -> Cut | None:
    if lead:
        return _cut_lead(text, 0, lead) if lead <= MAX_RUN_IN_CHARS else None
    cut = _cut_colon(text, 0)
    if cut and cut.end <= 100:
        return cut
    return _cut_whole(text, 0, 100) if not text.endswith((".", ";")) and not _AMOUNT.search(text) else None


def _cut_emphasised(text: str, lead: int) -> Cut | None:
    title = text[:lead].rstrip()
    if len(title) > MAX_RUN_IN_CHARS + 50 or len(title.split()) < 2 or _TWO_SENTENCES.search(title):
        return None
    if lead >= len(text.rstrip()) - 1:
        return _cut_whole(text, 0, MAX_RUN_IN_CHARS + 50) if not title.endswith((".", ";", ",", ")")) else None
    if title.endswith((":", ".")) or text[lead:].lstrip().startswith(":"):
        return _cut_lead(text, 0, lead)
    return None


def _cut_lead(text: str, start: int, lead: int) -> Cut | None:
    colon = _COLON.search(text, start, lead + 3)
    end = colon.start() if colon else lead
    rest = colon.end() if colon else lead
    if not colon and text[lead:].strip() and not re.match(r"[\s.:]", text[lead - 1 :]):
        return None
    if not colon and text[lead:].strip()[:1] and text[lead:].strip()[0] in ",;)":
        return None
    end = len(text[:end].rstrip(" .:"))
    return Cut(start, end, _skip(text, rest)) if end > start else None


def _cut_colon(text: str, start: int) -> Cut | None:
    """Cut at the first colon when a sentence or nothing follows; an amount or a list after it is no heading."""
    whole = text.rstrip().endswith(":")
    colon = _COLON.search(text, start, start + (MAX_CAPITALS_CHARS if whole else MAX_TITLE_CHARS) + 2)
    if colon is None:
        return None
    title = text[start : colon.start()]
    if _TWO_SENTENCES.search(title) or title.count("(") > title.count(")"):
        return None
    rest = _skip(text, colon.end())
    first = text[rest : rest + 2].lstrip("“\"'(")
    topic = _TOPIC.match(title) is not None and first[:1].isalpha()
    if first and not first[0].isupper() and not topic:
        return None
    return Cut(start, colon.start(), rest) if colon.start() > start else None


def _cut_line(text: str, start: int) -> Cut | None:
    title = text[start:].rstrip()
    if is_capitals(title):
        return _cut_whole(text, start, MAX_CAPITALS_CHARS)
    if _TWO_SENTENCES.search(title) or _AMOUNT.search(title) or ":" in title[:-1]:
        return None
    if title.endswith((";", ",")) or (title.endswith(".") and len(title) > MAX_COLON_LINE_CHARS):
        return None
    return _cut_whole(text, start, MAX_TITLE_CHARS)


def _cut_whole(text: str, start: int, limit: int) -> Cut | None:
    end = len(text.rstrip(" .:"))
    return Cut(start, end, len(text)) if start < end <= start + limit else None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " :":
        at += 1
    return at
