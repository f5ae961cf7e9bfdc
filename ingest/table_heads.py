"""What the heading of a table's column says: role, base, period and unit; the rest are words of the indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.domain import FigureRole, Period, PeriodKind, Table
from ingest.vi.indicators import tidy
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import contains, find_periods, find_vague, resolve
from ingest.vi.units import canonical_unit, match_unit, unit_kind

_UNIT_LINE = re.compile(r"^\W*(?:đơn vị(?: tính)?|đvt|dvt)\s*:?\s*|\W+$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_COMPARES = re.compile(r"%|(?<!\w)(?:so|tỷ lệ|tỉ lệ|đạt|bằng|tốc độ|chỉ số)(?!\w)|\bth\s?/\s?kh")
_COMPARED = re.compile(r"(?<!\w)(?:so với|so|cùng kỳ)(?: năm)?\s*$")
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu|nghị quyết|nq|dt)(?!\w)(?: năm| giao)*")
_SAME_PERIOD = re.compile(r"(?<!\w)cùng kỳ(?: năm (?:trước|\d{4}))?(?!\w)")
_PAST = re.compile(r"(?<!\w)(?:cùng kỳ(?: năm (?:trước|\d{4}))?|cknt|ck|năm trước|tháng trước|năm \d{4}|so sánh)(?!\w)")
_TARGETS = re.compile(r"(?<!\w)(?:kế hoạch|kh|dự toán|chỉ tiêu|mục tiêu|dự báo|phấn đấu|dt)(?!\w)")
_PLAIN_WORDS = re.compile(
    r"%|(?<!\w)(?:\d{1,2} năm|thực hiện|th|ước thực hiện|ước|ưth|uth|kế hoạch|kh|dự toán|dt|chỉ tiêu|mục tiêu"
    r"|so sánh|so với|so|với(?= (?:kế hoạch|kh|dự toán|cùng kỳ|ck|năm))|cùng kỳ|năm trước|tỷ lệ|đạt|bằng|giao|năm"
    r"|lũy kế|luỹ kế|kỳ báo cáo|dự báo|giá trị"
    r"|số liệu|kết quả|ck|cknt|tháng trước|đến|tính|trong kỳ|đánh giá|hiện hành|dự kiến|đơn vị tính|đvt|nq|nghị quyết"
    r"|số lượng|tổng số)(?!\w)"
)
_MEASURED_AGAINST = re.compile(
    r"%|(?<!\w)(?:tỷ lệ|tỉ lệ|so|kh|kế hoạch|dự toán|chỉ tiêu|nghị quyết|thực hiện|th|giá trị)(?!\w)"
)
_DENIES = re.compile(r"(?<!\w)(?:không|chưa)\s$")
_PROGRESS = re.compile(r"(?<!\w)(?:khối lượng|tiến độ|giải ngân|hoàn thành)(?!\w)")
# A table of several units names them once: "Đơn vị tính: ha, tạ/ha, tấn", "Diện tích: ha; năng suất: tạ/ha".
_SEVERAL = re.compile(r"[,;]\s*")
_THOUSANDS = ((re.compile(r"1\.?000\.?000 (?=đồng)"), "triệu "), (re.compile(r"1\.?000 (?=đồng)"), "nghìn "))
# What is measured by area, mass, money: the longest noun that a heading has decides.
_MEASURED = (
    ("năng suất", lambda unit: "/" in unit),
    ("diện tích", lambda unit: unit in ("ha", "m²", "km²") or unit.endswith(" ha")),
    ("sản lượng", lambda unit: unit.endswith(("tấn", "tạ", "kg", "m³", "lít"))),
    ("giá trị", lambda unit: unit_kind(unit) == "money"),
    ("doanh thu", lambda unit: unit_kind(unit) == "money"),
    ("kinh phí", lambda unit: unit_kind(unit) == "money"),
    ("vốn", lambda unit: unit_kind(unit) == "money"),
    ("tỷ lệ", lambda unit: unit == "%"),
    ("tốc độ", lambda unit: unit == "%"),
    ("đàn", lambda unit: unit == "con"),
)


_MONTHS = re.compile(r"(?<![\w.,])(\d{1,2})\s?T(?!\w)")
_NUMBER_OF = re.compile(r"(?:tổng )?số(?: lượng)? (?!liệu|nhà|tiền|dư|thu|chi)")
_NAMING = frozenset(
    (
        "xã",
        "phường",
        "thị trấn",
        "thôn",
        "huyện",
        "quận",
        "tỉnh",
        "thành phố",
        "đơn vị",
        "khu vực",
        "năm",
        "tháng",
        "ngày",
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading says: ``words`` are those left when period, role and unit are taken out."""

    role: FigureRole
    base: str
    hedge: str
    period: Period | None
    unit: str
    words: str


