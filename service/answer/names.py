"""The name a question asks for by its kind: "trường nào", "nghị quyết nào", "xếp thứ mấy"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from service.answer.near import nearest
from service.answer.offices import name_end
from service.answer.spots import numbered_end
from service.answer.tokens import keys
from service.answer.views import Stretch
from service.domain import Query, Want

_KIND_ASKED = re.compile(
    r"(?<!\w)(truong|dan toc|du an|chuong trinh|cong trinh|nghe|san pham|mo hinh|cho|cau|duong|tuyen duong|le hoi"
    r"|ho|song"
    r"|nha may|khu cong nghiep|cum cong nghiep|khu|benh vien|tram|ton giao|thon|khu pho|di tich|de an|phong trao"
    r"|cuoc thi"
    r"|giong|bao|benh|he thong|phan mem|quy|luat) (?:nao|gi)(?!\w)"
)
# The kinds of documents of Nghị định 30/2020/NĐ-CP, điều 7, and laws.
_DOCUMENT_ASKED = re.compile(
    r"(?<!\w)(nghi quyet|quyet dinh|chi thi|ke hoach|thong bao|cong van|to trinh|nghi dinh|thong tu|cong dien|luat"
    r"|van ban|giay phep|giay chung nhan|hop dong|bien ban|ket luan|huong dan)"
    r" (?:nao|gi|(?:[^?]{1,80} )?(?:mang |co |la )?so (?:may|bao nhieu|nao|gi))(?!\w)"
)
_DOCUMENT = re.compile(
    r"(?:nghị quyết|quyết định|chỉ thị|kế hoạch|thông báo|công văn|tờ trình|nghị định|thông tư|công điện|văn bản"
    r"|báo cáo|giấy phép|giấy chứng nhận|hợp đồng|biên bản|kết luận|hướng dẫn)"
    r"(?: (?:số:? ?)?|(?: (?!số )[^\W\d]+){1,4}? số:? ?)\d[\d.]*[/-][\w./-]*\w"
)
_DOCUMENT_WORDS = frozenset(("van", "ban", "bang", "theo", "mang", "so"))
_RANK_ASKED = re.compile(r"(?<!\w)(?:thu|hang|vi tri(?: thu)?|lan thu|ky(?: hop)? thu|dung thu) may(?!\w)")
_RANK = re.compile(
    r"(?<!\w)(?:(?:kỳ họp |vị trí |hạng |lần )?thứ (?:\d+(?:/\d+)?|nhất|nhì|ba|tư|năm|sáu|bảy|tám|chín|mười|[ivx]+)"
    r"|hạng \d+|(?<!người )(?:đứng|dẫn) đầu(?: cả nước| toàn tỉnh| toàn huyện)?)(?!\w)"
)
_KINDS_ASKED = re.compile(r"(?<!\w)(?:nhung|cac) ((?:\w+ )?\w+) nao(?!\w)")
# Where money comes from: "nguồn nào", "lấy từ đâu".
_SOURCE_ASKED = re.compile(
    r"(?<!\w)(?:nguon (?:von |kinh phi |tien |ngan sach )?(?:nao|gi|dau)"
    r"|(?:lay|trich|vay|bo tri|huy dong|chi) (?:o |tu )(?:nguon |quy |khoan |von )?(?:nao|dau|gi))(?!\w)"
)
_SOURCE = re.compile(
    r"(?<!\w)(?:(?:từ|bằng|do|trích|lấy|sử dụng)\s)+"
    r"((?:các )?(?:nguồn|ngân sách|quỹ|vốn|kinh phí|dự toán|dự phòng|xã hội hóa|xã hội hoá|đóng góp)(?!\w)"
    r"(?:\([^()]*\)|(?![,;.()](?!\d)|\s(?:để|nhằm|theo|cho|với mức|bảo đảm|đảm bảo|chi trả)\s).)*)"
)
_SOURCE_WORDS = frozenset(("lay", "trich", "nguon", "von", "tien", "kinh", "phi"))
_CAPITAL = pattern(r"\s(?:[{UP}“\"])")
_ANY_KIND = re.compile(r"(?<!\w)((?:\w+ )?\w+) (?:nao|gi)(?!\w)")
_ROUTES = "(?:tuyen duong|duong|tuyen|quoc lo|tinh lo|huyen lo|cao toc)"
_CODE = pattern(r"\s(?:ĐT|ĐH|ĐX|QL|TL|HL|CT)\.? ?\d{1,3}[A-ZĐ]?(?:[./-]\d{1,3})?(?!\w)")
_BRACKET_END = re.compile(r"[()]")
_CALLED_END = re.compile(r"[,;()](?!\d)|\.(?=\s|$)")
_ROW_END = re.compile(r"[;()]|\.(?=\s|$)")
_NAMES = re.compile(
    r"(?!(?:tăng|giảm|đạt|bằng|chiếm|vượt|trong|gồm|kèm|theo|tại|ở|do|so|từ|đến|với|để|có|không|chưa|được|bị|số)(?!\w))"
    r"[^\W\d_]{2,}"
)


def asks_rank(query: Query) -> bool:
    """Tell whether a place in an order is asked for ("xếp thứ mấy")."""
    return _RANK_ASKED.search(fold(query.text)) is not None


def ranks(text: str) -> list[Stretch]:
    """Return the ordinals of ``text`` in order ("thứ 05", "thứ 3/10", "đứng đầu"); [] for none."""
    return [Stretch(m.start(), m.end()) for m in _RANK.finditer(unify(text))]


def asked_document(query: Query) -> str | None:
    """Return the folded kind of document a question asks the number of ("nghị quyết nào"), "" for any; None for none.

    A law is called by its name and has none.
    """
    asked = _DOCUMENT_ASKED.search(fold(query.text))
    if asked is None or query.want not in (Want.NAME, Want.FIGURE) or asked[1] == "luat":
        return None
    return "" if asked[1] == "van ban" else asked[1]


def without_document(query: Query) -> tuple[str, ...]:
    """Return the content words of a question but for those that only ask for any document ("bằng văn bản nào")."""
    if asked_document(query) != "":
        return query.terms
    return tuple(term for term in query.terms if fold(term) not in _DOCUMENT_WORDS) or query.terms


def documents(text: str, kind: str) -> list[Stretch]:
    """Return the documents ``text`` cites by number, in order; only those of the folded ``kind`` unless that is ""."""
    return [Stretch(m.start(), m.end()) for m in _DOCUMENT.finditer(unify(text)) if fold(m[0]).startswith(kind)]


def asks_source(query: Query) -> bool:
    """Tell whether a question asks where money comes from: "nguồn nào", "lấy từ đâu"."""
    return _SOURCE_ASKED.search(fold(query.text)) is not None


def of_kind(query: Query) -> frozenset[str]:
    """Return the words of the kind a name is asked of ("tuyến đường nào"): the name alone may say it ("ĐT.736")."""
    kind = _KIND_ASKED.search(fold(query.text)) if query.want is Want.NAME else None
    asked = frozenset(kind[1].split()) if kind is not None else frozenset[str]()
    return frozenset(term for term in query.terms if fold(term) in asked)


def without_source(query: Query) -> tuple[str, ...]:
    """Return the content words of a question but for those that only ask for a source of money ("lấy từ nguồn nào")."""
    if not asks_source(query):
        return query.terms
    return tuple(term for term in query.terms if fold(term) not in _SOURCE_WORDS) or query.terms


def source_in(query: Query, text: str) -> str | None:
    """Return the source of money of ``text`` nearest the question's words ("ngân sách tỉnh và vốn vay"); or None."""
    return _nearest(query, text, [Stretch(*m.span(1)) for m in _SOURCE.finditer(unify(text))])


