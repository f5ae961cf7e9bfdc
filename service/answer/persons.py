"""Persons named in a sentence: by a form of address, by an office, or by a family name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from service.answer.near import asked_words, nearest
from service.answer.tokens import keys
from service.answer.views import Stretch
from service.domain import Query

_ADDRESS = (
    r"(?:đồng chí|đ/c|ông|bà|anh|chị|em|cháu|cụ|thầy|cô|bác sĩ|kỹ sư|nghệ nhân|nhà giáo|luật sư|tiến sĩ"
    r"|thạc sĩ"
    r"|(?:đại|thượng|trung|thiếu) (?:tá|úy)|bí thư|chủ tịch|giám đốc|trưởng \w+|bộ trưởng|thủ tướng)"
)
# The family names most Vietnamese bear (Kinh), and frequent ones of the highland peoples.
_FAMILY = frozenset(
    """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh lưu đoàn trịnh mai trương lâm cao tạ
    thái đào vương chu quách lương tô triệu kiều từ tống tôn hứa khổng doãn đàm nghiêm thân phùng viên la nông hà lò cầm
    giàng sùng vàng thào tòng quàng lường điêu mùa cà bạc đèo ksor siu rơ rah a y
    kim thạch sơn danh châu tăng dư lục sầm bế ma mã chẩu tẩn hạng thò sình phàn triệu quan chung ninh đồng vi bàn
    khúc khuất lều lỗ mẫn nhữ nhâm âu bạch chử giáp hàn hầu lãnh phí ôn sái thẩm thiều tiết trình uông cù
    lù lục sồng xồng tráng thền lèng cứ hảng chảo pờ lỳ hạ văn đổng
    khương kha quản lại mạc ngân ngụy ông tiêu trang ứng""".split()  # noqa: SIM905
)
_NAME = pattern(r"[{UP}][{LOW}]*(?:['’][{UP}]?[{LOW}]*)?(?:[ -][{UP}][{LOW}]*(?:['’][{UP}]?[{LOW}]*)?){1,4}")
# "bác sĩ chuyên khoa II Trần Văn A": the grade is no part of the name.
_GRADE = re.compile(r"I{1,3}V? (?=\w+ \w)")
_OFFICE = re.compile(
    r"(?:\s*[-–]\s*|,\s+|\s*\()((?:quyền |nguyên |phó )?(?:bí thư|chủ tịch|giám đốc|trưởng|phó|ủy viên|uỷ viên"
    r"|bộ trưởng|thủ tướng)[^,;.()]{0,80}?)"
    # What the office is said with goes on: "Chủ tịch UBND xã làm Trưởng ban".
    r"(?=[,;.()]|$|(?<!việc)\s(?:làm|là|giữ|phụ trách|chịu|chủ trì|trực tiếp|theo dõi|chỉ đạo|ký|được|đã|sẽ"
    r"|yêu cầu|phát biểu"
    r"|đề nghị|kết luận|đến|dự|và|cùng)\s)",
    re.IGNORECASE,
)
# "ông A (đến tháng 5/2024) và bà B", "ông A, Phó Chủ tịch UBND xã và công chức địa chính C".
_POSITION = (
    r"(?:quyền |nguyên |phó )?(?:bí thư|chủ tịch|giám đốc|trưởng|phó|ủy viên|uỷ viên|công chức|viên chức|cán bộ"
    r"|kế toán|chánh|chuyên viên|bộ trưởng)(?!\w)"
    r"(?:(?!\s(?:làm|là|giữ|chịu|chủ trì|trực tiếp|theo dõi|chỉ đạo|ký|được|đã|sẽ|báo cáo)\s)[^,;.()]){0,60}?"
)
_JOINED = re.compile(
    rf"\s?;\s(?:{_ADDRESS}\s)?|(?:,? {_POSITION})?(?:\s?\([^()]*\))?"
    rf"\s?(?:,|và|cùng)\s(?:(?:với|và)\s)?(?:{_POSITION}\s)?(?:{_ADDRESS}\s)?"
)
# Who held an office until when stands in brackets behind the name.
_TENURE = re.compile(r"\s?\(([^()]*\d{4}[^()]*)\)")
_TILL_NOW = re.compile(r"(?:đến|tới) (?:nay|hiện)|^từ (?!.*đến)")
_FORMER_ASKED = re.compile(r"(?<!\w)(?:trước|cũ|nguyên|tiền nhiệm|khi đó|lúc đó)(?!\w)")
_POST = re.compile(
    r"(?<!\w)(?:pho )?(?:chu tich|bi thu|giam doc|to truong|doi truong|nhom truong|hieu truong|chanh van phong"
    r"|truong (?:tieu ban|ban|phong|doan|doi|khoa|thon|khu|nhom|to)|chu nhiem|vien truong|cuc truong"
    r"|tong giam doc)(?!\w)"
)
_OWN = r"(?:(?:phó )?(?:chủ tịch|bí thư|giám đốc|trưởng|chánh|viện trưởng|hiệu trưởng)(?! ban chỉ đạo)[^;,:.()]{2,80}?)"
_MADE = re.compile(rf"(?<!\w)({_OWN}) (?:làm|là|giữ chức|kiêm)(?: [^\W\d]+){{0,2}} $")
# "do Giám đốc Sở duyệt": who does it is told by the office.
_BY = re.compile(
    rf"(?<!\w)do ({_OWN})(?= (?:duyệt|phê duyệt|ký|quyết định|chủ trì|làm|chịu|chỉ đạo"
    r"|ban hành|cử|phân công|giao)(?!\w))"
)
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
_OF_BODY = re.compile(r"(?:sở|ban|phòng|cục|chi cục|bộ|viện|trường|trạm)\s")
_HEAD_OF = re.compile(r"(?<!\w)(?:giám đốc|trưởng|cục trưởng|bộ trưởng|thứ trưởng|viện trưởng|hiệu trưởng)\s$")
_NOBODY = re.compile(r"(?<!\w)(?:không|chưa) (?:có|ai|trao|bầu|bổ nhiệm|cử|chọn)(?!\w)")
_VACANT = re.compile(r"(?<!\w)(?:khuyết|chưa có|chưa bổ nhiệm|chưa bầu)(?!\w)")
_HOLDER_ASKED = re.compile(r"(?<!\w)(?:la ai|ai la|ten (?:la )?gi|ai (?:giu|lam))(?!\w)")
# "Ai đang tạm điều hành ...": what whoever it is does, in the two words it is said with.
_DOES = re.compile(r"(?<!\w)ai (?:(?:dang|da|se|tam|hien|truc tiep|la nguoi|phai) ){0,3}(\w+ \w+)")
_MIDDLE = frozenset(("văn", "thị"))
_MIN_WORDS = 2
_BOARD = r"(?:hoi dong|ban|to|doan|doi|tieu ban)"
_BOARD_END = r"(?:la|nao|ai|ten|hien|nam|do|co|duoc|bay|luc|nay)(?!\w)"
_BOARD_CUT = re.compile(r"[;,:.()]")
_TITLE = re.compile(
    r"(?<!\w)(?:chu tich|bi thu|giam doc|chanh van phong|hieu truong|bo truong|thu tuong|ke toan truong|tram truong"
    r"|(?<!hieu )(?<!bo )(?<!toan )truong (?!nao|la|ten|hop|dau)\w+)(?!\w)"
)


def persons(text: str) -> list[Stretch]:
    """Return the names of persons in ``text`` in order: after a form of address, or with a family name and two more
    syllables, not behind a type of place; [] for none."""
    found: list[Stretch] = []
    low = unify(text)
    for start, end in _runs(text, low):
        lead, name = low[:start], text[start:end]
        syllables = name.split()
        addressed = re.search(rf"(?<!\w){_ADDRESS}\s+$", lead) is not None and _BODY.match(unify(name)) is None
        long = len(syllables) > _MIN_WORDS
        family = long and (unify(syllables[0]) in _FAMILY or unify(syllables[1]) in _MIDDLE)
        placed = _PLACE_BEFORE.search(lead) is not None and _OFFICE_BEFORE.search(lead) is None
        if not name.isupper() and (addressed or (family and not placed)):
            found.append(Stretch(start, end))
    return found


def _runs(text: str, low: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised syllables; of "Giám đốc Sở Trần Văn A" without the office the person is head of."""
    for match in _NAME.finditer(text):
        body = _OF_BODY.match(low, match.start())
        headed = body is not None and len(match[0].split()) > _MIN_WORDS + 1
        if headed and body is not None and _HEAD_OF.search(low, 0, match.start()):
            yield body.end(), match.end()
        else:
            grade = _GRADE.match(text, match.start())
            yield grade.end() if grade else match.start(), match.end()


