"""What stands around a paragraph and speaks for its figures: headings, the line a list hangs on, the report's dates."""

from __future__ import annotations

import re
from collections import Counter

from ingest.domain import Figure, Paragraph, ParagraphKind, Period, PeriodKind, Report, Section, SectionKind
from ingest.vi.indicators import is_short, tidy
from ingest.vi.normalise import unify
from ingest.vi.periods import contains, find_periods, resolve, single_year
from ingest.vi.places import find_places, listed_type

_MAX_LEAD_WORDS = 12  # a longer line before a list is a sentence, not the name of what the list counts
_MIN_YEARS = 3
# "...: 95 tỷ đồng, gồm:": the list names the parts of what the line counted.
_PARTS = re.compile(r"(?:trong đó|gồm|bao gồm)\W*$")
# A line that starts so measures what the line before named: "Lúa mùa: 1.200 ha" / "Năng suất bình quân: 60 tạ/ha".
_ATTACHED = re.compile(r"(?:diện tích|năng suất|sản lượng)(?: bình quân| trung bình)?$")
_MEASURES = re.compile(r"(?:tỷ lệ|tỉ lệ|tổng|số|mức|diện tích|sản lượng|năng suất|giá trị|trong đó)(?!\w)")
_BODY = r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|đảng ủy|địa bàn)?\s*"
_OPENS = r"\W*(?:(?:một số|các|những|thông qua|phê duyệt|giao|về|hệ thống|tổng hợp|những)\s)*"
# Headings under which nothing is done yet, whatever stands above them.
_AHEAD = re.compile(
    _OPENS + r"(?:mục tiêu(?! quốc gia)|phương hướng|định hướng|dự báo|dự kiến)(?!\w)"
    r"|.*(?:năm|quý|tháng|thời gian|giai đoạn) tới(?!\w)"
)
# These name aims only outside the report of what was reached ("I. Kết quả: 1. Các chỉ tiêu kinh tế").
_PLANNED = re.compile(_OPENS + r"(?:chỉ tiêu|kế hoạch(?! hóa| hoá)|dự toán|phân bổ|nhiệm vụ)(?!\w)")
_REACHED = re.compile(
    r"(?<!\w)(?:kết quả|tình hình|đánh giá|thực hiện|thực trạng|hiện trạng|tồn tại|hạn chế|ước)(?!\w)"
)
_AIMING = re.compile(r"(?<!\w)(?:mục tiêu(?! quốc gia)|chỉ tiêu)(?!\w)")


def subject_above(report: Report, section: int | None) -> str:
    """Return the title of a section, or of the nearest outer one that has a title; "" for none."""
    for here in _outwards(report, section):
        if here.title and here.kind not in (SectionKind.ROOT, SectionKind.HEADER):
            return here.title
    return ""


def place_above(report: Report, section: int | None) -> str | None:
    """Return the place that the nearest heading is the name of ("2. Xã X"), else the report's own; None for none."""
    for here in _outwards(report, section):
        if here.kind is not SectionKind.ROOT and (name := named_place(here.title)):
            return name
    return report.meta.area or None


def place_type_above(report: Report, section: int | None) -> str:
    """Return the type of the places a section tells of one by one ("Kết quả theo từng xã": "xã"), "" for none."""
    for here in _outwards(report, section):
        if here.kind is not SectionKind.ROOT and (kind := listed_type(unify(here.title))):
            return kind
    return ""


def named_place(title: str) -> str | None:
    """Return the place a title is the name of and nothing more ("UBND xã X"), or None."""
    places = find_places(title, unify(title))
    whole = len(places) == 1 and places[0].end == len(title.rstrip(" :."))
    if whole and re.fullmatch(_BODY, unify(title[: places[0].start]).strip()):
        return places[0].name
    lowered = title[:1].lower() + title[1:]
    return named_place(lowered) if not places and lowered != title else None


def period_above(report: Report, section: int | None) -> Period | None:
    """Return the report's period, or that of the nearest heading that names one outside it ("... năm 2025").

    Several years in a heading ("năm học 2031-2032") are meant even where the report's own period lies in them. Of
    several periods ("tháng 4 và quý II năm 2024") the one that holds the others counts; none where there is none.
    """
    default = report.meta.period
    for here in _outwards(report, section):
        named = []
        if here.kind is not SectionKind.ROOT:
            named = [resolve(period, default) if default else period for _, period in find_periods(here.title)]
        widest = [one for one in named if all(contains(one, other) for other in named)]
        if widest:
            own = default is not None and widest[0].kind is not PeriodKind.RANGE and contains(widest[0], default)
            return default if own else widest[0]
    return default


