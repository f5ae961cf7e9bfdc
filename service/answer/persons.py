"""Persons named in a sentence: by a form of address, by an office, or by a family name."""

from __future__ import annotations

import re

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from service.answer.near import nearest
from service.answer.views import Stretch
from service.domain import Query

_ADDRESS = (
    r"(?:đồng chí|đ/c|ông|bà|anh|chị|cụ|thầy|cô|bác sĩ|kỹ sư|nghệ nhân|nhà giáo|luật sư|tiến sĩ|thạc sĩ"
    r"|(?:đại|thượng|trung|thiếu) (?:tá|úy)|bí thư|chủ tịch|giám đốc|trưởng \w+|bộ trưởng|thủ tướng)"
)
# The family names most Vietnamese bear (Kinh), and frequent ones of the highland peoples.
_FAMILY = frozenset(
    """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh lưu đoàn trịnh mai trương lâm cao tạ
    thái đào vương chu quách lương tô triệu kiều từ tống tôn hứa khổng doãn đàm nghiêm thân phùng viên la nông hà lò cầm
    giàng sùng vàng thào tòng quàng lường điêu mùa cà bạc đèo ksor siu rơ rah a y
    kim thạch sơn danh châu tăng dư lục sầm bế ma mã chẩu tẩn hạng thò sình phàn triệu quan chung ninh đồng vi bàn
    văn đổng khương kha quản lại mạc ngân ngụy ông tiêu trang ứng""".split()  # noqa: SIM905
)
_NAME = pattern(r"[{UP}][{LOW}'’]*(?:[ -][{UP}][{LOW}'’]*){1,4}")
_OFFICE = re.compile(
    r"(?:\s*[-–]\s*|,\s+|\s*\()((?:quyền |nguyên |phó )?(?:bí thư|chủ tịch|giám đốc|trưởng|phó|ủy viên|uỷ viên"
    r"|bộ trưởng|thủ tướng)[^,;.()]{0,80}?)"
    # What the office is said with goes on: "Chủ tịch UBND xã làm Trưởng ban".
    r"(?=[,;.()]|$|(?<!việc)\s(?:làm|là|giữ|phụ trách|chịu|chủ trì|trực tiếp|theo dõi|chỉ đạo|ký|được|đã|sẽ"
    r"|yêu cầu|phát biểu"
    r"|đề nghị|kết luận|đến|dự|và|cùng)\s)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s?(?:,|;|và|cùng)\s(?:(?:với|và)\s)?" + rf"(?:{_ADDRESS}\s)?")
_POST = re.compile(
    r"(?<!\w)(?:pho )?(?:chu tich|bi thu|giam doc|to truong|doi truong|nhom truong|hieu truong|chanh van phong"
    r"|truong (?:tieu ban|ban|phong|doan|doi|khoa|thon|khu|nhom|to)|chu nhiem|vien truong|cuc truong"
    r"|tong giam doc)(?!\w)"
)
_OWN = r"(?:(?:phó )?(?:chủ tịch|bí thư|giám đốc|trưởng|chánh|viện trưởng|hiệu trưởng)(?! ban chỉ đạo)[^;,:.()]{2,80}?)"
_MADE = re.compile(rf"(?<!\w)({_OWN}) (?:làm|là|giữ chức|kiêm)(?: [^\W\d]+){{0,2}} $")
_IS = re.compile(rf"(?: [^\W\d]+){{0,6}}? là ({_OWN})(?=[;,:.()]|$)|: ({_OWN})(?=[;,.()]|$)")
_CUT = re.compile(r"[;.](?=\s|$)")
_PLACE_BEFORE = re.compile(
    r"(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|thôn|bản|ấp|làng|đường|cầu|hồ|sông|núi|chợ|trường|công ty"
    r"|khu|cụm"
    r"|tết|xuân|lễ hội|trạm|trại|đền|chùa|đình|tp\.?)\s*$"
)
# "Chủ tịch UBND tỉnh Trần Văn A": the unit belongs to the office.
_OFFICE_BEFORE = re.compile(
    r"(?<!\w)(?:chủ tịch|bí thư|chánh văn phòng|giám đốc|trưởng \w+)(?: [^\W\d]+){0,5} (?:xã|phường|huyện|quận|tỉnh"
    r"|thành phố)\s*$"
)
_BODY = re.compile(r"(?:sở|ban|phòng|bộ|cục|chi cục|trung tâm|công an|hội|đoàn|ngân hàng|công ty|trường|đảng)(?!\w)")
_MIDDLE = frozenset(("văn", "thị"))
_MIN_WORDS = 2
_TITLE = re.compile(
    r"(?<!\w)(?:chu tich|bi thu|giam doc|chanh van phong|hieu truong|bo truong|thu tuong|ke toan truong"
    r"|(?<!hieu )(?<!bo )(?<!toan )truong (?!nao|la|ten|hop|dau)\w+)(?!\w)"
)