def person_in(query: Query, text: str) -> str | None:
    """Return the person of ``text`` nearest the words asked about, with the form of address before the name and the
    office behind it where they are written ("đồng chí A - Phó Chủ tịch"); None for none.

    Several who are named in a row ("ông A và bà B") do together what is asked; of those who hold an office, only one
    who holds the office asked for is meant.
    """
    found = persons(text)
    if not found:
        return holder_in(query, text)
    rows = _rows(text, found)
    found = _holders(query, text, rows) or _doing(query, text, rows) or rows
    own = _in_office(query, text, found[nearest(query, text, found)])
    before = re.search(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|anh|chị|cụ)\s+$", unify(text[: own.start]))
    start = before.start() if before else own.start
    office = _OFFICE.match(text, own.end)
    return text[start : office.end(1) if office else own.end].strip()


def _in_office(query: Query, text: str, row: Stretch) -> Stretch:
    """Return who of a row holds the office now by the years behind the names, or who held it before if that is asked.

    The row itself where it does not say since when and until when.
    """
    said = [(own, unify(tenure[1])) for own in persons(text) if row.start <= own.start < row.end
            and (tenure := _TENURE.match(text, own.end)) is not None]  # fmt: skip
    former = _FORMER_ASKED.search(unify(query.text)) is not None
    fitting = [own for own, years in said if (_TILL_NOW.search(years) is None) == former]
    return fitting[0] if len(said) > 1 and len(fitting) == 1 else row


