"""How a sentence opens: what is carried into it, its period ("Quý I, ..."), a head before a colon ("Cấp xã: ...")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.domain import Period, PeriodKind
from ingest.vi import indicators
from ingest.vi.findings import Finding
from ingest.vi.periods import Vague, resolve, single_year
from ingest.vi.places import bare_name
from ingest.vi.quantities import Quantity
from ingest.vi.roles import read_lead
from ingest.vi.scene import Scene

_MAX_HEAD_WORDS = 24
_INTRODUCTION = re.compile(r"\W*(?:theo|tính|tính đến|đến|trong|vào|qua|tại)\s[^,;:\d]*")
_CLOSES = re.compile(r"\s?(?:\([^()]*\))?\s?(?:của (?:toàn )?(?:tỉnh|huyện|xã|thành phố)\s?)?,")
_IN_HEAD = re.compile(r"[^,;()\d]*\((?:tính\s)?(?:đến|từ|trong)?(?:\s(?:hết|ngày))?\s?$")
_TOTAL = re.compile(r"(?:tổng )?cộng(?!\w)|toàn (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)$")
_MAX_SPOKEN_WORDS = 8
_PLACE_LEAD_CHARS = 8  # "UBND xã X:", "- Xã X:"


@dataclass(frozen=True, slots=True)
class Known:
    """What is carried from quantity to quantity. ``topic`` is the last full indicator, ``subject`` its words before.

    ``spoken`` is what the sentences before speak of.
    """

    topic: str = ""
    subject: str = ""
    head: str = ""
    period: Period | None = None
    place: str | None = None
    change: str = ""
    verb_end: int = 0
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is told outside a paragraph for its figures.

    ``subject``: what a figure without any subject counts (a section title, a footnote's anchor). ``period`` and
    ``place``: for figures that name none. ``aiming``: the section lists targets. ``lead``: the line that a list hangs
    on, "" for none. ``year``: the year a month without one lies in where ``period`` is none or several years.
    ``place_type``: what bare names before a colon are in a section about each place ("Tình hình từng xã"), or "".
    ``short``: the month or quarter that the title names beside the months up to its end, None for none.
    """

    subject: str
    period: Period | None
    place: str | None
    aiming: bool = False
    lead: str = ""
    year: int | None = None
    place_type: str = ""
    short: Period | None = None

    def resolved(self, period: Period | Vague, *, within: Period | None = None) -> Period | None:
        """Return a mentioned period made whole; a vague one is None where nothing is known.

        "Năm 2024, ... cả năm": a whole year is the one spoken of, ``within``.
        """
        if period is Vague.THIS_YEAR and within is not None and within.kind is PeriodKind.YEAR:
            return within
        spoken = self.period
        if self.year is not None and (spoken is None or single_year(spoken) is None):
            spoken = Period(PeriodKind.YEAR, self.year)
        if spoken is None:
            return None if isinstance(period, Vague) else period
        return resolve(period, spoken)


def opening(
    scene: Scene, sentence: tuple[int, int], first: int, paragraph: Known, defaults: Defaults
) -> tuple[Known, int]:
    """Return what is known where a sentence starts and where its first subject may begin.

    ``first``: offset of its first quantity (its end for none). ``paragraph``: what the sentence before left known.
    """
    start = sentence[0]
    head = paragraph.head if is_category(paragraph.head) else defaults.lead
    known = replace(paragraph, topic="", subject="", change="", head=head)
    if defaults.period is not None:
        known = replace(known, period=defaults.period)
    for mention in scene.mentions:
        lead = scene.low[start : mention.span.start]
        opens = start <= mention.span.start < first and "," not in lead
        opens = opens and (
            len(lead.split()) <= 2 or _introduces(scene.low, start, mention.span.start, mention.span.end)
        )
        told = start <= mention.span.start < first and scene.is_status(mention) and ";" not in lead
        told = told or (
            _IN_HEAD.fullmatch(lead) is not None and scene.text[mention.span.end : mention.span.end + 2] == "):"
        )
        if told or (opens and scene.is_strong(mention, start, first)):
            known = replace(known, period=defaults.resolved(mention.period))
    return _headed(scene, known, defaults, start, first)


def _introduces(low: str, start: int, at: int, end: int) -> bool:
    """Tell whether a period closes the opening phrase of a sentence: "Theo bảng xếp hạng năm 2031, huyện ..."."""
    return _INTRODUCTION.match(low, start, at) is not None and _CLOSES.match(low, end) is not None


def _headed(scene: Scene, known: Known, defaults: Defaults, start: int, first: int) -> tuple[Known, int]:
    colon = scene.text.find(":", start, first)
    if colon < 0 or len(scene.text[start:colon].split()) > _MAX_HEAD_WORDS:
        return known, start
    places = [place for place in scene.places if start <= place.start and place.end <= colon]
    if len(places) == 1 and places[0].end == colon and places[0].start - start <= _PLACE_LEAD_CHARS:
        return replace(known, place=places[0].name, head=""), colon + 1
    label = indicators.tidy(scene.text[start:colon])
    if defaults.place_type and bare_name(label):
        return replace(known, place=f"{defaults.place_type} {label}", head=""), colon + 1
    if _TOTAL.match(label.lower()):
        return replace(known, place=defaults.place, head=""), colon + 1
    head = indicators.subject_of(scene.shown, start, colon)
    direct = read_lead(scene.quiet, colon, first).cut <= colon + 1
    if direct and not is_category(head):
        return known, start
    return replace(known, head=head, place=defaults.place), start if direct else colon + 1


def spoken_of(scene: Scene, sentence: tuple[int, int], known: Known, found: Sequence[tuple[Quantity, Finding]]) -> str:
    """Return what a sentence speaks of, for the one behind it: its head before a colon, else what it counts first.

    What was spoken of before where it names nothing: "Tai nạn giao thông: trong tháng không xảy ra." names it.
    """
    text = scene.text[slice(*sentence)]
    head, colon, _ = text.partition(":")
    label = indicators.tidy(head)
    if colon and label and len(label.split()) <= _MAX_SPOKEN_WORDS and not any(ch.isdigit() for ch in label):
        return label
    first = next((finding.indicator for _, finding in found if finding.indicator), "")
    return first or known.spoken


def is_category(head: str) -> bool:
    """Tell whether a head names a part that following sentences go on about ("Cấp xã", "Quà của huyện")."""
    return re.match(r"(?:cấp|khối|nhóm|khu vực|đối với|về)\s", head.lower()) is not None and len(head.split()) <= 4
