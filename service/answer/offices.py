"""Organisations in a sentence, and the one that is charged with what a question asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.vi.normalise import fold, unify
from service.answer.near import asked_words, nearest
from service.answer.tokens import keys
from service.answer.views import Stretch
from service.domain import Query, Want

# What organisations are called by, as their names begin (Nghị định 30/2020/NĐ-CP, names of issuing bodies).
_HEADS = (
    r"ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ủy ban|uỷ ban|mặt trận|mttq"
    r"|văn phòng|ban quản lý|ban chỉ huy|ban chỉ đạo|ban|bộ|sở|phòng|cục|chi cục|tổng cục|thanh tra"
    r"|công an|quân khu|đồn biên phòng|bộ đội|tập đoàn|tổng công ty|công ty|hợp tác xã|htx|doanh nghiệp|ngân hàng"
    r"|kho bạc|bảo hiểm xã hội|câu lạc bộ|clb|liên minh|hiệp hội|tổ hợp tác|tỉnh đoàn|thành đoàn|công đoàn"
    r"|viễn thông|bưu điện|điện lực|tòa án|viện kiểm sát|cơ quan"
    r"|trung tâm|viện|bệnh viện|trạm y tế|trường|hội|đoàn|liên đoàn|đài|quỹ|chi nhánh"
)
_HEAD = re.compile(
    r"(?<!\w)(?<!chi )(?<!cán )(?<!nội )(?<!đảng )(?<!toàn )(?<!nhà )(?<!lạc )(?<!đại )(?<!lễ )(?<!ngày )"
    rf"(?:{_HEADS})(?!\w)"
)
# Where a name ends: what the organisation does, is or has follows in small letters.
_STOP = re.compile(
    r"(?<!\w)(?:chủ trì|phối hợp|làm|thực hiện|chủ động|nghiên cứu|quản lý|hướng dẫn|khẩn trương|tham mưu|rà soát"
    r"|tổ chức"
    r"|triển khai|theo dõi|báo cáo|tiếp tục|chỉ đạo|xem xét|bố trí|ban hành|trình|lập|cấp|hỗ trợ|được|đã|đang|sẽ"
    r"|có|về|để"
    r"|căn cứ|kiểm tra|đôn đốc|cùng|với|trong|trước|tại|là|phụ trách|chịu|tăng cường|đẩy mạnh|tập trung|xử lý"
    r"|giải quyết"
    r"|giải ngân|tổng hợp|phân bổ|đánh giá|hoàn thiện|tiếp thu|bàn giao|trao đổi|phân công|chấp hành|quán triệt"
    r"|hoàn thành|thẩm định|phê duyệt|giao|đề nghị|yêu cầu|cần|phải|thông báo|công bố|không|chưa|nhằm|theo|sớm"
    r"|xây dựng"
    r"|bảo đảm|đảm bảo|cung cấp|tuyên truyền|vận động|huy động|tuần tra|cho|của|vận hành|đầu tư|khai thác|quyết định"
    r"|kết luận|kiến nghị|điều tra|tiếp nhận|lắp|mở|giúp|nhận|sản xuất|khám|thu|chi|nâng|đạt|bắt|xuất|từ|khi|do"
    r"|vào|hiện"
    r"|chuyển|tặng|trao|ký|in|phát|dự(?! án)|họp|thay|mua|bán|trồng|hoạt động|tham gia|thành lập|đặt|đề xuất|các"
    r"|những|sau)(?!\w)"
    r"|[;:.()\[\]“”\"\n]|,(?! (?:[^\W\d_]+ ){1,4}và )|,(?= (?:phối|chủ|có|đã|được))|(?<=[,])\s*(?=\d)|\s\d"
    r"|\s?[,–-]\s(?=[^\W\dA-ZĐ])"
)
_SMALL = re.compile(
    r"\s(?:ngành|tỉnh|huyện|xã|phường|thị trấn|quận|thành phố|nhân dân|dự án|chợ|rừng|khu|cảng|biên phòng|trung ương"
    r"|cấp)(?!\w)"
)
_BRACKET = re.compile(r"\s?\(([^()]+)\)")
_WHOLE = ("ubnd", "hđnd", "mttq", "tỉnh đoàn", "thành đoàn")  # names that need nothing behind them
_MAX_WORDS = 14
_ASKED = re.compile(
    r"(?<!hai )(?<!ba )(?<!bon )(?<!nam )(?<!nhung )(?<!cac )(?<!\w)(bo|so|phong|ban|cuc|chi cuc|tap doan"
    r"|tong cong ty|cong ty|hop tac xa|htx|doanh nghiep|trung tam|hoi"
    r"|truong"
    r"|ngan hang|don vi|co quan|to chuc|nganh|chu dau tu|nha thau)(?:,? (?:bo|so|phong|ban|nganh|co quan|don vi"
    r"|chuc))*"
    r" nao(?!\w)"
)
# Only kinds that without accents look like nothing else: "phong trào" is no "phòng".
_CALLED = re.compile(
    r"(?<!\w)(tong cong ty|cong ty|tap doan|hop tac xa|htx|doanh nghiep|ngan hang)(?: \w+){0,10} ten (?:la )?gi(?!\w)"
)
_ANY = frozenset(("don vi", "co quan", "to chuc", "nganh", "chu dau tu", "nha thau", "doanh nghiep"))
# Who is hired or invests is a firm.
_FIRMS = frozenset(("nha thau", "doanh nghiep"))
_FIRM = re.compile(r"(?:tập đoàn|tổng công ty|công ty|doanh nghiệp|hợp tác xã|htx|ngân hàng|liên danh|xí nghiệp)(?!\w)")
_GENERAL = ("đơn", "vị", "cơ", "quan", "tổ", "chức", "ngành")
_WHO = re.compile(
    r"(?<!\w)(?:(?:giao|do|cho) (?:cho )?ai|^ai (?!la |ky |ten |giu |dung dau |lam (?:chu tich|bi thu|giam doc|truong))"
    r"|ai (?:se |phai |duoc (?:giao )?)?(?:chu tri|phu trach|thuc hien|quan ly"
    r"|lam(?! (?:chu tich|bi thu|giam doc|truong|pho|to truong|doi truong|nhom truong|chu nhiem|thu ky))"
    r"|chiu trach nhiem|huong dan|tham muu|ban hanh|to chuc|phoi hop|cap|la chu dau tu)|chu dau tu la ai)"
)
_ROLES = ("chủ trì", "phối hợp", "hướng dẫn", "quản lý", "tham mưu", "chủ đầu tư", "thẩm định", "giám sát")
_CHARGED = re.compile(r"(?<!\w)(?:giao|do|đề nghị|yêu cầu|của|bởi)(?: cho)?(?: các)?\s$")
_GIVEN_TO = re.compile(r"(?<!\w)(?:giao|do|yêu cầu|đề nghị)(?: cho)?(?: các)?\s$")
_AHEAD_CHARS = 40
# "phối hợp với sở nào", "gửi cơ quan nào": not who does it, but whom it goes to.
_OBJECT = re.compile(
    r"(?<!\w)(voi|thong qua|qua|gui|trinh|bao cao|de nghi cua|y kien cua|y kien)(?: (?:cho|den|toi|voi|cac|nhung))*"
    r" (?:bo|so|phong|ban|cuc|don vi|co quan|to chuc|nganh|ai)(?: nao)?(?!\w)"
)
_MARKER = re.compile(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[A-ZĐa-zđ])[.)/-]+\s*|^[-+•*–]\s*")
_POINT = re.compile(r"[a-zđ]\)(?:\s|$)")  # "a) ...": an item of the list itself
_ADDRESSED = re.compile(
    r"(?:đề nghị|giao|yêu cầu|(?:trách nhiệm|nhiệm vụ)(?: cụ thể)? của|đối với)(?: cho)?\s", re.IGNORECASE
)
# Headings that list duties begin with who has them, an office or its head; not so "Phòng, chống ...", "Hội nghị ...".
_BEARER = re.compile(
    rf"(?:các )?(?!ban hành|ban đầu|phòng,? (?:chống|ngừa|dịch|cháy)|hội (?:nghị|thảo|nhập|họp)|trường (?:học|hợp)"
    rf"|bộ (?:máy|chỉ|tiêu|phận|mặt)|đoàn (?:kết|xe|ra)|quỹ (?:đất|nhà)|sở hữu|viện (?:trợ|phí))"
    rf"(?:{_HEADS}|thủ trưởng|người đứng đầu|chủ tịch|giám đốc|liên minh|hiệp hội|cơ quan|đơn vị|địa phương"
    rf"|tổ chức(?!,| và| bộ máy| cán bộ| đại hội| thực hiện| triển khai)|cổng thông tin|báo và|chủ đầu tư)(?!\w)"
)
_COMPANIES = re.compile(r"(?:doanh nghiệp|hợp tác xã|htx|trường)(?!\w)")  # unaddressed, a topic and not who has duties
# What such a heading may go on with; capitals are part of the name ("Sở Xây dựng").
_DUTY = re.compile(
    r"\s*(?::|,?\s(?:có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|chủ động|tiếp tục|khẩn trương|thực hiện|tham mưu"
    r"|hướng dẫn|rà soát|theo dõi|chỉ đạo|tăng cường|đẩy mạnh|căn cứ)(?!\w))"
)
_DUTIES = re.compile(r"(?:chủ trì|phối hợp|chủ động|trực tiếp|nhiệm vụ)(?!\w)")
_MAX_BEARER_WORDS = 28


def asks_office(query: Query) -> bool:
    """Tell whether an organisation may answer: "bộ nào chủ trì", "giao cho ai", "đơn vị nào"."""
    asked = fold(query.text)
    wanted = query.want in (Want.NAME, Want.PLACE, Want.PERSON, Want.LIST, Want.TEXT)
    return wanted and (_kind_asked(asked) is not None or _WHO.search(asked) is not None)


def asks_called(query: Query) -> bool:
    """Tell whether an organisation of one kind is asked for by its name ("hợp tác xã được giao đất tên gì")."""
    return _CALLED.search(fold(query.text)) is not None


def _kind_asked(folded: str) -> re.Match[str] | None:
    """Return the kind of organisation a folded question asks for, as group 1: "sở nào", "công ty ... tên gì"."""
    return _ASKED.search(folded) or _CALLED.search(folded)


def asks_role(query: Query) -> bool:
    """Tell whether an office is asked for by its part in a task: "đơn vị nào chủ trì"."""
    asked = unify(query.text)
    return _kind_asked(fold(query.text)) is not None and any(f"nào {role}" in asked for role in _ROLES)


def part_asked(query: Query) -> str:
    """Return the part that only those have of whom it is said ("chu dau tu", "nha thau"), folded; "" for none asked."""
    return next((part for part in ("chu dau tu", "nha thau") if part in fold(query.text)), "")


def without_kind(query: Query) -> tuple[str, ...]:
    """Return the content words of a question without those that only ask for any organisation ("đơn vị nào")."""
    asked = _kind_asked(fold(query.text))
    if asked is None or asked[1] not in _ANY:
        return query.terms
    kind = asked[1].split()
    folded = [fold(term) for term in query.terms]
    at = next((n for n in range(len(folded)) if folded[n : n + len(kind)] == kind), None)
    return query.terms if at is None else query.terms[:at] + query.terms[at + len(kind) :]


def office_above(section_path: Sequence[str]) -> str | None:
    """Return who has the duties a section lists: the nearest heading that begins with an organisation; None for none.

    "2. Sở Y tế", "8. Đề nghị Hội Nông dân, Hội Phụ nữ": the whole heading, without number and address.
    """
    for heading in reversed(section_path):
        written = _MARKER.sub("", heading).strip(" :.")
        title = _ADDRESSED.sub("", written, count=1) if _ADDRESSED.match(written) else written
        if _BEARER.match(unify(title)) and not (title == written and _COMPANIES.match(unify(title))):
            duty = _DUTY.search(title)
            name = title[: duty.start()] if duty else title
            return name if len(name.split()) <= _MAX_BEARER_WORDS else None
        if not _DUTIES.match(unify(title)) and not _POINT.match(heading):
            return None
    return None


def offices(text: str) -> list[Stretch]:
    """Return the organisations named in ``text`` in order; [] for none. A bare kind ("các sở") names none."""
    low = unify(text)
    found: list[Stretch] = []
    at = 0
    while (match := _HEAD.search(low, at)) is not None:
        end = name_end(text, match.end())
        at = max(end, match.end())
        capital = text[match.start()].isupper()
        name = text[match.start() : end]
        if name.isupper() and " " in name:
            continue  # a letterhead
        if end > match.end() or (capital and match[0] in _WHOLE):
            found.append(Stretch(match.start(), end))
    return found


def name_end(text: str, start: int) -> int:
    """Return where a name whose kind ends at ``start`` ends; ``start`` itself when nothing of it follows."""
    rest = text[start:].lstrip()
    if not rest or not (rest[0].isupper() or _SMALL.match(text, start)) or text[start : start + 1] != " ":
        return start
    stop = _STOP.search(text, start + 1)
    end = stop.start() if stop else len(text)
    for other in re.finditer(r"\s(?:và|hoặc|với)\s", text[start:end]):
        behind = text[start + other.end() : end]
        if not behind[:1].isupper() or _HEAD.match(unify(behind)):
            end = start + other.start()
            break
    words = text[start:end].split()
    end = end if len(words) <= _MAX_WORDS else start
    return start + len(text[start:end].rstrip(" ,-–"))


def office_in(query: Query, text: str, *, above: str | None = None) -> str | None:
    """Return the organisation of ``text`` that does what is asked; "" for several of equal right, None for none.

    Where the question tells the kind ("bộ nào") only that kind is looked at. ``above``: who has the duties of the list
    ``text`` stands in, meant unless the text itself begins with an organisation or charges one.
    """
    folded = fold(query.text)
    asked = _kind_asked(folded)
    kind = asked[1] if asked is not None and asked[1] not in _ANY else ""
    found = [s for s in offices(text) if not kind or re.match(rf"{kind}(?!\w)", fold(text[s.start : s.end]))]
    found = [s for s in found if fold(text[s.start : s.end]) not in folded]
    if asked is not None and asked[1] in _FIRMS:
        found = [s for s in found if _FIRM.match(unify(text[s.start : s.end]))]
        above = None
    if (called := _so_called(query, text, found)) is not None:
        return text[called.start : called.end].strip(" ,-")
    goes_to = _OBJECT.search(folded)
    if goes_to is not None:
        found = [s for s in found if fold(text[: s.start]).rstrip().endswith(goes_to[1])] or found
    elif (
        above is not None and (not kind or re.match(rf"{kind}(?!\w)", fold(above))) and not _subject(query, text, found)
    ):
        return above
    if not found:
        return None
    doing = _with_role(query, text, found)
    found = doing or found
    charged = [s for s in found if _CHARGED.search(unify(text[: s.start])) or text[: s.start].endswith("; ")]
    charged = charged if any(_CHARGED.search(unify(text[: s.start])) for s in charged) else []
    found = charged or found
    if not kind and not doing and not charged and not goes_to and len(found) > 1:
        found = _doers(query, text, found)
        if not found:
            return ""
    best = found[nearest(query, text, found)]
    return text[best.start : best.end].strip(" ,-")


def _so_called(query: Query, text: str, found: Sequence[Stretch]) -> Stretch | None:
    """Return the one behind whose name brackets say what is asked: "Sở A (cơ quan soạn thảo)"; None for none."""
    asked = asked_words(query) - {fold(word) for word in _GENERAL}
    told = ((one, _BRACKET.match(text, one.end)) for one in found)
    return next((one for one, m in told if m and len(asked & {fold(k) for k in keys(m[1])}) > 1), None)


def _doers(query: Query, text: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Return the one of ``found`` behind whose name stands most of what is asked; [] for none or several."""
    asked = asked_words(query) - {fold(word) for word in _GENERAL}
    ends = [*(one.start for one in found[1:]), len(text)]
    behind = [re.split(r"[;.](?!\d)", text[one.end : end])[0] for one, end in zip(found, ends, strict=True)]
    told = [len(asked & {fold(word) for word in keys(part)}) for part in behind]
    best = [one for one, words in zip(found, told, strict=True) if 2 * words >= len(asked) > 0]
    return best if len(best) == 1 else []