def persons(text: str) -> list[Stretch]:
    """Return the names of persons in ``text`` in order: after a form of address, or with a family name and two more
    syllables, not behind a type of place; [] for none."""
    found: list[Stretch] = []
    low = unify(text)
    for match in _NAME.finditer(text):
        lead = low[: match.start()]
        syllables = match[0].split()
        addressed = re.search(rf"(?<!\w){_ADDRESS}\s+$", lead) is not None and _BODY.match(unify(match[0])) is None
        long = len(syllables) > _MIN_WORDS
        family = long and (unify(syllables[0]) in _FAMILY or unify(syllables[1]) in _MIDDLE)
        placed = _PLACE_BEFORE.search(lead) is not None and _OFFICE_BEFORE.search(lead) is None
        if not match[0].isupper() and (addressed or (family and not placed)):
            found.append(Stretch(match.start(), match.end()))
    return found


def person_in(query: Query, text: str) -> str | None:
    """Return the person of ``text`` nearest the words asked about, with the form of address before the name and the
    office behind it where they are written ("đồng chí A - Phó Chủ tịch"); None for none.

    Several who are named in a row ("ông A và bà B") do together what is asked; of those who hold an office, only one
    who holds the office asked for is meant.
    """
    found = persons(text)
    if not found:
        return holder_in(query, text)
    found = _holders(query, text, found) or _rows(text, found)
    own = found[nearest(query, text, found)]
    before = re.search(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|anh|chị|cụ)\s+$", unify(text[: own.start]))
    start = before.start() if before else own.start
    office = _OFFICE.match(text, own.end)
    return text[start : office.end(1) if office else own.end].strip()


def holder_in(query: Query, text: str) -> str | None:
    """Return who of ``text`` is made the holder of the office asked for, by an office of their own; None for none.

    "trưởng thôn làm tổ trưởng", "Trưởng ban là Chủ tịch UBND xã".
    """
    asked = [m[0] for m in _POST.finditer(fold(query.text))]
    low, folded = unify(text), fold(text)
    for post in asked:
        for match in re.finditer(rf"(?<!pho )(?<!\w){re.escape(post)}(?!\w)", folded):
            if (made := _MADE.search(low, 0, match.start())) is not None:
                return text[made.start(1) : made.end(1)].strip()
            if (named := _IS.match(low, match.end())) is not None:
                return text[slice(*named.span(named.lastindex or 0))].strip()
    return None


def _holders(query: Query, text: str, found: list[Stretch]) -> list[Stretch]:
    """Return those of ``found`` who are said to hold an office the question names, behind the name or before it."""
    asked = [m[0] for m in _POST.finditer(fold(query.text))]
    if not asked:
        return []
    behind, before = [], []
    for n, own in enumerate(found):
        end = found[n + 1].start if n + 1 < len(found) else len(text)
        after = _CUT.split(fold(text[own.end : end]), maxsplit=1)[0]
        lead = _CUT.split(fold(text[found[n - 1].end if n else 0 : own.start]))[-1]
        behind += [own] if all(_has_post(post, after) for post in asked) else []
        before += [own] if all(_has_post(post, lead) for post in asked) else []
    return behind or before


def _has_post(post: str, folded: str) -> bool:
    return re.search(rf"(?<!pho )(?<!\w){re.escape(post)}(?!\w)", folded) is not None


def _rows(text: str, found: list[Stretch]) -> list[Stretch]:
    """Join persons whom only "và" or a comma and a form of address part into one stretch."""
    rows: list[Stretch] = []
    for own in found:
        if rows and _JOINED.fullmatch(unify(text[rows[-1].end : own.start])):
            rows[-1] = Stretch(rows[-1].start, own.end)
        else:
            rows.append(own)
    return rows


def holds_title(query: Query, text: str) -> bool:
    """Tell whether ``text`` has each office the question asks the holder of, and not only that of a deputy."""
    asked = fold(query.text)
    titles = {m[0] for m in _TITLE.finditer(asked)}
    if "pho " in asked or not titles:
        return True
    low = fold(text)
    return all(re.search(rf"(?<!pho )(?<!kt\. )(?<!kt )(?<!\w){re.escape(title)}(?!\w)", low) for title in titles)
