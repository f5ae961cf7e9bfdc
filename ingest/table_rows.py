"""What the rows of a table are about: which columns are numbering, labels and units; a row's label, unit, place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Period, Span, Table, TableRow
from ingest.table_heads import unit_of
from ingest.vi.indicators import tidy
from ingest.vi.normalise import unify
from ingest.vi.numbers import is_dotted
from ingest.vi.periods import find_periods
from ingest.vi.places import bare_name, find_places
from ingest.vi.reading import read
from ingest.vi.units import canonical_unit

_NUMBERING = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?")
_ROW_NUMBER = re.compile(r"(?:[A-ZĐ]|[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[-+•]|\(?\d{1,2}\)?)?\.?")
_UNITS = re.compile(r"(?:đvt|đv tính|đơn vị tính|đơn vị|dvt)\.?")
_DITTO = frozenset(('"', "''", "”", "“", "nt", "//", "-nt-"))
_PLACE_TYPE = re.compile(
    r"\b(?:xã|phường|thị trấn|huyện|tỉnh|thành phố|thôn|bản|ấp|buôn|xóm|khu phố|tổ dân phố)(?!\w)(?! (?:đồ|thân|đội))"
)
_PLACES = re.compile(rf"{_PLACE_TYPE.pattern}|\b(?:đơn vị|địa phương|địa bàn)(?!\w)")
_NOTE_MARK = re.compile(r"\s*\(\d{1,2}\)$")  # "Thu NSNN (1)" points to the table's note
_RANK = {"": 0, "-": 1, "+": 2}
_SIGNS = ("-", "+", "•")  # in the place of a row's number: it belongs to the numbered one above
_PERIODS = re.compile(r"(?:năm|tháng|quý|kỳ|thời gian|thời kỳ|giai đoạn)(?: báo cáo)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_NUMBER = re.compile(r"\d{1,2}|[IVX]{1,4}")
_QUANTITY = re.compile(r"[-–+]?\s*\d[\d.,%\s/]*")
# Labels that say how something is measured, not what: they go with the row or group above them.
_MEASURES = re.compile(
    r"(?:tổng )?(?:diện tích|năng suất|sản lượng|số lượng|giá trị|doanh thu|tỷ lệ|tỉ lệ|số tiền|kinh phí|khối lượng"
    r"|tỷ trọng)"
    r"(?: gieo trồng| thu hoạch| bình quân| \([^()]*\))*"
)
_TOTAL = re.compile(r"(?:tổng )?cộng|tổng(?: số)?|toàn (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)")
# English style of spreadsheets: "1,234.5", "1,234,567".
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_VIETNAMESE = re.compile(r"[\d.]*\d,\d{1,2}|[\d.]*\d,\d{4,}|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+")


def is_total(label: str) -> bool:
    """Tell whether a row's label says that it adds up others: "Tổng cộng", "Toàn huyện"."""
    return _TOTAL.fullmatch(unify(label).strip(" *:")) is not None


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a table are what (0-based). ``labels``: one, or two where the first counts for several rows.

    ``dotted``: decimals have a dot; ``english``: thousands have a comma besides.
    """

    numbering: int | None
    units: int | None
    labels: tuple[int, ...]
    dotted: bool
    english: bool = False

    def holds_values(self, column: int) -> bool:
        """Tell whether a column is neither numbering, nor units, nor labels."""
        return column not in (self.numbering, self.units, *self.labels)


def layout_of(text: str, table: Table) -> Layout:
    """Return what the columns of ``table`` are."""
    heads = [" ".join(unify(column).split()) for column in table.columns]
    numbering = 0 if _numbers_rows(text, table, heads) else None
    units = next((n for n, head in enumerate(heads) if _UNITS.fullmatch(head) and _holds_units(text, table, n)), None)
    label = next((n for n in range(len(heads)) if n not in (numbering, units)), 0)
    cells = [trimmed(text, cell).of(text) for row in table.rows for cell in row.cells]
    plain = any(_VIETNAMESE.fullmatch(cell) for cell in cells)
    english = not plain and any(_ENGLISH.fullmatch(cell) for cell in cells)
    dotted = english or (
        any(is_dotted(cell) for cell in cells) and not any(re.fullmatch(r"[\d.]*\d,\d+", cell) for cell in cells)
    )
    second = next((n for n in range(label + 1, len(heads)) if n != units), None)
    labels = (label, second) if second is not None and _is_shared(text, table, label, second) else (label,)
    return Layout(numbering, units, labels, dotted, english)


def labels_of(text: str, table: Table, layout: Layout, number: int) -> list[str]:
    """Return the row's label behind those of the rows it belongs to, as far as it does not stand by itself.

    "-" rows belong to the row above without such a sign, "+" rows to the "-" row; a row that only names a measure, or
    whose label other rows have as well, or which has a sign for a number, to the group above it.
    """
    labels: list[str] = []
    rank = len(_RANK)
    for row in reversed(table.rows[: number + 1]):
        written = _written(text, row, layout.labels[0])
        sign = written[:1] if written[:1] in "-+" else ""
        if not tidy(written) or _RANK[sign] >= rank:
            continue  # an empty label, or "Trong đó:" between a row and its parts
        rank = _RANK[sign]
        labels.insert(0, plain_label(written))
        if not sign:
            break
    if len(layout.labels) > 1:
        labels.append(plain_label(_written(text, table.rows[number], layout.labels[1])))
    elif labels and not _stands_alone(text, table, layout, labels[-1], number):
        group = _group_above(text, table, layout, number)
        labels = [group, *labels] if group else labels
    return [label for label in labels if label]


def plain_label(written: str) -> str:
    """Return a label without its numbering, its note's mark and a unit in brackets behind it."""
    label = _NOTE_MARK.sub("", tidy(written))
    at = label.rfind("(")
    return label[:at].rstrip() if at > 0 and label.endswith(")") and unit_of(label[at + 1 : -1]) else label