def _with_role(query: Query, text: str, found: Sequence[Stretch]) -> list[Stretch]:
    """Return those of ``found`` that have the role asked for ("chủ trì", "hướng dẫn") said beside them."""
    role = next((r for r in _ROLES if r in unify(query.text) or fold(r) in query.text.casefold()), "")
    if not role:
        return []
    doing = [s for s in found if unify(text[s.end : s.end + _AHEAD_CHARS]).lstrip(" ,").startswith(role)]
    return doing or [
        s for s in found if unify(text[: s.start]).rstrip(" ,:").endswith((role, f"{role} với", f"{role} cùng"))
    ]


def _subject(query: Query, text: str, found: Sequence[Stretch]) -> bool:
    """Tell whether a sentence says itself who does it: it begins with an organisation, or gives it the task."""
    return bool(_with_role(query, text, found)) or any(_is_charged(text, s) for s in found)


def given_to(office: str, text: str) -> int | None:
    """Return where the task begins that ``text`` gives ``office``, by charging it or opening with it; None for none."""
    for one in offices(text):
        if fold(text[one.start : one.end]) == fold(office) and _is_charged(text, one):
            return one.end
    return None


def _is_charged(text: str, office: Stretch) -> bool:
    """Tell whether ``text`` begins with an organisation or gives it the task ("giao ...")."""
    opening = len(text) - len(_MARKER.sub("", text.lstrip()).lstrip())
    return office.start <= opening or _GIVEN_TO.search(unify(text[: office.start])) is not None
