"""What one quantity of a sentence says of another: parts of a total, names told off in order, last year's value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.domain import FigureRole, Period
from ingest.vi import indicators
from ingest.vi.brackets import open_brackets
from ingest.vi.findings import Finding
from ingest.vi.periods import Vague, find_periods, resolve
from ingest.vi.quantities import Quantity
from ingest.vi.roles import Base, past_after, read_lead, stands_bare

Found = list[tuple[Quantity, Finding]]

_OWN = re.compile(r"[^,;:()]*?,?\s(?:với|có)\s[^,;:()]*")
_BETWEEN = re.compile(r"\s*(?:[-–,;]|,?\svà|[-–]\s*và)\s*")
_DASHED = re.compile(r"\s*[-–]\s*")
_IN_ORDER = re.compile(r"(?<!\w)(?:tương ứng|lần lượt|theo thứ tự)(?!\w)")
_STRUCTURE = re.compile(r"\W*(?:trong đó,?\s|về\s)?((?:cơ cấu|tỷ trọng|tỉ trọng)(?: kinh tế| ngành| các ngành)?)(?!\w)")
_WEIGHED = re.compile(r"(?<!\w)(?:cơ cấu|tỷ trọng|tỉ trọng|chiếm)(?!\w)")
_HANGING = re.compile(r"\s(?:với|có)(?:\s(?:các\s)?(?:tỷ|tỉ) (?:trọng|lệ))?(?:\s(?:tương ứng|lần lượt|theo thứ tự))*$")
_ADVERB = re.compile(r"\W*(?:trong|theo|năm|tính|đến|so|tại|ước|quý|tháng|\d+ tháng)(?!\w)")
_SPLIT_COMMA = re.compile(r",\s|\s(?:và|cùng)\s|\s[-–]\s")
_SPLIT_DASH = re.compile(r"\s[-–]\s")
_MIN_DASHED = 3
_NEUTRAL = ("-", "–")
_ROUNDED = 1  # percentages of a part of a whole are written with few decimals
_AIM = r"(?:kế hoạch|kh|chỉ tiêu|dự toán|mục tiêu)(?!\w)"
_SLASH = re.compile(
    rf"\s*(?:\([^()]*\))?\s*(?:\[\d+\]\s*)?/\s*(?P<aim>{_AIM}(?:\s(?:năm|cả năm|được giao|giao|là))*\s)?"
)
_AIM_AFTER = re.compile(rf"\s(?:{_AIM}|(?:\w+\s)?giao(?!\w))")
_GIVEN = re.compile(r"\s*\((?:do\s)?((?:[^\W\d]+\s){1,3}giao)\)")
_WHOLE_COUNTRY = re.compile(
    r"(?:^|(?:,|của|bình quân|bình quân chung|trung bình|mức tăng|mức giảm)\s)(cả nước|toàn quốc)$"
)
# "đạt 48%, thấp hơn bình quân chung của cả nước (54%)": the same thing elsewhere.
_SET_AGAINST = re.compile(
    r",?\s(?:và\s)?(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn\s(?:so với\s)?(?:mức\s)?(?P<other>[^,;:()\d]{3,80})\s\("
)
_SAME_PERIOD = re.compile(r"cùng kỳ|cknt|năm trước|năm ngoái")
_OF_YEAR = re.compile(r"(?<!\w)năm(?! (?:học|trước|ngoái|\d))(?!\w)")
_STATED = (FigureRole.LEVEL, FigureRole.TARGET)


def related(text: str, low: str, sentence: tuple[int, int], found: Found) -> Found:
    """Return the findings of one sentence with what they say of each other filled in, in the same order."""
    told = _set_against(text, _slashed(text, _given(low, found)))
    told = _placed(_parts(text, sentence, told))
    return _in_order(text, low, sentence, told)


def past_level(before: Finding) -> Finding | None:
    """Return what "tăng 4% so với cùng kỳ (95 tỷ đồng)" says of the number in brackets: the level of then."""
    then = _then(before)
    if before.role not in (FigureRole.CHANGE, FigureRole.YOY_RATIO) or then is None:
        return None
    return replace(before, role=FigureRole.LEVEL, negative=False, base="", hedge="", period=then)


def planned_level(before: Finding) -> Finding:
    """Return what "đạt 77% kế hoạch năm (18.000 tấn)" says of the number in brackets: the year's plan."""
    period = before.period
    if period is not None and _OF_YEAR.search(before.base.lower()) and not find_periods(before.base):
        period = resolve(Vague.THIS_YEAR, period)
    return replace(before, role=FigureRole.TARGET, negative=False, hedge="", period=period)


