"""What a quantity says of its indicator: the words before it (verbs, hedges) and after it (the base)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.domain import FigureRole
from ingest.vi.brackets import blank_closed

_HEDGES = (
    "ước tính", "ước khoảng", "ước đạt", "ước thực hiện", "tối thiểu", "tối đa", "ít nhất", "không quá", "xấp xỉ",
    "dự kiến", "khoảng", "trên", "hơn", "gần", "dưới", "ước", "≥", "≤", ">", "<",
)  # fmt: skip
_CHANGES = (
    "cao hơn", "thấp hơn", "nhiều hơn", "ít hơn", "kéo giảm", "tăng bình quân", "giảm bình quân", "tăng",
    "giảm", "vượt", "hụt",
)  # fmt: skip
_FALLS = frozenset(("thấp hơn", "ít hơn", "kéo giảm", "giảm", "giảm bình quân", "hụt"))
_LEVELS = (
    "đạt được", "đạt mức", "đạt tỷ lệ", "chiếm tỷ trọng", "chiếm tỷ lệ", "chiếm", "bằng", "gấp", "đạt", "là", "hiện có",
    "hiện nay có", "có", "gồm", "được", "với", "bao gồm", "còn lại", "giảm còn", "giảm xuống còn", "xuống còn", "còn",
    "tăng lên",
    "lên đến", "lên tới", "lên", "ở mức", "đang", "đã", "hiện", "chỉ", "tương đương", "tương ứng", "thực hiện được",
    "tương ứng với", "phấn đấu", "phấn đấu đạt", "và", "thêm", "mạnh", "nhẹ", "khá", "mỗi năm", "toàn bộ",
)  # fmt: skip
_ALL = sorted((*_HEDGES, *_CHANGES, *_LEVELS), key=len, reverse=True)
# Words that are no verb of the quantity behind these: "tốc độ tăng 8%" names a level, "phát hiện" is one word.
_BOUND = {
    "hiện": ("phát", "thực", "thể", "biểu", "xuất"),
    "với": ("đối", "cùng", "so"),
    "tăng": ("tốc độ", "mức", "gia"),
    "tăng bình quân": ("tốc độ", "mức"),
    "giảm": ("cắt", "tốc độ", "mức"),
    "được": ("có",),
    "bằng": ("mặt", "đồng", "công", "cân", "văn"),
}
_TAIL = re.compile(
    r"(?<!\w)(" + "|".join("".join(rf"(?<!{b} )" for b in _BOUND.get(w, ())) + re.escape(w) for w in _ALL) + ")$"
)
_EXCEEDS = re.compile(
    r"(?<!\w)(?P<verb>vượt|(?:cao|thấp|nhiều|ít) hơn)\s(?!so(?!\w))(?P<base>(?:[^,;:()\d]|(?:19|20)\d\d){3,40})$"
)
_MAX_BASE_WORDS = 14
# Named right behind "bằng 98%": "năm 2023", "năm trước", "tháng 5/2024".
_PAST_AT = re.compile(r"\s?(?P<said>(?:năm|tháng|quý|vụ) (?:trước|ngoái|\d).*)")
_OPENS = r"(?:kế hoạch|kh|dự toán|chỉ tiêu|cùng kỳ|cùng thời điểm|nghị quyết|kịch bản|cknt|mục tiêu|nhu cầu|dt)(?!\w)"
_BASE_AT = re.compile(rf"\s?(?:so(?: với)?\s(?P<said>.+)|(?P<plain>{_OPENS}.*))")
_BASE_LATER = re.compile(r"(?<!\w)so(?: với)?\s(?P<said>.+)")
_BASE_BEFORE = re.compile(
    r"(?<!\w)so(?: với)?\s(?P<said>[^,;:()]+?)(?<!mức)(?<!tốc độ)\s(?=(?:thì\s)?(?:đạt|bằng|tăng|giảm|chỉ|ước|vượt))"
)
_BASE_STOP = re.compile(
    r"[,;:()“”\"]|\.(?!\d)|\s(?:đạt|bằng|tăng|giảm|trong đó|tương|ước|nhưng|do|gồm|là|thì|để|với|vượt|chiếm|đề ra"
    r"|và(?=\s(?:tăng|giảm|bằng|đạt|vượt)|\s*$))(?!\w)"
)
# "... so cùng kỳ và vụ mùa đã gieo 90 ha": what runs on to the next number is the subject of that.
_NEXT_SUBJECT = re.compile(r"\svà(?=\s(?!(?:so|cùng|năm|tháng|quý|kế hoạch|dự toán|chỉ tiêu|nghị quyết)(?!\w)))")
_PLAN = re.compile(
    r"(?:số )?(?:kế hoạch|kh|dự toán|chỉ tiêu|nghị quyết|nq|kịch bản|mục tiêu|nhu cầu|dt|quy hoạch)(?!\w)"
    r"|.*\bgiao(?!\w)"
)
_YOY = re.compile(r"(?:cùng|năm|tháng|quý|đầu năm|cuối năm|ck|thời điểm|tuần|bình quân năm|vụ|trước|nửa|6 tháng|\d)")
_TARGET_NEAR = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|(?<!có )mục tiêu|dự toán)(?:\s+(?:năm|giao|đề ra|là|đạt|tăng|giảm|đến))*\s*:?\s*$"
)
_ASSIGNED = re.compile(r"(?<!\w)((?:\w+\s){0,2}\w+\sgiao)\s*:?\s*$")
_AIMS = re.compile(
    r"(?<!\w)(?:phấn đấu|(?<!đạt )(?<!chương trình )(?<!có )mục tiêu(?! quốc gia)|định hướng đến|quyết tâm)(?!\w)"
)
_DONE = re.compile(
    r"(?<!\w)(?:đã|đến nay|kết quả|thực tế|hiện nay|hiện (?:đã|có|còn)"
    r"|(?:mới|chỉ) (?:đạt|được|giải ngân|thực hiện|hoàn thành))(?!\w)"
)
# A rate of growth is a level of its own: "tốc độ tăng trưởng đạt 8% so với cùng kỳ" is no ratio.
_GROWTH = re.compile(r"(?<!\w)(?:tốc độ (?:tăng|phát triển)|tăng trưởng|mức tăng)(?!\w)")
_NO_NOUN = re.compile(r"\s*(?:$|[,;.)(]|(?:so|và|cùng)(?!\w))")
_PROGRESS = re.compile(r"(?<!\w)(?:tiến độ|hoàn thành|giải ngân|khối lượng thực hiện|đã cấp|đã giải quyết)(?!\w)")


@dataclass(frozen=True, slots=True)
class Lead:
    """The words right before a quantity: ``cut`` is where the subject ends; ``verbs`` the nearest first."""

    cut: int
    verbs: tuple[str, ...] = ()
    hedge: str = ""

    @property
    def change(self) -> str:
        """The verb of change that rules the quantity, or "" ("giảm còn 5%" has none)."""
        for verb in self.verbs:
            if verb in _CHANGES:
                return verb
            if verb not in ("thêm", "mạnh", "nhẹ", "khá", "bình quân", "và", "được", "mỗi năm", "đang", "đã"):
                return ""
        return ""

    @property
    def falls(self) -> bool:
        """Whether the verb of change says less."""
        return self.change in _FALLS


@dataclass(frozen=True, slots=True)
class Base:
    """A base of comparison as written ("kế hoạch", "cùng kỳ năm 2023") and where it ends; "" for none."""

    text: str = ""
    end: int = 0

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan, an estimate or a quota."""
        return _PLAN.match(self.text.lower()) is not None

    @property
    def is_past(self) -> bool:
        """Whether it is an earlier time."""
        return _YOY.match(self.text.lower()) is not None


