"""Organisations in a sentence, and the one that is charged with what a question asks about."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold, unify
from service.answer.near import nearest
from service.answer.views import Stretch
from service.domain import Query, Want

# What organisations are called by, as their names begin (Nghị định 30/2020/NĐ-CP, names of issuing bodies).
_HEADS = (
    r"ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ủy ban mặt trận|uỷ ban mặt trận|mặt trận|mttq"
    r"|văn phòng|ban quản lý|ban chỉ huy|ban chỉ đạo|ban|bộ|sở|phòng|cục|chi cục|tổng cục|thanh tra"
    r"|công an|quân khu|đồn biên phòng|bộ đội|tập đoàn|tổng công ty|công ty|hợp tác xã|htx|doanh nghiệp|ngân hàng"
    r"|kho bạc|bảo hiểm xã hội|trung tâm|viện|bệnh viện|trạm y tế|trường|hội|đoàn|liên đoàn|đài|quỹ|chi nhánh"
)
_HEAD = re.compile(rf"(?<!\w)(?<!chi )(?<!cán )(?<!nội )(?<!đảng )(?<!toàn )(?<!nhà )(?:{_HEADS})(?!\w)")
# Where a name ends: what the organisation does, is or has follows in small letters.
_STOP = re.compile(
    r"(?<!\w)(?:chủ trì|phối hợp|làm|thực hiện|chủ động|nghiên cứu|quản lý|hướng dẫn|khẩn trương|tham mưu|rà soát"
    r"|tổ chức"
    r"|triển khai|theo dõi|báo cáo|tiếp tục|chỉ đạo|xem xét|bố trí|ban hành|trình|lập|cấp|hỗ trợ|được|đã|đang|sẽ"
    r"|có|về|để"
    r"|căn cứ|kiểm tra|đôn đốc|cùng|với|trong|trước|tại|là|phụ trách|chịu|tăng cường|đẩy mạnh|tập trung|xử lý"
    r"|giải quyết"
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
    r"\s(?:tỉnh|huyện|xã|phường|thị trấn|quận|thành phố|nhân dân|dự án|chợ|rừng|khu|cảng|biên phòng|trung ương"
    r"|cấp)(?!\w)"
)
_MAX_WORDS = 14
_ASKED = re.compile(
    r"(?<!hai )(?<!ba )(?<!bon )(?<!nam )(?<!nhung )(?<!cac )(?<!\w)(bo|so|phong|ban|cuc|chi cuc|tap doan"
    r"|tong cong ty|cong ty|hop tac xa|htx|doanh nghiep|trung tam|hoi"
    r"|truong"
    r"|ngan hang|don vi|co quan|to chuc|nganh|chu dau tu|nha thau)(?:,? (?:bo|so|phong|ban|nganh|co quan|don vi"
    r"|chuc))*"
    r" nao(?!\w)"
)
_ANY = frozenset(("don vi", "co quan", "to chuc", "nganh", "chu dau tu", "nha thau", "doanh nghiep"))
_WHO = re.compile(
    r"(?<!\w)(?:(?:giao|do|cho) (?:cho )?ai|ai (?:se |phai |duoc (?:giao )?)?(?:chu tri|phu trach|lam|thuc hien"
    r"|quan ly"
    r"|chiu trach nhiem|huong dan|tham muu|ban hanh|to chuc|phoi hop|cap|la chu dau tu)|chu dau tu la ai)"
)
_ROLES = ("chủ trì", "phối hợp", "hướng dẫn", "quản lý", "tham mưu", "chủ đầu tư", "thẩm định", "giám sát")
_CHARGED = re.compile(r"(?<!\w)(?:giao|do|đề nghị|yêu cầu|của|bởi)(?: cho)?(?: các)?\s$")
_AHEAD_CHARS = 40


def asks_office(query: Query) -> bool:
    """Tell whether an organisation may answer: "bộ nào chủ trì", "giao cho ai", "đơn vị nào"."""
    asked = fold(query.text)
    wanted = query.want in (Want.NAME, Want.PLACE, Want.PERSON, Want.LIST, Want.TEXT)
    return wanted and (_ASKED.search(asked) is not None or _WHO.search(asked) is not None)


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
        if end > match.end() or (capital and match[0] in ("ubnd", "hđnd", "mttq")):
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


def office_in(query: Query, text: str) -> str | None:
    """Return the organisation of ``text`` that does what is asked; "" for several of equal right, None for none.

    Where the question tells the kind ("bộ nào") only that kind is looked at.
    """
    asked = _ASKED.search(fold(query.text))
    kind = asked[1] if asked is not None and asked[1] not in _ANY else ""
    found = [s for s in offices(text) if not kind or re.match(rf"{kind}(?!\w)", fold(text[s.start : s.end]))]
    found = [s for s in found if fold(text[s.start : s.end]) not in fold(query.text)]
    if not found:
        return None
    role = next((r for r in _ROLES if r in unify(query.text) or fold(r) in query.text.casefold()), "")
    if role:
        doing = [s for s in found if unify(text[s.end : s.end + _AHEAD_CHARS]).lstrip(" ,").startswith(role)]
        doing = doing or [s for s in found if unify(text[: s.start]).rstrip(" ,:").endswith((role, f"là {role}"))]
        found = doing or found
    charged = [s for s in found if _CHARGED.search(unify(text[: s.start]))]
    found = charged or found
    if not kind and not role and not charged and len(found) > 1:
        return ""
    best = found[nearest(query, text, found)]
    return text[best.start : best.end].strip(" ,-")
