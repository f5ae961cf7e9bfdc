"""Digits that are no figures: document numbers, dates, years, scales, road and plot names, markers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.domain import Span
from ingest.vi.units import match_unit

# 141/KH-UBND, 52/2019/NQ-HĐND, 08-NQ/HU
_DOCUMENT = re.compile(r"(?<![\w/])\d+(?:/\d{4})?[/-][A-ZĐ]{2}[\w&/-]*|(?<![\w/])\d+/[A-ZĐ][A-Za-zĐđ]*-[A-ZĐ][\w&-]*")
_SCALE = re.compile(r"(?<![\w/.,])1/(?:[2-9]00|[1-9]\d?\.?000)(?![\d.,]*\d)(?!\s*(?:hộ|con|người))")
# Each alternative under the name of its reason.
_SHAPES = re.compile(
    r"(?P<name>\bkm\s?\d+(?:\s?\+\s?\d+)?(?!\w))"  # Km9+500
    r"|(?P<time>(?<![\w.,])\d{1,2}(?:h|g)\d{0,2}(?![\w])|(?<![\w.,])\d{1,2}\s?giờ(?:\s?\d{1,2})?(?!\w)"  # 13h, 8 giờ 30
    r"|(?<![\w/])24/24(?:h|\s?giờ)?|(?<![\w/])24/7(?!\d))"
    r"|(?P<date>\b(?:lễ|ngày|dịp)\s\d{1,2}/\d{1,2}(?:\s?(?:,|và|-)\s?\d{1,2}/\d{1,2})+(?![/\d]))"  # lễ 30/4, 1/5
    r"|(?P<mark>\[\d{1,3}\]|\(\d{1,2}\))"  # footnote marks and column numbers
    r"|(?P<phone>(?<![\w.,])0\d{8,10}(?!\d))"
    r"|(?P<numbering>^\s*[-+•–(]?\s*\d{1,2}(?:\.\d{1,2})*[.)](?=\s))"
    r"|(?P<rank>(?<=\s)[1-5](?:\s?-\s?[1-5])?\s?sao(?!\w))"  # as of products and hotels
    r"|(?P<virus>(?:covid|sars-cov)[\s-]?\d+)"
    # bác sĩ/10.000 dân
    r"|(?P<per>(?<=[^\W\d])\s?/\s?10{1,2}(?:\.000)*(?=\s(?!t[ỷỉ]|triệu|nghìn|ngàn|đồng)[^\W\d]))"
)
_YEAR = re.compile(r"(?<![\w/.,-])(?:19[3-9]\d|20\d\d)(?![\w%/]|[.,]\d)")
# After these a number is a name whatever follows.
_NAMED = re.compile(
    r"\b(?:điều|khoản|chương|phụ lục|biểu số|biểu|mẫu số|thứ|quốc lộ|tỉnh lộ|huyện lộ|hương lộ|đường tỉnh|đường huyện"
    r"|ql|tl|đt|đh|hl|"
    r"(?:nghị quyết|quyết định|nghị định|kế hoạch|văn bản|công văn|thông tư|chỉ thị|luật|tờ trình|báo cáo|thông báo"
    r"|hướng dẫn|kết luận|bão|đề án|công điện|tờ bản đồ|thửa|thửa đất|thông tri|giấy phép|hợp đồng)\s+số)"
    r"[\s.]*\d+(?:[.-]\d+)*[a-zđ]?(?!\w)(?:(?:,\s|\svà\s|,\svà\s)0\d(?![\w/.,]\d|\w))*"
)
# After these it is a name unless something countable follows ("đợt 1", but "cấp 02 giấy phép").
_LABELLED = re.compile(
    r"\b(?:đợt|giai đoạn|nhóm|loại|hạng|cấp|tổ|khu|đội|đường|lớp|khối|vòng|bảng|mức độ|mức|bậc|thôn|ấp|bản|phường|quận"
    r"|xóm|số|tiểu khu|lô|tuyến|kỳ|kỳ họp|khóa|chương trình|đề án|quyết định|nghị quyết|chỉ thị|nghị định|dự án"
    r"|tiểu dự án|nội dung|tiêu chí|mục|phần|tiết|tập|điểm|cầu|trạm|gói thầu|kịch bản|phương án|tầng|phân khu|cụm"
    r"|cảng|ca|vụ|năm|ban chỉ đạo|cột|lần)\s+(?P<number>\d+)(?P<letter>[a-zđ]?)(?![\w/,.]\d|\w|\s?%)"
)
_TOTAL = re.compile(r"(?:tổng|với|trong|một|các)\s$")
_UP_TO = re.compile(r"\s?[-–]\s?\d[\d.,]*(?<![.,])")  # "phục vụ 22 - 23 triệu lượt khách": the unit stands behind both


def masked(text: str, low: str, *, periods: Iterable[Span], skip: Iterable[Span]) -> bytearray:
    """Return one byte for each character of ``text``: 1 where a digit belongs to no figure, else 0.

    ``low`` is ``unify(text)``; ``periods`` and ``skip`` are spans of ``text``.
    """
    mask = bytearray(len(text))
    periods = tuple(periods)
    for span in (*periods, *skip, *(span for span, _ in reasons(text, low, periods=periods))):
        mask[span.start : span.end] = b"\x01" * len(span)
    return mask


def reasons(text: str, low: str, *, periods: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Yield what is no figure by its shape or by the word before it, with the reason. They may overlap; the later
    one knows better.

    Reasons: document, scale, time, date, mark, phone, numbering, rank, virus, per, year, name.
    """
    for match in _SCALE.finditer(low):
        yield Span(*match.span()), "scale"
    for match in _SHAPES.finditer(low):
        yield Span(*match.span()), match.lastgroup or "name"
    for match in _NAMED.finditer(low):
        yield Span(*match.span()), "name"
    for match in _YEAR.finditer(low):
        if match_unit(text, match.end()) is None:
            yield Span(*match.span()), "year"
    dated = {span.start for span in periods}  # "cầu số 1 ngày 20/9": the day is not what is counted
    for match in _LABELLED.finditer(low):
        upper = _UP_TO.match(text, match.end("number"))
        counted = match_unit(text, upper.end() if upper else match.end("number")) is not None
        if match["letter"] or match.end() + 1 in dated or not counted:
            if match[0].startswith("số") and _TOTAL.search(low, max(0, match.start() - 8), match.start()):
                continue
            yield Span(*match.span("number")), "name"
    for match in _DOCUMENT.finditer(text):
        yield Span(*match.span()), "document"