def read_lead(quiet: str, start: int, at: int) -> Lead:
    """Strip hedges and verbs from the end of ``quiet[start:at]`` (lower case, periods blanked)."""
    verbs: list[str] = []
    hedge = ""
    cut = at
    while True:
        stretch = quiet[start:cut].rstrip(' :–-,“"=(')
        cut = start + len(stretch)
        match = _TAIL.search(stretch)
        if match is None:
            return Lead(cut, tuple(verbs), hedge)
        word = match[1]
        if word in _HEDGES and not hedge:
            hedge = word.removesuffix(" đạt").removesuffix(" thực hiện")
        if word not in _HEDGES or word == "ước đạt":
            verbs.append(word)
        cut = start + match.start(1)


def base_after(text: str, low: str, at: int, limit: int) -> Base:
    """Return the base named in ``text[at:limit]`` after a quantity: at once, or later in the same clause."""
    stretch = low[at:limit]
    match = _BASE_AT.match(stretch)
    if match is None:
        boundary = re.search(r"[,;()]|\.(?!\d)", stretch)
        match = _BASE_LATER.search(stretch[: boundary.start()] if boundary else stretch)
    if match is None:
        return Base()
    start, end = match.span("said") if match["said"] else match.span("plain")
    stop = _BASE_STOP.search(low, at + start, at + end)
    if stop is None and text[limit : limit + 1].isdigit():
        stop = _NEXT_SUBJECT.search(low, at + start, at + end)
    return _base(text, at + start, stop.start() if stop else at + end)


