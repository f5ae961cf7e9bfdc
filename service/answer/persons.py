"""Persons named in a sentence: by a form of address, by an office, or by a family name."""

from __future__ import annotations

import re

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from service.answer.near import nearest
from service.answer.views import Stretch
from service.domain import Query

_ADDRESS = r"(?:đồng chí|đ/c|ông|bà|anh|chị|cụ|bác sĩ|bí thư|chủ tịch|giám đốc|trưởng \w+|bộ trưởng|thủ tướng)"
# The family names most Vietnamese bear (Kinh), and frequent ones of the highland peoples.
_FAMILY = frozenset(
    """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh lưu đoàn trịnh mai trương lâm cao tạ
    thái đào vương chu quách lương tô triệu kiều từ tống tôn hứa khổng doãn đàm nghiêm thân phùng viên la nông hà lò cầm
    giàng sùng vàng thào tòng quàng lường điêu mùa cà bạc đèo ksor siu rơ rah a y""".split()  # noqa: SIM905
)
_NAME = pattern(r"[{UP}][{LOW}'’]*(?:[ -][{UP}][{LOW}'’]*){1,4}")
_OFFICE = re.compile(
    r"(?:\s*[-–]\s*|,\s+|\s*\()((?:quyền |nguyên |phó )?(?:bí thư|chủ tịch|giám đốc|trưởng|phó|ủy viên|uỷ viên"
    r"|bộ trưởng|thủ tướng)[^,;.()]{0,80})",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(
    r"(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|thôn|bản|ấp|làng|đường|cầu|hồ|sông|núi|chợ|trường|công ty"
    r"|khu|cụm"
    r"|tết|xuân|lễ hội|trạm|trại|đền|chùa|đình|tp\.?)\s*$"
)
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
        addressed = re.search(rf"(?<!\w){_ADDRESS}\s+$", lead) is not None
        family = unify(syllables[0]) in _FAMILY and len(syllables) > _MIN_WORDS
        if not match[0].isupper() and (addressed or (family and _PLACE_BEFORE.search(lead) is None)):
            found.append(Stretch(match.start(), match.end()))
    return found


def person_in(query: Query, text: str) -> str | None:
    """Return the person of ``text`` nearest the words asked about, with the form of address before the name and the
    office behind it where they are written ("đồng chí A - Phó Chủ tịch"); None for none."""
    found = persons(text)
    if not found:
        return None
    own = found[nearest(query, text, found)]
    before = re.search(r"(?<!\w)(?:đồng chí|đ/c|ông|bà|anh|chị|cụ)\s+$", unify(text[: own.start]))
    start = before.start() if before else own.start
    office = _OFFICE.match(text, own.end)
    return text[start : office.end(1) if office else own.end].strip()


def holds_title(query: Query, text: str) -> bool:
    """Tell whether ``text`` has each office the question asks the holder of, and not only that of a deputy."""
    asked = fold(query.text)
    titles = {m[0] for m in _TITLE.finditer(asked)}
    if "pho " in asked or not titles:
        return True
    low = fold(text)
    return all(re.search(rf"(?<!pho )(?<!kt\. )(?<!kt )(?<!\w){re.escape(title)}(?!\w)", low) for title in titles)
