"""Plain text and Markdown -> Source. The canonical text keeps every line break; blocks join wrapped lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import ParseIssue, Severity, Span
from ingest.parse import pipes
from ingest.parse.blocks import Block, Grid, Source
from ingest.parse.patterns import ANNEX, FURNITURE, MOTTO, NATION, NUMBER, RECIPIENTS, TYPE_LINE, is_capitals
from ingest.vi.legacy import Scheme
from ingest.vi.letters import pattern
from ingest.vi.normalise import canonical, fold
from ingest.vi.recognise import recover

# A hard-wrapped file has no longer line than this (a typewriter line is 72-100 characters).
MAX_WRAPPED_CHARS = 115
# A wrapped line is "full" when it reaches this share of the longest usual line.
_FULL_SHARE = 0.72
# "Số: 156/BC-UBND" stands on a line of its own, "số 45/2017/NĐ-CP ngày ..." does not.
_MAX_NUMBER_LINE = 32

_ITEM = pattern(
    r"[\s*_]*(?:[-+–—]\s*(?=[{UP}“\"(\[])|[•●▪◦]|[IVX]{1,5}\s*[.\-]\s|[A-HK-Z]\d?\s*[.\-]\s|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+(?=[{UP}“\"*])|"
    r"[a-zđ]\s*\)\s|Điều\s+\d|Phần\s+thứ|[¹²³⁴-⁹]|\[\^?\d{1,3}\])"
)
# A note's label on a line of its own; its text follows.
_LABEL_ALONE = re.compile(r"\s*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\^?\d{1,3}\]:?)\s*")
_SENTENCE_END = re.compile(r"[.;:!?…/”\"*]\W*$")
_HASHES = re.compile(r"(#{1,6})\s+")
_MARKER = r"(?:[-+•–—]\s*|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXLC]+|[A-Za-zđ])\s*[.)]\s*|Điều\s+\d+\s*\.\s*)?"
_BOLD = re.compile(rf"{_MARKER}\*\*\*?(?![\s*])(?P<lead>[^*]*(?:\*(?!\*)[^*]*)*?)\*\*\*?", re.DOTALL)
_ITALIC = re.compile(rf"{_MARKER}\*(?![\s*])(?P<lead>[^*]+)\*", re.DOTALL)
_STAR_RUN_IN = re.compile(r"\*\s+(?P<lead>\*{1,3}(?![\s*])[^*]+\*{1,3})", re.DOTALL)
_STAR_LINE = re.compile(r"\*\*\s+(?P<lead>[^*]+)\*\s*$", re.DOTALL)
_STAR = re.compile(r"\*\s+\S")
_WIKI_EDIT = re.compile(r"\[sửa[^\]\n]{0,40}\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; ``span`` in the canonical text, ``text`` its characters."""

    span: Span
    text: str

    @property
    def blank(self) -> bool:
        """Tell whether nothing is printed on the line."""
        return not self.text.strip()


def read_text(raw: str, *, format_name: str) -> Source:
    """Return the blocks of ``raw``; never raises. An empty text gives no items. Old encodings are read and told of."""
    repaired, scheme = recover(raw)
    text = canonical(repaired)
    lines = _lines(text)
    width = wrap_width(lines)
    items: list[Block | Grid] = []
    issues: list[ParseIssue] = [_converted(scheme)] if scheme else []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.text.strip() == "|":
            at, found, issue = pipes.read_lone(text, [one.span for one in lines], at, count_cells(items))
            items += [_styled(text, one) if isinstance(one, Block) else one for one in found]
            issues += issue
        elif pipes.is_row(line.text):
            end = at
            while end < len(lines) and pipes.is_row(lines[end].text):
                end += 1
            items += pipes.read_rows(text, [one.span for one in lines[at:end]], count_cells(items))
            at = end
        elif FURNITURE.fullmatch(line.text):
            at += 1
        else:
            end = at
            while end < len(lines) and not _ends_group(lines[end]):
                end += 1
            items += [_styled(text, Block(span)) for span in _paragraphs(text, lines[at:end], width)]
            at = end
    guessed = (one for one in items if (one.piped if isinstance(one, Block) else not one.aligned))
    return Source(text, format_name, tuple(items), issues=tuple(issues), doubtful=tuple(one.span for one in guessed))