def short_period(report: Report) -> Period | None:
    """Return the month or quarter that title or headings name beside the months up to its end, None for none.

    "Tháng 9 và 9 tháng đầu năm": what is set against the nine months is of September.
    """
    running = report.meta.period
    if running is None or running.kind is not PeriodKind.CUMULATIVE:
        return None
    for title in (report.meta.title, *(section.title for section in report.sections)):
        for _, period in find_periods(title):
            last = period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER) and period.last_month == running.last_month
            if last and period.year in (None, running.year):
                return resolve(period, running)
    return None


def aims_above(report: Report, section: int | None) -> bool:
    """Tell whether a section lists what is to be reached, by its headings from the inside out.

    In a plan or a resolution that reports nothing else, only titles that say "mục tiêu" or "chỉ tiêu" do: there
    every figure is an aim, and telling them apart from results would say nothing.
    """
    title = unify(subject_above(report, section))
    if _AIMING.search(title) is not None and _REACHED.search(title) is None:
        return True
    if not any(_reports(here) for here in report.sections):
        return False
    planned = False
    for here in _outwards(report, section):
        if here.kind is SectionKind.ROOT:
            break
        if _AHEAD.match(unify(here.title)):
            return True
        planned = planned or _PLANNED.match(unify(here.title)) is not None
        if _reports(here):
            return False
    return planned


def _reports(section: Section) -> bool:
    """Tell whether a heading announces what was reached ("Kết quả ...", "Tình hình ...")."""
    title = unify(section.title)
    ahead = _AHEAD.match(title) or _PLANNED.match(title)
    return section.kind is not SectionKind.ROOT and ahead is None and _REACHED.search(title) is not None


def year_spoken_of(report: Report) -> int | None:
    """Return the year a month named without one lies in: that of issue, of the report's period, or the usual one.

    The usual one is the year that at least half of the years named in the text are; None where there is none.
    """
    if report.meta.issued_on is not None:
        return report.meta.issued_on.year
    if report.meta.period is not None and (year := single_year(report.meta.period)) is not None:
        return year
    named = Counter(p.year for _, p in find_periods(report.text) if p.year and p.kind is not PeriodKind.RANGE)
    year, count = named.most_common(1)[0] if named else (None, 0)
    return year if count >= _MIN_YEARS and count * 2 >= named.total() else None


class Leads:
    """The lines that the paragraphs of a section hang on: "Tỷ lệ đi học đúng độ tuổi:" above "- Tiểu học: 100%"."""

    def __init__(self) -> None:
        self._section = -1
        self._open: list[tuple[int, str]] = []  # (bullet depth, words of the line), the outer ones first
        self._last: tuple[int, str] = (0, "")  # the line before: its depth and what its first figure counts

    def above(self, paragraph: Paragraph, words: str) -> str:
        """Return the words of the line that ``paragraph`` (its text: ``words``) hangs on, "" for none."""
        if paragraph.section != self._section:
            self._section, self._open, self._last = paragraph.section, [], (0, "")
        depth = _depth(paragraph)
        own = tidy(words.partition(":")[0])
        if _ATTACHED.match(own.lower()) and self._last[0] == depth and self._last[1]:
            return self._last[1]
        beside = paragraph.kind is ParagraphKind.BULLET and is_short(own) and not _MEASURES.match(own.lower())
        while self._open and not (self._open[-1][0] < depth or (self._open[-1][0] == depth and beside)):
            self._open.pop()
        return self._open[-1][1] if self._open else ""

    def read(self, paragraph: Paragraph, words: str, figures: tuple[Figure, ...]) -> None:
        """Take in a paragraph that was just read: one that ends with a colon opens a list."""
        depth, lead = _depth(paragraph), tidy(words)
        attached = _ATTACHED.match(tidy(words.partition(":")[0]).lower()) is not None
        self._last = self._last if attached else (depth, figures[0].indicator if figures else "")
        if not words.rstrip().endswith(":"):
            return
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        if _PARTS.search(words.lower()):
            lead = figures[-1].indicator if figures else (self._open[-1][1] if self._open else "")
        elif figures or len(lead.split()) > _MAX_LEAD_WORDS:
            lead = ""
        self._open.append((depth, lead))


def _depth(paragraph: Paragraph) -> int:
    return paragraph.depth if paragraph.kind is ParagraphKind.BULLET else 0


def _outwards(report: Report, section: int | None) -> list[Section]:
    found: list[Section] = []
    while section is not None:
        found.append(report.sections[section])
        section = found[-1].parent
    return found