def read_heading(heading: str, default: Period | None) -> Column:
    """Return what a column's heading says; ``default`` is the report's period. An empty heading says a plain level."""
    heading = _months_written(heading)
    low = " ".join(unify(heading).split())
    named = [found for span, found in find_periods(heading) if not _COMPARED.search(unify(heading[: span.start]))]
    vague = [found for _, found in find_vague(heading)]
    compares = _COMPARES.search(_IN_BRACKETS.sub(" ", low)) is not None
    plan, past = _PLAN.search(low), _SAME_PERIOD.search(low) or _PAST.search(low)
    role, base = FigureRole.LEVEL, ""
    if re.search(r"(?<!\w)(?:tăng|giảm)(?!\w)", low) and "tốc độ" not in low:
        role, base = FigureRole.CHANGE, past[0] if past else ""
    elif _TARGETS.match(low) and not _COMPARES.search(low.replace("%", " ")):
        role = FigureRole.TARGET  # "KH 2021 (%)" is a planned rate, "so với KH (%)" an attainment
    elif compares and plan and "cùng kỳ" not in low:
        role, base = FigureRole.PLAN_RATIO, plan[0]
    elif compares and past:
        role, base = FigureRole.YOY_RATIO, past[0]
    elif _TARGETS.search(low):
        role = FigureRole.TARGET
    elif re.search(r"(?<!\w)(?:tỷ trọng|cơ cấu)(?!\w)", low):
        role = FigureRole.SHARE
    if len(named) > 1 and all(contains(named[0], one) for one in named[1:]):
        named = named[-1:]  # "Giai đoạn 2031 - 2035 / Năm 2032": the lower head is of one year
    if role in (FigureRole.LEVEL, FigureRole.TARGET):
        named = _of_one_year([found for _, found in find_periods(heading)]) or named
    period = resolve(named[0], default) if named and default else (named[0] if named else None)
    if period is None and vague and default is not None and role is not FigureRole.YOY_RATIO:
        period = resolve(vague[0], default)
    hedge = "ước" if re.search(r"(?<!\w)(?:ước|ưth|uth)", low) else ""
    unit = next((unit for unit in map(unit_of, _IN_BRACKETS.findall(heading)) if unit), "")
    return Column(role, base, hedge, period, unit or ("%" if "%" in low else ""), plain_words(heading))


def _months_written(heading: str) -> str:
    """Return a heading with "9T" written out: "TH 9T/2025" is of nine months."""
    return _MONTHS.sub(r"\1 tháng", heading)


def _of_one_year(named: Sequence[Period]) -> list[Period]:
    """Return a time without a year as that of the only year beside it ("Thực hiện 6 tháng / Năm 2024"), else []."""
    parts = [one for one in named if one.year is None and one.first_month is not None]
    years = [one.year for one in named if one.kind is PeriodKind.YEAR and one.year is not None]
    if len(parts) == len(years) == 1 and len(named) == 2:
        return [replace(parts[0], year=years[0])]
    return []