def kind_name_in(query: Query, text: str) -> str | None:
    """Return the ordinal, the document or the thing of the kind asked for that stands nearest the question's words.

    None where the question names no such kind or ``text`` has none of it.
    """
    asked = fold(query.text)
    if asks_rank(query):
        found = ranks(text)
        # Several places in an order belong to several things: which is whose only the sentence itself tells.
        return _nearest(query, text, found) if len({text[s.start : s.end] for s in found}) == 1 else None
    if (kind := asked_document(query)) is not None:
        return _nearest(query, text, documents(text, kind))
    if asks_source(query):
        return source_in(query, text)
    if (told := _called(asked, text)) is not None:
        return text[told.start : told.end].strip(" ,-")
    if (kinds := _KIND_ASKED.search(asked)) is None:
        return None
    kind = _ROUTES if kinds[1] in ("duong", "tuyen duong") else kinds[1]
    heads = [m for m in re.finditer(rf"(?<!\w){kind}(?!\w)", fold(text)) if _CAPITAL.match(text, m.end())]
    named = [Stretch(m.start(), end) for m in heads if (end := _whole_name(text, m.end())) > m.end()]
    said = set(_words(query.text))
    own = [s for s in named if not said.issuperset(_words(text[s.start : s.end]))]
    return _nearest(query, text, [s for s in _rows(text, own) if not _in_a_row(text, s)])