def base_before(text: str, low: str, start: int, at: int) -> Base:
    """Return the base of "so với cùng kỳ tăng 5%", named before the quantity."""
    match = _BASE_BEFORE.search(low, start, at)
    return _base(text, *match.span("said")) if match else Base()


def past_after(text: str, low: str, at: int, limit: int) -> Base:
    """Return the earlier time named right behind "bằng 98%" without "so với": "năm 2023", "năm trước"."""
    match = _PAST_AT.match(low, at, limit)
    if match is None:
        return Base()
    stop = _BASE_STOP.search(low, match.start("said"), limit)
    return _base(text, match.start("said"), stop.start() if stop else limit)


def exceeded(quiet: str, text: str, start: int, cut: int) -> tuple[str, Base]:
    """Return verb and base of "vượt giá khởi điểm 34 tỷ đồng", "cao hơn cùng kỳ 2 điểm %"; ("", no base) if none."""
    match = _EXCEEDS.search(quiet[start:cut])
    if match is None:
        return "", Base()
    return match["verb"], _base(text, start + match.start("base"), start + match.end("base"))


def aims_at(low: str, start: int, at: int, *, listed: bool = False) -> bool:
    """Tell whether ``low[start:at]`` announces a target (phấn đấu, mục tiêu; not "mục tiêu quốc gia").

    ``listed``: the section lists targets, so that only what is said to be done is none.
    What is said to be done after it is none: "đặt mục tiêu xây 30 nhà; đã khởi công 12 nhà".
    """
    low = blank_closed(low[start:at])  # "(mục tiêu 65%)" says nothing of what comes after the bracket
    if listed and _DONE.search(low) is None:
        return True
    aims = list(_AIMS.finditer(low))
    return bool(aims) and _DONE.search(low, aims[-1].end()) is None


def planned(low: str, start: int, at: int) -> str | None:
    """Return who set a target said right before the quantity ("tỉnh giao 95%": "tỉnh giao"), "" for "kế hoạch 8%"."""
    stretch = low[start:at]
    if match := _ASSIGNED.search(stretch):
        return match[1].removeprefix("và ")
    return "" if _TARGET_NEAR.search(stretch) else None


def stands_bare(low: str, at: int, limit: int) -> bool:
    """Tell whether no noun follows a percentage: "bằng 98%," but not "bằng 67% công suất", which has its own base."""
    return _NO_NOUN.match(low, at, limit) is not None


def role_of(*, unit: str, whole: object, lead: Lead, base: Base, subject: str, compared: str) -> FigureRole:
    """Decide the role of a quantity that is no target.

    ``subject`` and ``compared`` are lower case; ``compared``: the sentence, where it can say what "bằng 98%" refers to.
    """
    percent = unit.startswith("%")
    if lead.change and not (percent and lead.change == "vượt" and not base.text):
        return FigureRole.CHANGE
    if any(verb.startswith("chiếm") for verb in lead.verbs):
        return FigureRole.SHARE
    if "gấp" in lead.verbs:
        return FigureRole.YOY_RATIO
    if percent and base.is_plan:
        return FigureRole.PLAN_RATIO
    if percent and base.is_past and _GROWTH.search(subject) and lead.verbs[:1] != ("bằng",):
        return FigureRole.LEVEL
    if percent and base.is_past:
        return FigureRole.YOY_RATIO
    if percent and lead.verbs[:1] == ("bằng",) and ("cùng kỳ" in compared or "năm trước" in compared):
        return FigureRole.YOY_RATIO
    if (percent or whole is not None) and _PROGRESS.search(subject):
        return FigureRole.PROGRESS
    return FigureRole.LEVEL


def _base(text: str, start: int, end: int) -> Base:
    words = text[start:end].rstrip(" ,.;:").removesuffix(" và")
    return Base(" ".join(words.split()[:_MAX_BASE_WORDS]), start + len(words))
