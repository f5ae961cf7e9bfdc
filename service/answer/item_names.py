"""What a figure is of: its place, its row, or the words before it; by what name it stands beside others."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import PassageKind
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods
from ingest.vi.places import LEVELS, type_of
from service.answer.candidates import Candidate
from service.answer.spots import PROPER
from service.domain import Query
from service.understand.places import place_names, same_place

ANY_PLACE = ("đơn vị", "nơi", "địa phương", "don vi", "noi", "dia phuong")
_EDGE = (
    r"(?:và|với|gồm|bao gồm|trong đó|cụ thể|còn lại|là|có|đạt|được|ước|khoảng|trên|hơn|gần|đã|số|còn|tiếp đến|trồng"
    r"|làm|bị)"
)
_LEADING = re.compile(rf"^(?:[\s\-+•*–:()]|\(?(?:\d{{1,2}}|[ivx]+)\)\s|{_EDGE}\s)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:[\s:(,]|\s(?:{_EDGE}|giải ngân|thực hiện|hoàn thành))+$", re.IGNORECASE)
_CUT_LISTED = re.compile(r"[;:(]\s|\.\s")
_CUT = re.compile(r"[,;:(]\s|\.\s")
_BODY = re.compile(r"(?:ubnd|phong|ban|trung tam|truong|cong ty|so|chi cuc|huyen|hoi|cong an|benh vien|htx|tram)(?!\w)")
_MAX_NAME_WORDS = 12
_ROMAN = re.compile(r"[ivxlc]+|[a-z]")
# What stands between a figure and another that tells more of the same thing: "188 tỷ đồng, đạt 66% dự toán, tăng 18%".
_SAID_OF_IT = frozenset(
    """dat bang tang giam chiem vuot hut so voi cung ky nam truoc ke hoach du toan chi tieu muc tieu giao uoc khoang con
    lai va thap cao hon tuong duong ty le hdnd tinh nghi quyet""".split()  # noqa: SIM905
)


def name_of(query: Query, candidate: Candidate) -> str:
    """Return what a figure is of: its place, its row, or the words before it; "" where that is not what is asked."""
    figure = candidate.figure
    if figure is None:
        return ""
    level = LEVELS.get(query.among) if query.among else None
    place = figure.figure.place
    if place is not None and not same_place(place, candidate.hit.report.area) and takes_places(query):
        return place if level is None or LEVELS.get(type_of(place), level) == level else ""
    if level is not None and (heading := heading_place(candidate, level)):
        return heading
    name = _label(candidate) if candidate.view.passage.kind is PassageKind.TABLE_ROW else _before(candidate)
    if level is not None:
        named = PROPER.fullmatch(name.removeprefix("UBND ")) or type_of(name.removeprefix("UBND ")) != ""
        return name if named else ""
    if query.among in ANY_PLACE and not _BODY.match(fold(name)) and not _called(query, candidate):
        return ""
    if query.among and not takes_places(query) and type_of(name) in LEVELS and not _called(query, candidate):
        return ""  # "khoản thu nào": no places
    return name


def _called(query: Query, candidate: Candidate) -> bool:
    if candidate.view.passage.kind is not PassageKind.TABLE_ROW:
        return False
    return re.search(rf"(?<!\w){fold(query.among)}(?!\w)", fold(candidate.view.passage.context)) is not None


def heading_place(candidate: Candidate, level: int) -> str:
    """Return the one place of ``level`` that the nearest heading names ("3. Xã A"), "" for none or several."""
    for heading in reversed(candidate.view.passage.section_path):
        named = {name for name in place_names(heading) if LEVELS.get(type_of(name)) == level}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def bracketed(candidate: Candidate) -> bool:
    """Tell whether a figure stands in brackets."""
    figure, text = candidate.figure, candidate.view.reading.text
    before = text[figure.sentence.start : figure.at.start] if figure else ""
    return before.count("(") > before.count(")")


def takes_places(query: Query) -> bool:
    """Tell whether places may be what is asked for."""
    return not query.among or query.among in LEVELS or query.among in (*ANY_PLACE, *map(fold, LEVELS))


def _before(candidate: Candidate) -> str:
    """Return the words between the sign or figure before a figure and the figure itself; "" when they name nothing."""
    assert candidate.figure is not None
    text, at, start = candidate.view.reading.text, candidate.figure.at.start, candidate.figure.segment.start
    earlier = [f.at.end for f in candidate.view.figures if start <= f.at.end <= at]
    begin = max([start, *earlier])
    listed = candidate.figure.segment != candidate.figure.sentence  # parted by semicolons: commas stand inside names
    cuts = [m.end() for m in (_CUT_LISTED if listed else _CUT).finditer(text, begin, at)]
    name = _TRAILING.sub("", _LEADING.sub("", _undated(text[max([begin, *cuts]) : at]).lstrip(" ,;")))
    words = name.split()
    if earlier and {fold(word) for word in re.findall(r"\w+", name)} <= _SAID_OF_IT:
        before = [f for f in candidate.view.figures if f.at.end == max(earlier)]
        return _before(replace(candidate, figure=before[0]))  # it tells more of the one before it
    if not 0 < len(words) <= _MAX_NAME_WORDS or any(ch.isdigit() for ch in name):
        return ""
    return " ".join(words)


def _undated(text: str) -> str:
    """Return ``text`` without the dates and years in it: a thing is called by its name, not by when it was."""
    for span, _ in reversed(find_periods(text)):
        text = f"{text[: span.start].rstrip()} {text[span.end :].lstrip()}"
    return text


def _label(candidate: Candidate) -> str:
    cells = [cell.strip(" *\t") for cell in candidate.view.reading.text.split("|")]
    label = next(
        (c for c in cells if len(c) > 1 and any(ch.isalpha() for ch in c) and not _ROMAN.fullmatch(fold(c))), ""
    )
    return label.lstrip("-+•– ").strip()