def count_cells(items: Sequence[Block | Grid]) -> int:
    """Return the number of layout cells met so far (cells are numbered through)."""
    return 1 + max((one.cell for one in items if isinstance(one, Block) and one.cell is not None), default=-1)


def wrap_width(lines: Sequence[Line]) -> int:
    """Return the usual width in characters of a hard-wrapped text, 0 when lines are whole paragraphs."""
    follow = [
        (len(a.text), len(b.text))
        for a, b in itertools.pairwise(lines)
        if not (a.blank or b.blank or pipes.is_pipe(a.text) or pipes.is_pipe(b.text))
    ]
    sizes = sorted(len(line.text) for line in lines if not line.blank and not pipes.is_row(line.text))
    if len(follow) < 4 or not sizes:
        return 0
    width = sizes[min(len(sizes) - 1, int(len(sizes) * 0.98))]
    full = sum(1 for first, _ in follow if first >= width * _FULL_SHARE)
    return width if 40 <= width <= MAX_WRAPPED_CHARS and full * 2 >= len(follow) else 0


def _converted(scheme: Scheme) -> ParseIssue:
    message = f"Tệp không phải Unicode (mã cũ: {scheme.value}); đã chuyển mã, hãy đối chiếu vài dòng với bản gốc."
    return ParseIssue("legacy-encoding", message, Severity.INFO)


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for piece in text.split("\n"):
        lines.append(Line(Span(start, start + len(piece)), piece))
        start += len(piece) + 1
    return lines


def _ends_group(line: Line) -> bool:
    return line.blank or pipes.is_pipe(line.text) or FURNITURE.fullmatch(line.text) is not None


def _paragraphs(text: str, group: Sequence[Line], width: int) -> list[Span]:
    """Return the spans of the paragraphs in lines that no blank line parts."""
    found: list[Span] = []
    previous: Line | None = None
    for line in group:
        trimmed = _trim(line)
        opened = bool(found) and text[found[-1].start : found[-1].end].count("**") % 2 == 1
        if (previous is not None and _LABEL_ALONE.fullmatch(previous.text)) or (
            previous is not None and width and (opened or not _starts_paragraph(previous, line, width))
        ):
            found[-1] = Span(found[-1].start, trimmed.end)
        else:
            found.append(trimmed)
        previous = line
    return found


def _starts_paragraph(previous: Line, line: Line, width: int) -> bool:
    if _stands_alone(previous.text) or _stands_alone(line.text):
        return True
    if not _ITEM.match(line.text):
        return False
    return _SENTENCE_END.search(previous.text) is not None or len(previous.text) < width * 0.55


def _stands_alone(text: str) -> bool:
    folded = fold(text).strip(" *")
    if TYPE_LINE.fullmatch(folded) and is_capitals(text):
        return True
    if any(p.match(folded) for p in (NATION, MOTTO, RECIPIENTS)):
        return True
    if ANNEX.fullmatch(folded) and text.strip(" *")[:1].isupper():
        return True
    return len(text) < _MAX_NUMBER_LINE and NUMBER.match(text.strip(" *")) is not None


def _trim(line: Line) -> Span:
    stripped = line.text.strip()
    start = line.span.start + line.text.index(stripped)
    return Span(start, start + len(stripped))


def _styled(text: str, block: Block) -> Block:
    """Return ``block`` with what its asterisks and hashes say."""
    start, end = block.span.start, block.span.end
    raw = text[start:end]
    depth = 0
    if hashes := _HASHES.match(raw):
        depth, start = len(hashes.group(1)), start + hashes.end()
    if noise := _WIKI_EDIT.match(text, start, end):
        start = noise.end()
    raw = text[start:end]
    lead, bold, star = 0, False, False
    if match := _STAR_LINE.match(raw) or _STAR_RUN_IN.match(raw):
        lead, star, bold = match.end("lead"), True, "**" in match.group("lead")
    elif match := _BOLD.match(raw):
        lead, bold = match.end(), True
    elif match := _ITALIC.match(raw):
        lead = match.end()
    elif _STAR.match(raw):
        star = True
    lead_end = start + lead if lead else start
    return Block(Span(start, end), lead_end, bold, star, depth, block.cell, block.centred, block.piped)
