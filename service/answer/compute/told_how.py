"""How a sentence tells a figure: as an aim, of an earlier time, as what is done of a whole, as what is not done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import FigureRole
from ingest.vi.normalise import unify
from ingest.vi.units import same_count
from service.answer.compute.left import is_plan
from service.answer.tokens import Bag, bag
from service.answer.views import FigureView, PassageView

# Read with accents, as reports are written: "chữa" is no "chưa", "đầu tư" no "từ".
# "Phải", "cần" and the like call a number an aim without calling it one.
_AIM = re.compile(r"(?<!\w)(?:theo tiến độ|phải|cần|đề án|định mức|yêu cầu|nhu cầu|phấn đấu)(?!\w)")
_FINISHED = re.compile(r"(?<!\w)đã(?!\w)")
_EARLIER = re.compile(
    r"(?<!\w)(?:cùng k[ỳì]|năm (?:học )?trước|năm ngoái|cknt|đầu năm|đầu nhiệm kỳ|đầu vụ|trước đó)(?!\w)"
)
# "Giảm từ 12% xuống 9%".
_FROM = re.compile(r"(?<!\w)từ\s*(?:mức |khoảng |trên |hơn |gần )?$")
# What parts "đầu năm" from the number of today: "96 hộ hồi đầu năm còn 71 hộ".
_NOW = re.compile(r"(?<!\w)(?:còn|xuống|lên|thành|nay|hiện)(?!\w)")
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không|thiếu|còn lại|vướng|chậm|nợ)(?!\w)")
# "Vượt kế hoạch 30 km", "thấp hơn chỉ tiêu là 3%": by how much, whatever the number was read as.
_BY = re.compile(
    r"(?<!\w)(?:vượt|hụt|(?:thấp|cao|ít|nhiều) hơn|kém)(?: so với)?(?: kế hoạch| chỉ tiêu| mục tiêu| dự toán)"
    r"(?: \w+){0,2}?(?: là)?\s*$"
)
_DONE = re.compile(r"(?<!\w)(?:đã|xong|được|hoàn thành|đạt|có mặt|hiện có|mới|còn)(?!\w)")
_TOTAL = re.compile(r"(?<!\w)(?:tổng|phải|trên|trong số|cần|được (?:giao|duyệt|cấp)|toàn|theo)(?!\w)|/\s*$")
_OF = re.compile(r"(?<!\w)(?:trong (?:tổng )?số|trên(?: tổng số)?)(?!\w)|/")
_MOVES = re.compile(r"(?<!\w)(?:tăng|giảm)(?!\w)")
_PARTS = re.compile(r"(?<!\w)(?:trong đó|gồm|bao gồm|chia ra)(?!\w)|:")
_SIGNS = re.compile(r"[,;:()]")
_REACH = 0.9  # what a word counts for between the figure of the same unit before it and its clause


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what its sentence says of it.

    ``lead``, ``behind``: the unified words next to it, up to a sign or another figure. ``own``: what names it. ``aim``:
    a plan or what has to be; ``early``: of an earlier time by its words; ``undone``: it counts what is not done or is
    missing; ``done``, ``total``: called a part that is done, a whole; ``of``: the whole of the figure before it
    ("trong số", "/"); ``moves``: a rise or fall; ``by``: by how much something is over or under its plan.
    """

    figure: FigureView
    lead: str
    behind: str
    own: tuple[tuple[Bag, float], ...]
    aim: bool
    early: bool
    undone: bool
    done: bool
    total: bool
    of: bool
    moves: bool
    by: bool

    @property
    def slashed(self) -> bool:
        """Whether it is the second number of "1.164 ha/1.200 ha"."""
        return self.lead.rstrip().endswith("/")


def told(view: PassageView, figure: FigureView, usable: Sequence[FigureView]) -> Told:
    """Return how ``figure`` is told; ``usable``: the figures of its passage that may stand in a sum, in order."""
    text = view.reading.text
    begin = max((f.at.end for f in view.figures if f.at.end <= figure.at.start), default=0)
    plain = text[max(begin, figure.sentence.start) : figure.at.start]
    # "Không đội mũ (52 cơ sở)": a number alone in brackets is told by the words before them.
    lead = _SIGNS.split(unify(plain).rstrip(" ("))[-1]
    end = min((f.at.start for f in view.figures if f.at.start >= figure.at.end), default=figure.segment.end)
    behind = _SIGNS.split(unify(text[figure.at.end : min(end, figure.segment.end)]))[0]
    alike = (
        f.at.end
        for f in usable
        if f.sentence == figure.sentence
        and f.at.end <= figure.at.start
        and same_count(f.figure.unit, figure.figure.unit)
    )
    reach = bag(text[max(alike, default=figure.sentence.start) : figure.at.end])
    said = f"{_NOW.split(lead)[-1]} {_NOW.split(behind)[0]}"
    return Told(
        figure=figure,
        lead=lead,
        behind=behind,
        own=((figure.own, 1.0), (figure.clause_bag, 1.0), (reach, _REACH)),
        aim=(is_plan(figure) and not _FINISHED.search(lead)) or _AIM.search(lead) is not None,
        early=_FROM.search(unify(plain)) is not None or _EARLIER.search(said) is not None,
        undone=_UNDONE.search(f"{lead}; {behind}") is not None,
        done=_DONE.search(lead) is not None,
        total=_TOTAL.search(lead) is not None,
        of=_OF.search(lead) is not None,
        moves=figure.figure.role is FigureRole.CHANGE or _MOVES.search(lead) is not None,
        by=_BY.search(_SIGNS.split(unify(plain))[-1]) is not None,
    )


def is_earlier(one: Told, other: Told) -> bool:
    """Tell whether a figure is of a time before that of another, by its words or its year; an aim's year is no base."""
    first, second = one.figure.figure.period, other.figure.figure.period
    if other.figure.figure.role is not FigureRole.TARGET and first is not None and second is not None:
        years = first.last_year or first.year, second.last_year or second.year
        if years[0] is not None and years[1] is not None and years[0] < years[1]:
            return True
    return one.early


def parted(view: PassageView, one: FigureView, other: FigureView) -> bool:
    """Tell whether the second of two figures is told as a part of the first ("trong đó", "gồm")."""
    return _PARTS.search(unify(view.reading.text[one.at.end : other.at.start])) is not None


def counted_of(view: PassageView, part: FigureView, whole: FigureView) -> bool:
    """Tell whether a figure is told as so many of another counted otherwise: "264 giấy trong số 391 hồ sơ"."""
    if part.at.end > whole.at.start or part.segment != whole.segment:
        return False
    return _OF.fullmatch(unify(view.reading.text[part.at.end : whole.at.start]).strip()) is not None
