"""Scanned pages: an image in, a printed page out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image

from ingest.domain import ParseIssue, Severity
from ingest.parse.printed import PrintedPage, PrintedWord, Rule
from ingest.parse.scan_ink import Grey, part_inks
from ingest.parse.scan_marks import Box
from ingest.parse.scan_numerals import with_numerals
from ingest.parse.scan_rules import Cell, PixelRule, find_cells, find_rules, without_rules
from ingest.parse.scan_spelling import spelled
from ingest.parse.scan_stamps import stamps_of
from ingest.parse.scan_turn import lies_sideways, skew_of, turned
from ingest.parse.scan_words import Piece, lone_numbers, pieces_of
from ingest.parse.tesseract import RawWord, TooSlow, recognised

SCAN_DPI = 200  # at which pages of PDF files are drawn to be recognised
# Seconds for one call of Tesseract; a page takes two or three on an idle core.
PAGE_SECONDS = 90.0
_POINTS, _DARK = 72.0, 128
_LEAST_DPI, _WANTED_DPI, _MOST_DPI = 190.0, 300.0, 330.0
_MOST_ENLARGED = 4.0  # times: print that is smaller still has no letters, and an icon would become a sheet
_LEAST_SIDE = 12  # pixels: what is smaller is an icon, a line or a trick; a line of print with its accents is higher
# Mean confidence of a page that lies the right way up; below it the page is also read upside down.
_UPRIGHT = 0.60
# A line with no word as clear as this, and less clear on the whole, is a signature, a seal or dirt.
_JUNK_WORD, _JUNK_LINE = 0.70, 0.45
_SIGNS = "-–*+|_%"  # of lines without a letter: dashes, bullets, rules (in cells anything may stand alone)
# Accents of capitals that were read as words of their own, and then other signs of the line are, too. A ring or an
# apostrophe alone may be a raised mark.
_ODD = re.compile(r"[¬„`^°~¨´ˆ˜]*[¬„¨ˆ˜][¬„`^°~¨´ˆ˜]*")
_CELL_GAP = 24  # pixels of white between the cells of a table set one below the other
_ONE_BLOCK = 6
_DASH, _DASH_SURE = (0.025, 0.15), 0.9  # greatest height and length of a dash in inches


def recognise_page(image: Image.Image, *, number: int, width: float, height: float) -> PrintedPage:
    """Return page ``number`` (1-based) of a scan, turned upright and level.

    ``width`` and ``height``: in points, of the page as it lies; those of the result are the upright page's. A blank
    page has no words. A page that takes too long has none either, and a WARNING issue.
    Raises UnreadableReport (ocr-unavailable).
    """
    if min(image.size) < _LEAST_SIDE:
        return PrintedPage(number, width, height, (), scanned=True)
    image, dpi = _scaled(image, image.width / max(width, 1.0) * _POINTS)
    inks = part_inks(image)
    try:
        page, words = _upright(inks.black, dpi)
        kept, junk = _without_junk(words)
        pieces = with_numerals(page.clean, pieces_of(page.clean, kept, seconds=PAGE_SECONDS))
        pieces = spelled(page.clean, pieces)
        coloured = None if inks.coloured is None else _quarters(inks.coloured, page.quarter)
        stamps = stamps_of(kept, page.grey, coloured, dpi)
    except TooSlow:
        issue = ParseIssue(
            "scan-page-unread",
            f"Trang {number}: nhận dạng chữ quá lâu nên trang này chưa được đọc.",
            Severity.WARNING,
        )
        return PrintedPage(number, width, height, (), scanned=True, issues=(issue,))
    if page.quarter % 2:
        width, height = height, width
    return PrintedPage(
        number,
        width,
        height,
        tuple(_printed(piece, dpi) for piece in pieces),
        tuple(_rule(rule, dpi) for rule in page.rules),
        scanned=True,
        stamps=stamps,
        issues=_junk_issue(number, junk),
        quarter=page.quarter,
    )


def _upright(grey: Grey, dpi: float) -> tuple[_Page, list[RawWord]]:
    """Return the page the way up in which it is read best, with its words. Raises ``TooSlow``."""
    first = 1 if lies_sideways(grey) else 0
    best = _Page(grey, first, dpi)
    words = best.words()
    if _is_right(words) or not (grey < _DARK).any():
        return best, words
    ways = ((first + 2) % 4, 1 - first, 3 - first)
    for quarter in ways if not _runs_downwards(words) else ways[1:]:
        other = _Page(grey, quarter, dpi)
        found = other.words()
        if _runs_downwards(words) or (_confidence(found) > _confidence(words) and not _runs_downwards(found)):
            best, words = other, found
        if _is_right(words):
            break
    return best, words


def _is_right(words: Sequence[RawWord]) -> bool:
    return _confidence(words) >= _UPRIGHT and not _runs_downwards(words)


def _runs_downwards(words: Sequence[RawWord]) -> bool:
    """Tell whether most words are higher than wide: Tesseract also reads lines that run up or down the page."""
    long = [word for word in words if len(word.text) >= 3]
    return 2 * sum(word.bottom - word.top > word.right - word.left for word in long) > len(long)


class _Page:
    """A page turned by ``quarter`` quarter turns and made level: its rules found, and painted over in ``clean``."""

    def __init__(self, grey: Grey, quarter: int, dpi: float) -> None:
        self.quarter = quarter
        self.dpi = dpi
        upright = _quarters(grey, quarter)
        self.grey = turned(upright, skew_of(upright))
        self.rules: list[PixelRule] = find_rules(self.grey, dpi)
        self.clean = without_rules(self.grey, self.rules)

    def words(self) -> list[RawWord]:
        """Return the words of the running text, then those of the cells of ruled tables. Raises ``TooSlow``."""
        cells = [cell for table in find_cells(self.rules, self.dpi) for cell in table]
        text = self.clean
        if cells:
            text = text.copy()
            for cell in cells:
                text[cell.top : cell.bottom, cell.left : cell.right] = 255
        words = recognised(Image.fromarray(text), seconds=PAGE_SECONDS, dpi=round(self.dpi))
        return words + self._cell_words(cells)

    def _cell_words(self, cells: Sequence[Cell]) -> list[RawWord]:
        """Read cells apart from each other, so that no number runs into the next column; all in one call."""
        filled = [c for c in cells if (self.clean[c.top : c.bottom, c.left : c.right] < 140).any()]
        if not filled:
            return []
        sheet_width = max(c.right - c.left for c in filled) + 2 * _CELL_GAP
        tops, rows = [], _CELL_GAP
        for cell in filled:
            tops.append(rows)
            rows += cell.bottom - cell.top + _CELL_GAP
        sheet = np.full((rows, sheet_width), 255, np.uint8)
        for cell, top in zip(filled, tops, strict=True):
            crop = self.clean[cell.top : cell.bottom, cell.left : cell.right]
            sheet[top : top + crop.shape[0], _CELL_GAP : _CELL_GAP + crop.shape[1]] = crop
        found = []
        for word in recognised(Image.fromarray(sheet), seconds=PAGE_SECONDS, layout=_ONE_BLOCK, dpi=round(self.dpi)):
            at = max((n for n, top in enumerate(tops) if top <= (word.top + word.bottom) // 2), default=0)
            right, down = filled[at].left - _CELL_GAP, filled[at].top - tops[at]
            found.append(
                RawWord(
                    word.text,
                    max(0, word.left + right),
                    max(0, word.top + down),
                    word.right + right,
                    word.bottom + down,
                    word.confidence,
                    (-1 - at, *word.line[1:]),
                )
            )
        found += _dashes(self.clean, filled, found, self.dpi)
        unsure = {word.line[0] for line in _lines(found).values() if _is_junk(line) for word in line}
        sure = [word for word in found if word.line[0] not in unsure]
        again = _unread(self.clean, filled, sure)
        return [*sure, *again, *(w for w in found if w.line[0] in unsure - {one.line[0] for one in again})]


def _dashes(page: Grey, cells: Sequence[Cell], words: Sequence[RawWord], dpi: float) -> list[RawWord]:
    """Return the dashes that stand alone in cells: recognition takes them for dirt, and they say "nothing"."""
    read = {word.line[0] for word in words}
    found = []
    for at, cell in enumerate(cells):
        if -1 - at in read:
            continue
        rows, columns = np.nonzero(page[cell.top : cell.bottom, cell.left : cell.right] < _DARK)
        if not rows.size:
            continue
        high, wide = int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1
        if high <= _DASH[0] * dpi and high * 2 <= wide <= _DASH[1] * dpi and rows.size >= 0.6 * high * wide:
            left, top = cell.left + int(columns.min()), cell.top + int(rows.min())
            # As high as a word, so that it lies in the line of its row.
            grown = max(0, top - 2 * high)
            found.append(RawWord("-", left, grown, left + wide, top + 3 * high, _DASH_SURE, (-1 - at, 0, 0)))
    return found


def _unread(page: Grey, cells: Sequence[Cell], words: Sequence[RawWord]) -> list[RawWord]:
    """Return the numbers of cells that hold ink and nothing was read of, as read one by one. Raises ``TooSlow``."""
    read = {word.line[0] for word in words}
    boxes = {}
    for at, cell in enumerate(cells):
        rows, columns = np.nonzero(page[cell.top : cell.bottom, cell.left : cell.right] < _DARK)
        if -1 - at not in read and rows.size:
            left, top = cell.left + int(columns.min()), cell.top + int(rows.min())
            boxes[at] = Box(left - 3, top - 3, cell.left + int(columns.max()) + 4, cell.top + int(rows.max()) + 4)
    return [
        RawWord(text, max(0, box.left), max(0, box.top), box.right, box.bottom, confidence, (-1 - at, 0, 0))
        for (at, box), (text, confidence) in zip(
            boxes.items(), lone_numbers(page, list(boxes.values()), seconds=PAGE_SECONDS), strict=True
        )
        if text
    ]


def _quarters(grey: Grey, quarter: int) -> Grey:
    return np.ascontiguousarray(np.rot90(grey, quarter))


def _scaled(image: Image.Image, dpi: float) -> tuple[Image.Image, float]:
    """Return the image at a resolution that is read well and quickly, with that resolution."""
    wanted = _WANTED_DPI if dpi < _LEAST_DPI or dpi > _MOST_DPI else dpi
    wanted = min(wanted, dpi * _MOST_ENLARGED)
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    if wanted == dpi:
        return image, dpi
    scale = wanted / dpi
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC), wanted


def _confidence(words: Sequence[RawWord]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _lines(words: Iterable[RawWord]) -> dict[tuple[int, int, int], list[RawWord]]:
    lines: dict[tuple[int, int, int], list[RawWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return lines


def _is_junk(line: Sequence[RawWord]) -> bool:
    return _confidence(line) < _JUNK_LINE and not any(w.confidence >= _JUNK_WORD and len(w.text) > 1 for w in line)


def _without_junk(words: Sequence[RawWord]) -> tuple[list[RawWord], int]:
    """Return the words without the lines that nobody can have printed, and how many lines those were."""
    soiled = {word.line for word in words if word.line[0] >= 0 and _ODD.fullmatch(word.text)}
    words = [word for word in words if word.line not in soiled or any(ch.isalnum() for ch in word.text)]
    lines = _lines(words)
    junk = {
        key
        for key, line in lines.items()
        if _is_junk(line) or (key[0] >= 0 and not any(ch.isalnum() or ch in _SIGNS for w in line for ch in w.text))
    }
    return [word for word in words if word.line not in junk], len(junk)


def _junk_issue(number: int, lines: int) -> tuple[ParseIssue, ...]:
    if not lines:
        return ()
    message = f"Trang {number}: {lines} chỗ có nét mực không đọc thành chữ (chữ ký, con dấu hoặc vết bẩn), được bỏ qua."
    return (ParseIssue("scan-unclear-ink", message),)


def _printed(piece: Piece, dpi: float) -> PrintedWord:
    box, scale = piece.box, _POINTS / dpi
    return PrintedWord(
        piece.text,
        box.left * scale,
        box.top * scale,
        max(box.right, box.left + 1) * scale,
        max(box.bottom, box.top + 1) * scale,
        piece.size * scale,
        raised=piece.raised,
        confidence=round(min(1.0, piece.confidence), 3),
    )


def _rule(rule: PixelRule, dpi: float) -> Rule:
    scale = _POINTS / dpi
    if rule.level:
        middle = (rule.top + rule.bottom) / 2 * scale
        return Rule(rule.left * scale, middle, rule.right * scale, middle)
    middle = (rule.left + rule.right) / 2 * scale
    return Rule(middle, rule.top * scale, middle, rule.bottom * scale)
