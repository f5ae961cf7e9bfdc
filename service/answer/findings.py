"""Reasons that no word marks: what an inspection found, what a colon opens behind something that went badly."""

from __future__ import annotations

import re

from ingest.vi.letters import pattern
from ingest.vi.normalise import unify

# What went badly is told in many words: "giải ngân chậm" is "chỉ đạt 40%, thấp hơn ...", "chưa đạt kế hoạch".
POORLY = re.compile(
    r"(?<!\w)(?:thấp|chậm|kém|chưa|không|khó khăn|hạn chế|giảm|vướng|thiếu|ảnh hưởng|tồn đọng|hụt|chỉ đạt|bị|dừng"
    r"|ngừng|mất|lùi|gián đoạn)(?!\w)"
)
_LOOKED = r"(?:kiểm tra|rà soát|xác minh|khám nghiệm|điều tra|giám định|thanh tra|khảo sát|phân tích)"
# "Qua kiểm tra, ...", "kết quả khám nghiệm xác định ...", "Theo Trạm Thú y, ...": explains what was told before.
_FOUND = re.compile(
    rf"(?:^|;)\W*(?:qua {_LOOKED}[^,;:.]{{0,40}},"
    rf"|(?:kết quả |qua )?{_LOOKED}[^,;:.]{{0,40}}?(?:xác định|cho thấy|kết luận)(?: nguyên nhân)?(?: là)?(?: do)?:?"
    r"|theo (?:(?:đánh giá|nhận định|kết luận|giải trình) (?:của )?)?"
    r"(?:trạm|trung tâm|công an|chi cục|phòng|sở|ban|đơn vị|chủ đầu tư|cơ quan)[^,;:.]{0,40},)\s+"
)
_COLON = pattern(r"(?<!\d):\s+(?=[{LOW}])")
_END = re.compile(r"\.(?=\s|$)")
_FIRST_PART = re.compile(r"[^,;]*")
_FEWEST_WORDS = 3


def unmarked(text: str) -> list[tuple[int, int, int]]:
    """Return where the lead to such a reason begins, where the reason does and where it ends; [] for none."""
    low = unify(text)
    if (found := _FOUND.search(low)) is not None:
        end = _end(text, found.end())
        return [(found.start(), found.end(), end)]
    colon = _COLON.search(text)
    if colon is None:
        return []
    begin = max(low.rfind(mark, 0, colon.start()) for mark in ("; ", ". ")) + 1
    poor = POORLY.search(low, begin, colon.start())
    first = _FIRST_PART.match(text, colon.end())
    listed = first is None or any(ch.isdigit() for ch in first[0]) or len(first[0].split()) < _FEWEST_WORDS
    if poor is None or listed or len(text[begin : colon.start()].split()) < _FEWEST_WORDS:
        return []
    return [(colon.start(), colon.end(), _end(text, colon.end()))]


def _end(text: str, start: int) -> int:
    stop = _END.search(text, start)
    return stop.start() if stop else len(text)