def unit_of_row(text: str, table: Table, layout: Layout, number: int) -> str:
    """Return the unit that a row's unit cell or its label in brackets names, "" for none; ditto marks are looked up."""
    for cell in layout.labels:
        written = " ".join(_written(text, table.rows[number], cell).split())
        at = written.rfind("(")
        if at > 0 and written.endswith(")") and (unit := unit_of(written[at + 1 : -1])):
            return unit
    if layout.units is None:
        return ""
    written = _unit_cell(text, table.rows[number], layout.units)
    if written.lower() in _DITTO:
        above = (_unit_cell(text, row, layout.units) for row in reversed(table.rows[:number]))
        written = next((unit for unit in above if unit and unit.lower() not in _DITTO), "")
    return canonical_unit(written) if written not in ("", "-") else ""


def _unit_cell(text: str, row: TableRow, column: int) -> str:
    return " ".join(_written(text, row, column).split())


def place_of_row(table: Table, layout: Layout, label: str) -> str | None:
    """Return the place that a label is and nothing more, None for another label."""
    return place_under(label, table.columns[layout.labels[0]] if layout.labels[0] < len(table.columns) else "")


def place_under(name: str, head: str) -> str | None:
    """Return the place that ``name`` is under ``head`` ("Xã": "Tân Lập" is "xã Tân Lập"), None where it is none."""
    types = set(_PLACE_TYPE.findall(unify(head)))
    places = find_places(name, unify(name))
    if len(places) == 1 and places[0].end - places[0].start == len(name):
        own = places[0].name.rpartition(name.split(" ", 1)[-1])[0].strip()
        if not types or own in types or not bare_name(name):
            return places[0].name
    if not (_PLACES.search(unify(head)) and bare_name(name)):
        return None
    return f"{types.pop()} {name}" if len(types) == 1 else name


def lists_places(table: Table, layout: Layout) -> bool:
    """Tell whether the labels of a table are places, by their head."""
    head = table.columns[layout.labels[0]] if layout.labels[0] < len(table.columns) else ""
    return _PLACES.search(unify(head)) is not None


def period_of_row(table: Table, layout: Layout, label: str) -> Period | None:
    """Return the period that a label is and nothing more ("Quý I", "2021" in a column of years), else None."""
    head = " ".join(unify(table.columns[layout.labels[0]]).split()) if layout.labels[0] < len(table.columns) else ""
    named = label
    if _YEAR.fullmatch(label) and (_PERIODS.fullmatch(head) or not head):
        named = f"năm {label}"
    elif _SHORT_NUMBER.fullmatch(label) and head in ("tháng", "quý"):
        named = f"{head} {label}"
    found = find_periods(named)
    return found[0][1] if len(found) == 1 and len(found[0][0]) == len(named) else None