def the_same(text: str, quantity: Quantity, before: tuple[Quantity, Finding] | None) -> Finding | None:
    """Return the finding before where a quantity says the same ("96,00% (1440/1500 văn bản)"), or None."""
    if before is None or not before[0].unit.startswith("%"):
        return None
    between = text[before[0].end : quantity.start].strip()
    parts = between in _NEUTRAL and quantity.unit == before[0].unit  # "66,8% - 22,4% - 2,6%"
    return before[1] if parts or (between == "(" and quantity.whole is not None) else None


def is_its_share(quantity: Quantity, before: tuple[Quantity, Finding] | None) -> bool:
    """Tell whether a percentage is the part of the whole just given: "1.074/1.081 học sinh, bằng 99,35%"."""
    if before is None or not before[0].whole or quantity.unit != "%":
        return False
    return abs(before[0].value / before[0].whole * 100 - quantity.value) < _ROUNDED


def adjoins(low: str, quantities: Sequence[Quantity], quantity: Quantity) -> bool:
    """Tell whether a quantity is of the one right before it: "16 dự án với tổng công suất 870 MW"."""
    ends = [other.end for other in quantities if other.end <= quantity.start]
    return bool(ends) and _OWN.fullmatch(low, ends[-1], quantity.start) is not None


def own_base(text: str, low: str, shown: str, at: int, limit: int) -> Base:
    """Return the noun behind "bằng 67% công suất" (ending at ``at``): what the percentage is taken of."""
    if stands_bare(low, at, limit):
        return Base()
    if (past := past_after(text, low, at, limit)).text:
        return past
    end = indicators.noun_phrase(low, at, limit, share=False)
    return Base(indicators.trim(shown[at:end]), end)


def names_base(quantity: Quantity, finding: Finding) -> bool:
    """Tell whether a number in brackets right behind a compared one is what it is compared with."""
    if finding.role in (FigureRole.CHANGE, FigureRole.YOY_RATIO):
        return finding.base_is_plan or past_level(finding) is not None
    told = finding.role in (FigureRole.PLAN_RATIO, FigureRole.LEVEL)
    return finding.base != "" and quantity.unit == "%" and told


def _then(finding: Finding) -> Period | None:
    named = find_periods(finding.base)
    if len(named) == 1 and (finding.period is None or finding.period.kind is named[0][1].kind):
        return named[0][1]
    if _SAME_PERIOD.search(finding.base.lower()) and finding.period is not None and finding.period.year is not None:
        return resolve(Vague.SAME_PERIOD, finding.period)
    return None


def _given(low: str, found: Found) -> Found:
    """ "30.287 người (tỉnh giao)": who set the target is told behind it."""
    told: Found = []
    for quantity, finding in found:
        match = _GIVEN.match(low, quantity.end)
        set_by = match is not None and finding.role in (*_STATED, FigureRole.PROGRESS)
        told.append(
            (quantity, replace(finding, role=FigureRole.TARGET, base=match[1]) if match and set_by else finding)
        )
    return told


def _set_against(text: str, found: Found) -> Found:
    """Name the number in brackets behind "thấp hơn bình quân cả nước" by what the one before counts, too."""
    told = list(found)
    for at in range(1, len(told)):
        (before, first), (quantity, finding) = told[at - 1], told[at]
        match = _SET_AGAINST.fullmatch(text, before.end, quantity.start)
        if match is not None and quantity.unit == before.unit and finding.role in (*_STATED, FigureRole.PROGRESS):
            name = indicators.join(first.indicator, indicators.tidy(match["other"]))
            told[at] = (quantity, replace(finding, indicator=name, period=first.period))
    return told


def _slashed(text: str, found: Found) -> Found:
    """ "95 tỷ đồng/110 tỷ đồng, đạt 86% kế hoạch": the second is what the first is held against, the plan here.

    So it is where it says so itself: "132 ha/150 ha kế hoạch", "33 người/chỉ tiêu 60 người".
    """
    told = list(found)
    for at in range(1, len(told)):
        (before, first), (quantity, finding) = told[at - 1], told[at]
        stroke = _SLASH.fullmatch(text[before.end : quantity.start].lower())
        if quantity.unit != before.unit or stroke is None:
            continue
        finding = replace(finding, indicator=first.indicator, period=first.period, place=first.place)
        after = told[at + 1][1] if at + 1 < len(told) else None
        measured = after is not None and after.role is FigureRole.PLAN_RATIO
        named = stroke["aim"] is not None or _AIM_AFTER.match(text.lower(), quantity.end) is not None
        if (measured or named) and finding.role in _STATED:
            finding = replace(finding, role=FigureRole.TARGET, base="", hedge="")
        told[at] = (quantity, finding)
    return told