def holder_in(query: Query, text: str) -> str | None:
    """Return who of ``text`` is made the holder of the office asked for, by an office of their own; None for none.

    "trưởng thôn làm tổ trưởng", "Trưởng ban là Chủ tịch UBND xã".
    """
    asked = [m[0] for m in _POST.finditer(fold(query.text))]
    low, folded = unify(text), fold(text)
    if not asked and (by := list(_BY.finditer(low))):
        own = by[nearest(query, text, [Stretch(*m.span(1)) for m in by])]
        return text[own.start(1) : own.end(1)].strip()
    for post in asked:
        for match in re.finditer(_deputies_apart(post), folded):
            if not _of_that(query, post, folded[match.end() :]):
                continue
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
        behind += [own] if all(_has_post(query, post, after) for post in asked) else []
        before += [own] if all(_has_post(query, post, lead) for post in asked) else []
    return behind or before


def _doing(query: Query, text: str, found: list[Stretch]) -> list[Stretch]:
    """Return those of ``found`` behind whose name it is said in the question's words that they do what is asked."""
    asked = _DOES.search(fold(query.text))
    if asked is None:
        return []
    ends = [own.start for own in found[1:]] + [len(text)]
    return [
        own
        for own, end in zip(found, ends, strict=True)
        if re.search(rf"(?<!\w){asked[1]}(?!\w)", _CUT.split(fold(text[own.end : end]), maxsplit=1)[0])
    ]


def _has_post(query: Query, post: str, folded: str) -> bool:
    return any(_of_that(query, post, folded[m.end() :]) for m in re.finditer(_deputies_apart(post), folded))


def persons_of_post(query: Query, text: str) -> tuple[str, ...]:
    """Return the persons of ``text`` named in a row behind the post a question asks for ("những phó chủ tịch nào").

    () for fewer than two and for a question that names no post.
    """
    for post in (m[0] for m in _POST.finditer(fold(query.text))):
        for match in re.finditer(_deputies_apart(post), fold(text)):
            stop = _CUT.search(text, match.end())
            row = [one for one in persons(text) if match.end() <= one.start < (stop.start() if stop else len(text))]
            if len(row) > 1:
                return tuple(text[one.start : one.end] for one in row)
    return ()


def nobody(query: Query, text: str) -> bool:
    """Tell whether the part of ``text`` between semicolons that says most of what is asked denies it of anybody.

    "A giải nhất nghề hàn; nghề điện không có giải nhất": nobody has that of "nghề điện".
    """
    asked = asked_words(query)
    parts = text.split(";")
    told = [len(asked & {fold(k) for k in keys(part)}) for part in parts]
    best = parts[told.index(max(told))] if told.count(max(told)) == 1 else ""
    if asks_holder(query) and _VACANT.search(unify(best)) is not None:
        return True
    return _NOBODY.search(unify(best)) is not None and not persons(best)


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
    return all(
        any(_of_that(query, title, low[m.end() :]) for m in re.finditer(_deputies_apart(title), low))
        for title in titles
    )


def asks_holder(query: Query) -> bool:
    """Tell whether a question asks who holds an office: "Bí thư ... là ai"."""
    asked = fold(query.text)
    return _TITLE.search(asked) is not None and _HOLDER_ASKED.search(asked) is not None


def _deputies_apart(title: str) -> str:
    return rf"(?<!pho )(?<!kt\. )(?<!kt )(?<!\w){re.escape(title)}(?!\w)"


def _of_that(query: Query, title: str, behind: str) -> bool:
    """Tell whether the board or team whose head is asked for is named behind the title: "Chủ tịch Hội đồng ra đề".

    Boards are many in one document; of an office there is one, and it may be called otherwise.
    """
    board = re.search(rf"(?<!\w){re.escape(title)} ({_BOARD}(?: (?!{_BOARD_END})\w+){{1,5}})", fold(query.text))
    if board is None:
        return True
    named = _BOARD_CUT.split(behind, maxsplit=1)[0]
    if re.match(rf"\s{_BOARD}(?!\w)", named) is None:
        return True  # "trưởng ấp làm tổ trưởng": of which one is said before
    return all(word in named.split() for word in board[1].split())
