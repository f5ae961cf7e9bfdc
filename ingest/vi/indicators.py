"""What a figure counts, in words: the subject before it and the noun phrase after its unit."""

from __future__ import annotations

import re
from functools import cache

from ingest.vi.normalise import unify
from ingest.vi.word_tables import entries

MAX_SUBJECT_CHARS = 200  # a longer run of words before a number names more than its subject
# A unit that names a sort of a common thing says enough: "hộ cận nghèo".
SORTED = ("hộ ", "giấy ", "nhà ", "vụ ", "trường ", "lớp ", "cuộc ")
# Units that only help to count: "đàn dê 840 con" counts đàn dê.
CLASSIFIERS = frozenset(("con", "cây", "suất", "liều", "gói", "lượt", "bộ", "chiếc", "cái", "quả", "", "lần"))
_MAX_SUBJECT_WORDS = 20  # more, with commas in them, are several things told one after the other
_RESOLVES = re.compile(r"\W*(?:quyết tâm|phấn đấu|yêu cầu|bảo đảm|đảm bảo)\s\S+\s\S", re.IGNORECASE)
_MAX_NOUN_WORDS = 9
_SHORT_SUBJECT_WORDS = 4
_MAX_SHARE_WORDS = 16  # "100% hồ sơ ... được cập nhật trên hệ thống": the clause is the indicator

_LEADING = re.compile(
    r"^(?:[\s,.;:)\]–•+“”\"/¹²³⁰⁴-⁹-]+|(?:trong đó|cụ thể|ngoài ra|đồng thời|bao gồm|gồm|và|với|bên cạnh đó|qua đó"
    r"|theo đó|đến nay|hiện nay|hiện|nay|có|còn|đã|được|đạt|ước tính|[uư]ớc|tính đến|(?:cao|thấp) hơn so với|kết quả"
    r"|như sau|như|thì|là|từ đó|nhất là|trong (?:năm|quý|tháng|kỳ)|tại đây|tính (?:chung|riêng|gộp)"
    r"|cộng dồn|riêng)(?!\w))",
    re.IGNORECASE,
)
# Who counted and where, before what is counted: "Theo kết quả rà soát ..., toàn huyện còn".
_SCENE = re.compile(
    r"^\W*(?:(?:theo|qua|kết quả (?:rà soát|điều tra|khảo sát|tổng hợp|thống kê))(?!\w)[^,]*,\s*)?"
    r"(?:(?:trên )?(?:địa bàn )?(?:toàn |cả )?(?:huyện|tỉnh|xã|thị xã|thành phố|quận|phường|thị trấn)"
    r"(?=\s*$|\s+(?:đã|có|còn|hiện|xảy ra)(?!\w))|toàn (?:huyện|tỉnh|xã|thị xã|thành phố|quận|phường)(?!\w))?",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"^\s*(?:[-+•–*(¹²³⁰⁴-⁹]\s*|o\s(?=[^\W\d_a-zà-ỹ]))*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]+|[a-zđ])[.)]\s+)?"
)
_NEXT_OF_SEVERAL = re.compile(
    r"^(?:(?:tiếp (?:đến|theo)|kế đến|kế tiếp|sau đó|thứ (?:hai|ba|nhì)|(?:ít|nhiều|cao|thấp|đông|lớn|nhỏ) nhất|đến"
    r"|là|ở|tại|riêng|còn|và)(?!\w)\s*)+",
    re.IGNORECASE,
)
_LAST_WORDS = re.compile(
    r"(?:\s(?:ở|tại|của|thuộc|trên địa bàn))+\s*$|\s(?:lớn|cao|nhiều|đông|thấp|ít|nhỏ) nhất(?!\w).*$", re.IGNORECASE
)
# Function words left hanging where a period was taken out ("... của năm 2023" leaves "của").
_TRAILING = re.compile(
    r"(?:[\s,.;:(\[–“”\"/¹²³⁰⁴-⁹-]+|(?<!\w)(?:cũng|trong|của|đến|tính đến|tính|từ|vào|so với|so|và|tại"
    r"|đến hết|hết|cho|(?<!đầu )(?<!cuối )(?<!giữa )(?<!bình )(?<!hàng )(?<!hằng )(?<!cả )năm|ngày|về"
    r"|(?<!đất )(?<!nhà )ở))$",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:^|.*\s)(?:với|có)\s(.+)$", re.IGNORECASE)