def _parts(text: str, sentence: tuple[int, int], found: Found) -> Found:
    """ "42 hộ (xây mới: 30 hộ, sửa chữa: 12 hộ)": a part in brackets is one of what was counted before them."""
    told = list(found)
    for at, (quantity, finding) in enumerate(found):
        opened = [sentence[0] + place for place in open_brackets(text[sentence[0] : quantity.start])]
        total = next((one for one in reversed(told[:at]) if opened and one[0].end <= opened[-1]), None)
        if total is None or (text[total[0].end : opened[-1]].strip(" .,") and not _follows(text, total[0], opened[-1])):
            continue
        same = total[0].unit == quantity.unit and total[1].role is finding.role and finding.role in _STATED
        if not same or quantity.value > total[0].value or "%" in quantity.unit or quantity.whole is not None:
            continue
        if finding.period != total[1].period or total[1].indicator.lower() in finding.indicator.lower():
            continue
        own = ", ".join(p for p in finding.indicator.split(", ") if p not in total[1].indicator.split(", "))
        told[at] = (quantity, replace(finding, indicator=indicators.join(total[1].indicator, own)))
    return told


def _follows(text: str, total: Quantity, bracket: int) -> bool:
    """Tell whether only the rest of a noun phrase stands between a total and the bracket."""
    return not set(text[total.end : bracket]) & set(",;:()")


def _placed(found: Found) -> Found:
    """ "bình quân cả nước tăng 9%" is a figure of the country, not of the place reported on."""
    told: Found = []
    for quantity, finding in found:
        match = _WHOLE_COUNTRY.search(finding.indicator.lower())
        told.append((quantity, replace(finding, place=match[1]) if match else finding))
    return told


def _in_order(text: str, low: str, sentence: tuple[int, int], found: Found) -> Found:
    """Give the numbers of "A, B và C lần lượt là 5%, 6% và 7%" each its own name, where they are as many."""
    told = list(found)
    names: list[str] = []
    head = ""
    for first, last in _runs(text, found):
        count = last - first + 1
        own = _names(text, low, sentence[0] if first == 0 else found[first - 1][0].end, found[first][0].start, count)
        dashed = all(
            _DASHED.fullmatch(text[a.end : b.start])
            for (a, _), (b, _) in zip(found[first:last], found[first + 1 : last + 1], strict=True)
        )
        lead = low[sentence[0] : found[first][0].start]
        if own and (_IN_ORDER.search(lead) or (dashed and count >= _MIN_DASHED)):
            match = _STRUCTURE.match(low, sentence[0])
            head = text[match.start(1) : match.end(1)] if match else ""
            names = own
        elif len(names) != count or not dashed:
            continue
        weighed = _WEIGHED.search(lead) is not None
        for name, at in zip(names, range(first, last + 1), strict=True):
            quantity, finding = told[at]
            share = weighed and finding.role is FigureRole.LEVEL and quantity.unit == "%"
            role = FigureRole.SHARE if share else finding.role
            indicator = name if head and name.lower().startswith(head.lower()) else indicators.join(head, name)
            told[at] = (quantity, replace(finding, indicator=indicator, role=role))
    return told


def _runs(text: str, found: Found) -> list[tuple[int, int]]:
    """Return (first, last) of the stretches of two or more quantities of one unit with nothing but joints between."""
    runs: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(found) + 1):
        joined = at < len(found) and found[at][0].unit == found[at - 1][0].unit
        if joined and _BETWEEN.fullmatch(text[found[at - 1][0].end : found[at][0].start]):
            continue
        if at - 1 > start:
            runs.append((start, at - 1))
        start = at
    return runs


def _names(text: str, low: str, start: int, end: int, count: int) -> list[str]:
    """Return the ``count`` names listed in ``text[start:end]``, [] where there are more or fewer."""
    start = max(start, text.rfind(";", start, end) + 1, text.rfind("(", start, end) + 1)
    stretch = _IN_ORDER.sub(lambda found: " " * len(found[0]), low[start:end])
    cut = read_lead(" " * start + stretch, start, end).cut
    said = text[start:cut]
    while hanging := _HANGING.search(said.lower()):
        said = said[: hanging.start()]
    for split in (_SPLIT_DASH, _SPLIT_COMMA):
        parts = [part for part in split.split(said.replace(":", ",")) if part.strip()]
        while len(parts) > count and (_ADVERB.match(parts[0].lower()) or not indicators.tidy(parts[0])):
            parts = parts[1:]
        names = [indicators.tidy(part) for part in parts]
        if len(names) == count and all(names):
            return names
    return []