def period_of_head(heads: Sequence[str], column: int, default: Period | None) -> Period | None:
    """Return the period of a column, None where its head names none.

    "Cùng kỳ" is a year before the level on its left: behind "Thực hiện 9 tháng" it is of nine months, in a
    report on any other time as well.
    """
    own = read_heading(heads[column], default) if column < len(heads) else None
    if own is None or own.role is not FigureRole.LEVEL or not _SAME_PERIOD.search(unify(heads[column])):
        return own.period if own is not None else None
    for head in reversed(heads[:column]):
        left = read_heading(head, default)
        if left.role is FigureRole.LEVEL and left.period is not None and left.period.year is not None:
            before = left.period
            last = before.last_year - 1 if before.last_year is not None else None
            return replace(before, year=left.period.year - 1, last_year=last)
    return own.period


def role_in(heading: Column, unit: str) -> FigureRole:
    """Return the role of a cell: a percentage under "Khối lượng" or "Giải ngân" tells how far something is."""
    advances = heading.role is FigureRole.LEVEL and unit == "%" and _PROGRESS.search(unify(heading.words))
    return FigureRole.PROGRESS if advances else heading.role


def plain_words(heading: str, *, title: bool = False) -> str:
    """Return the words of a heading that say what is counted; "" where it only names a period, a role or a unit.

    ``title``: of a whole table, where "Giá trị" is part of what is counted.
    """
    heading = _months_written(heading)
    text = _IN_BRACKETS.sub(" ", heading)
    for span, _ in reversed(find_periods(text)):
        text = f"{text[: span.start]} {text[span.end :]}"
    low = unify(text)
    kept = list(text)
    counted = not title and _MEASURED_AGAINST.search(unify(heading)) is None
    for match in _PLAIN_WORDS.finditer(low):
        # "Đạt" beside "Không đạt" says which are counted; in "Đạt (%)", "TH đạt so với KH" it says nothing.
        told = match[0] == "đạt" and (counted or _DENIES.search(low[: match.start()]) is not None)
        if told or (title and match[0] == "giá trị"):
            continue
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    left = "".join(kept).replace("/", " ").strip()
    return tidy(left) or (left if unify(left) == "đạt" else "")


def unit_of(text: str) -> str:
    """Return the canonical unit that ``text`` is, "" when it is none."""
    tidied = " ".join(text.split())
    found = match_unit(tidied, 0)
    return found[0] if found and found[1] == len(tidied) else ""


def counted_unit(words: str, *, said: bool = False) -> str:
    """Return the unit that ``words`` begin with: "Lượt khám" counts "lượt", "Số hộ nghèo" "hộ nghèo"; "" for none.

    ``said``: only where "số" stands before it. Places and times name rows and columns and are not counted without it.
    """
    number = _NUMBER_OF.match(unify(words))
    found = match_unit(words, number.end() if number else 0)
    if found is None or unit_kind(found[0]) != "count" or (number is None and (said or found[0] in _NAMING)):
        return ""
    return found[0]


def unit_line(table: Table, words: str) -> str:
    """Return the unit that the line above a table gives what ``words`` name, "" where it gives none or several fit."""
    if not table.unit:
        return ""
    line = _UNIT_LINE.sub("", unify(table.unit))
    for written, scale in _THOUSANDS:
        line = written.sub(scale, line)
    if unit := unit_of(line):
        return unit
    parts = [part for part in _SEVERAL.split(line) if part]
    if len(parts) == 1 and ":" not in line:
        return canonical_unit(line)
    return _unit_among(parts, unify(words))


def _unit_among(parts: list[str], words: str) -> str:
    named = [part.split(":") for part in parts if part.count(":") == 1]
    for name, unit in named:
        if f" {fold(name.strip())} " in f" {fold(words)} ":
            return canonical_unit(unit)
    units = [unit for part in parts if ":" not in part and (unit := unit_of(part))]
    if not named and len(units) < len(parts):
        return ""
    for noun, fits in _MEASURED:
        if noun in words:
            fitting = [unit for unit in units if fits(unit)]
            return fitting[0] if len(fitting) == 1 else ""
    return ""