# "trường đạt chuẩn", "em đạt giải" name what is counted; "đạt 95%" says how much.
_REACHES = r"đạt(?!\s(?:chuẩn|giải|danh hiệu|loại|tiêu chuẩn|tiêu chí|yêu cầu|huy chương|thành tích)(?!\w))"
_NOUN_STOP = re.compile(
    r"[,;:()\[\]“”\"…•]|\.(?!\w)|\s[-–+]\s|\s(?=\d(?!\ssao(?!\w)))|\s(?:"
    + _REACHES
    + r"|(?<!mặt )(?<!văn )bằng|(?<!chỉnh )(?<!góp )tăng|(?<!chỉnh )giảm(?! (?:nghèo|vốn))|so|với|là|để|nhằm|từ"
    r"|tại|trong(?! (?:nước|tỉnh|huyện)(?!\w))|vào|do|bởi|và|còn|trị giá|tổng|gồm|bao gồm|theo|chiếm|vượt|ước|hiện|nên"
    r"|khi|sau|trước|thì|mà|nhưng|có(?=\s(?:tổng |số )*(?:vốn|kinh phí|giá trị|diện tích))"
    r"|hoặc|sẽ|phải|cần|chưa|không|đối với|trên|cho|đến|qua|như|của|đang|đã|được|kinh phí|tương|thực hiện|phục vụ"
    r"|phấn đấu|dự kiến|(?:lên|xuống)(?=\s\d)|(?<!nhà )(?<!đất )ở|đi|thuộc)(?!\w)"
)
_PHRASE_END = r"[,;:()\[\]“”\"…•]|\.(?!\w)|\s[-–+]\s|\s(?=\d(?!\ssao(?!\w)))|\svà(?=\s(?:\S+\s){0,6}\d)"
_CLAUSE_STOP = re.compile(_PHRASE_END + r"|\s(?:nhằm|để|đạt|bằng|so với|do)(?!\w)")
_DESCRIPTION_STOP = re.compile(
    _PHRASE_END
    + r"|\s(?:nhằm|để|bằng|so với|do|với|tổng|trị giá|kinh phí|nhưng|trong đó|gồm|là|chiếm|còn lại|"
    + _REACHES
    + r"|(?:tăng|giảm|có|còn)(?=\s(?:[^\W\d]+\s){0,3}\d))(?!\w)"
)
_HAPPENS = frozenset(
    (
        "xảy ra",
        "ghi nhận",
        "phát sinh",
        "phát hiện",
        "tiếp nhận",
        "mục tiêu",
        "chỉ tiêu",
        "thống kê",
        "thực hiện",
        "tổ chức",
    )
)
# "... số người chết không tăng, không giảm, tăng 01 người bị thương": what did not move is no subject of what did.
_UNMOVED = re.compile(r"(?<!\w)không (?:tăng|giảm|thay đổi)(?:,? (?:không|cũng không))?(?:(?: tăng| giảm)(?=\W|$))?")
_MEASURE = re.compile(
    r"(?:tổng )?(?:số(?= (?!liệu|nhà))|tỷ lệ|tỉ lệ|tỷ trọng|mật độ|sản lượng|năng suất|diện tích|dân số|doanh thu"
    r"|thu nhập|giá trị|kim ngạch|khối lượng|công suất|lượng|mức|chỉ số|tốc độ|vốn|kinh phí)(?!\w)"
)


def subject_of(shown: str, start: int, cut: int) -> str:
    """Return the subject in ``shown[start:cut]`` (periods blanked, brackets kept): tidy, "" when only filler."""
    stretch = re.sub(r"\([^()]*\)|\([^()]*$|(?<!\w)(?:năm\s)?(?:19|20)\d\d(?![\w/])", " ", shown[start:cut])
    stretch = _UNMOVED.split(stretch)[-1]
    if len(stretch) > MAX_SUBJECT_CHARS:
        tail = stretch[-MAX_SUBJECT_CHARS:]
        stretch = tail[tail.find(",") + 1 :] if "," in tail else tail[tail.find(" ") + 1 :]
    if len(stretch.split()) > _MAX_SUBJECT_WORDS:
        # Of a long run of tasks only the last is what the number is of: "..., đôn đốc ..., quyết tâm giải ngân 90%".
        last = stretch.rpartition(",")[2]
        stretch = last if _RESOLVES.match(last) else stretch
    return tidy(_SCENE.sub(" ", stretch))