def _whole_name(text: str, start: int) -> int:
    """Return where a name ends whose kind ends at ``start``, with its number ("Trường B 2") or its code ("ĐT.736")."""
    code = _CODE.match(text, start)
    return code.end() if code is not None else numbered_end(text, name_end(text, start))


def _called(asked: str, text: str) -> Stretch | None:
    """Return what a counted thing of the kind asked for is called behind it: "01 sản phẩm 4 sao (chè A)".

    That of which most of the question is said, more than of any other; None for none. ``asked``: the folded question.
    """
    kind = _ANY_KIND.search(asked)
    if kind is None:
        return None
    said = set(_words(asked))
    told: list[tuple[int, Stretch]] = []
    for words in (kind[1], kind[1].split()[-1]):
        counted = re.compile(
            rf"(?<![\w.,/])(?P<count>\d{{1,3}}) {re.escape(words)}(?!\w)(?P<of>(?: [^\s(),;:.]+){{0,8}}) (?:\(|la )"
        )
        for match in counted.finditer(fold(text)):
            closed = match[0].endswith("(")
            ends = _BRACKET_END if closed else _CALLED_END if int(match["count"]) == 1 else _ROW_END
            stop = ends.search(text, match.end())
            end = stop.start() if stop else len(text)
            name = text[match.end() : end]
            if _NAMES.match(name) and not said.issuperset(_words(name)):
                told.append((len(said & set(_words(match["of"]))), Stretch(match.end(), end)))
        if told:
            break
    most = max((words for words, _ in told), default=0)
    best = [one for words, one in told if words == most]
    return best[0] if most and len(best) == 1 else None


def _words(text: str) -> list[str]:
    return [fold(word) for word in keys(text)]


def _rows(text: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Join names that only a comma or "và" parts: they are the answer together."""
    rows: list[Stretch] = []
    for one in found:
        if rows and text[rows[-1].end : one.start] in (", ", " và "):
            rows[-1] = Stretch(rows[-1].start, one.end)
        else:
            rows.append(one)
    return rows


def _in_a_row(text: str, one: Stretch) -> bool:
    """Tell whether a name is one of several joined by "và": alone it is half an answer."""
    inside = " và " in text[one.start : one.end]
    return not inside and (text[: one.start].endswith(" và ") or text[one.end :].startswith(" và "))


def _nearest(query: Query, text: str, found: Sequence[Stretch]) -> str | None:
    if not found:
        return None
    best = found[nearest(query, text, found)]
    return text[best.start : best.end].strip(" ,-")


def names_of_kind(query: Query, text: str) -> tuple[str, ...]:
    """Return the names of ``text`` that are of the kind "những ... nào" asks for ("những cống nào"), in order, without
    repeats; () for fewer than two."""
    asked = _KINDS_ASKED.search(fold(query.text))
    for kind in (asked[1], asked[1].split()[-1]) if asked is not None else ():
        found = [
            text[match.start() : end]
            for match in re.finditer(rf"(?<!\w){kind}(?!\w)", fold(text))
            if _CAPITAL.match(text, match.end()) and (end := name_end(text, match.end())) > match.end()
        ]
        if len(set(found)) > 1:
            return tuple(dict.fromkeys(found))
    return ()