def trimmed(text: str, span: Span) -> Span:
    """Return ``span`` without blanks, bars and stars at both ends."""
    written = span.of(text)
    left = len(written) - len(written.lstrip(" \t\n\xa0*|"))
    right = len(written.rstrip(" \t\n\xa0*|"))
    return Span(span.start + left, span.start + max(left, right))


def _written(text: str, row: TableRow, column: int) -> str:
    return read(text, [row.cells[column]]).text if column < len(row.cells) else ""


def _stands_alone(text: str, table: Table, layout: Layout, label: str, number: int) -> bool:
    if _MEASURES.fullmatch(unify(label)):
        return False
    if layout.numbering is not None and _written(text, table.rows[number], layout.numbering).strip() in _SIGNS:
        return False
    column = layout.labels[0]
    others = (plain_label(_written(text, row, column)) for n, row in enumerate(table.rows) if n != number)
    return all(unify(other) != unify(label) for other in others)


def _group_above(text: str, table: Table, layout: Layout, number: int) -> str:
    """Return the label of the group that a row stands under: the row above of a higher number, or without values."""
    own = depth_of_row(text, table.rows[number], layout)
    for row in reversed(table.rows[:number]):
        written = _written(text, row, layout.labels[0])
        label, depth = plain_label(written), depth_of_row(text, row, layout)
        if not label or _MEASURES.fullmatch(unify(label)) or written[:1] in "-+":
            continue
        empty = not any(_QUANTITY.fullmatch(trimmed(text, cell).of(text)) for cell in row.cells[layout.labels[0] + 1 :])
        if (own is not None and depth is not None and depth < own) or (own is None and (empty or depth is not None)):
            return label
        if own is not None and depth is None and empty:
            return label
    return ""


def depth_of_row(text: str, row: TableRow, layout: Layout) -> int | None:
    """Return how deep a row's number is: A, I, 1, 1.1 or a; None where it has none."""
    column = layout.numbering if layout.numbering is not None else layout.labels[0]
    written = _written(text, row, column).strip()
    sign = written if layout.numbering is not None else (written.split(" ", 1)[0] if written[:1].isalnum() else "")
    bare = sign.strip(".)( ")
    if not bare or not (sign != bare or layout.numbering is not None):
        return None
    if set(bare) <= set("IVX"):
        return 1
    if bare.isalpha() and len(bare) == 1:
        return 0 if bare.isupper() else 4
    return 2 + bare.count(".") if bare.replace(".", "").isdigit() else None


def _is_shared(text: str, table: Table, first: int, second: int) -> bool:
    """Tell whether labels of column ``first`` count for several rows, which column ``second`` tells apart."""
    if len(table.rows) < 2 or any(second >= len(row.cells) for row in table.rows):
        return False
    seconds = [_written(text, row, second) for row in table.rows]
    if not all(any(ch.isalpha() for ch in cell) for cell in seconds):
        return False
    joined = any(
        a.cells[first] == b.cells[first] and len(a.cells[first])
        for a, b in zip(table.rows, table.rows[1:], strict=False)
    )
    blank = any(not _written(text, row, first) for row in table.rows[1:])
    return joined or blank


def _numbers_rows(text: str, table: Table, heads: Sequence[str]) -> bool:
    """Tell whether the first column holds only row numbers (I, 1, 1.2, a) and blanks, or is headed so."""
    if heads and _NUMBERING.fullmatch(heads[0]):
        return True
    cells = [row.cells[0].of(text).strip(" *|\n") for row in table.rows if row.cells]
    told = bool(heads) and _PERIODS.fullmatch(heads[0]) is not None
    return not told and any(cells) and all(_ROW_NUMBER.fullmatch(cell) for cell in cells)


def _holds_units(text: str, table: Table, column: int) -> bool:
    """ "Đơn vị" heads a column of units or one of offices: units are short and known."""
    cells = [row.cells[column].of(text).strip() for row in table.rows if column < len(row.cells)]
    return any(unit_of(cell) for cell in cells)