def is_scene(shown: str, start: int, cut: int) -> bool:
    """Tell whether ``shown[start:cut]`` only says where or who counted ("toàn tỉnh có", "theo thống kê, huyện")."""
    stretch = shown[start:cut]
    return tidy(stretch) != "" and tidy(_SCENE.sub(" ", stretch)) == ""


def tidy(stretch: str) -> str:
    """Collapse blanks and strip numbering, connectors and hanging function words from both ends."""
    words = _MARKER.sub("", " ".join(stretch.split()))
    while (shorter := _TRAILING.sub("", _LEADING.sub("", words))) != words:
        words = shorter
    return re.sub(r"\s*([,;:])(?:\s*,)*", r"\1", words)


def trim(stretch: str) -> str:
    """Collapse blanks and strip the function words left hanging at the end; verbs at the start stay ("đạt chuẩn")."""
    words = " ".join(stretch.split())
    while (shorter := _TRAILING.sub("", words)) != words:
        words = shorter
    return words


def description(low: str, at: int, limit: int) -> int:
    """Return where the clause ends that says which things are counted: "06/11 xã đạt chuẩn ..."; ``at`` for none."""
    return _ends(_DESCRIPTION_STOP, low, at, limit, _MAX_SHARE_WORDS)


def noun_phrase(low: str, at: int, limit: int, *, share: bool) -> int:
    """Return where the noun phrase that follows a unit ends; ``at`` for none. ``share``: after a percentage."""
    if share:
        return _ends(_CLAUSE_STOP, low, at, limit, _MAX_SHARE_WORDS)
    return _ends(_NOUN_STOP, low, at, limit, _MAX_NOUN_WORDS)


def _ends(stops: re.Pattern[str], low: str, at: int, limit: int, most: int) -> int:
    stop = stops.search(low, at, limit)
    end = stop.start() if stop else limit
    words = list(re.finditer(r"\S+", low[at:end]))
    return at if not words else at + words[min(len(words), most) - 1].end()


def next_member(subject: str, place: str | None, first: tuple[str, str | None] | None) -> str:
    """Return ``subject``, or what is told of the next place of several with the words said for all of them.

    "Đàn dê ở xã A đông nhất với 90 con, tiếp đến là xã B 40 con": ``first`` is the indicator of the 90 and its place,
    and at ``place`` "tiếp đến là xã B" is "Đàn dê, xã B". A subject that says more than its place stays.
    """
    bare = _NEXT_OF_SEVERAL.sub("", subject).strip(" ,")
    if first is None or not place or not first[1] or unify(bare) != unify(place) or unify(place) == unify(first[1]):
        return subject
    before, at = first[0], unify(first[0]).find(unify(first[1]))
    said = before[:at] if at > 0 else before[at + len(first[1]) :]  # "Xã A có đàn dê đông nhất": behind its place
    return join(tidy(_LAST_WORDS.sub("", said) if at >= 0 else ""), bare)


def after_with(subject: str) -> str:
    """Return what is said in "... hoạt động với tổng vốn" of a generic sort ("tổng vốn"), else the subject itself."""
    tail = _WITH.search(subject)
    return tail[1] if tail and is_generic(tail[1]) else subject


def is_generic(subject: str) -> bool:
    """Tell whether a subject needs the sentence's main subject before it ("kinh phí", "tiến độ trung bình")."""
    return " ".join(subject.lower().split()) in _generic()


def happens(subject: str) -> bool:
    """Tell whether a subject only says that something came about ("xảy ra", "ghi nhận"): what did was told before."""
    return " ".join(subject.lower().split()) in _HAPPENS


def is_short(subject: str) -> bool:
    """Tell whether a subject is too short to stand without the head before its colon ("cấp xã", "xây mới")."""
    return len(subject.split()) <= _SHORT_SUBJECT_WORDS


def join(*parts: str) -> str:
    """Join the parts of an indicator that say something, each once, with commas."""
    kept: list[str] = []
    for part in parts:
        if part and not any(part.lower() in (other.lower(), *other.lower().split(", ")) for other in kept):
            kept.append(part)
    return ", ".join(kept)


@cache
def _generic() -> frozenset[str]:
    return frozenset(entries("ingest.vi", "generic_heads.txt"))


def measures(words: str) -> bool:
    """Tell whether ``words`` begin with what is measured: "Số ...", "Tỷ lệ ...", "Sản lượng ...", "Dân số ..."."""
    return _MEASURE.match(unify(words)) is not None
