"""What happened on a day: a date answers only to the event asked about, however that is worded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.vi.normalise import fold, unify
from service.answer.near import asked_words
from service.answer.tokens import keys
from service.domain import Query

# Each line names one event; a date beside another one ("bàn giao ngày ...") is not that of the first ("khởi công").
_EVENTS = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for words in (
        r"khởi công|động thổ|bắt đầu (?:xây|thi công|làm|thực hiện)|triển khai thi công|khởi động",
        r"hoàn thành|hoàn tất|làm xong|xây xong|xong|bàn giao|khánh thành|đưa vào (?:sử dụng|khai thác|vận hành)"
        r"|dứt điểm|thông xe|nghiệm thu|kết thúc|bế mạc|cán đích|hợp long",
        r"(?:tạm )?(?:ngừng|dừng|ngưng)|đình chỉ|đóng (?:cửa|cống|cầu|đường|bãi|bến|từ|lại|hẳn)|chấm dứt|thôi",
        r"khai trương|khai mạc|khai giảng|mở (?:lại|cửa)|mở (?:[^\W\d]+ ){1,3}lại|hoạt động trở lại",
        r"bổ nhiệm|điều động|nghỉ hưu|miễn nhiệm",
        r"(?<!hết )hiệu lực",
        r"sơ kết",
        r"tổng kết",
    )
)
_DONE = _EVENTS[1]
_DEADLINE = re.compile(r"(?<!\w)(?:trước|chậm nhất|muộn nhất|thời hạn|hạn chót)(?!\w)")


def of_event(query: Query, text: str) -> bool:
    """Tell whether ``text`` speaks of each event a question names; True for a question that names none.

    A question typed without accents names none: "xong" and "thôi" look like other words there.
    """
    if not query.accents:
        return True
    low = unify(text)
    return all(event.search(low) is not None or (event is _DONE and _due(query, low)) for event in _asked(query))


def _due(query: Query, low: str) -> bool:
    """Tell whether a part of a sentence sets a deadline for what is asked: by then it has to be done.

    "trình trước ngày ..." does for "phải xong khi nào", "khởi công trước ngày ..." does not.
    """
    asked = asked_words(query)
    return any(
        _DEADLINE.search(part) is not None
        and not any(event.search(part) for event in _EVENTS)
        and 2 * len(asked & frozenset(fold(k) for k in keys(part))) >= len(asked)
        for part in low.split(";")
    )


def beside_event(query: Query, leads: Sequence[str]) -> list[int]:
    """Return which of ``leads``, the words that lead to each date of a sentence, name the event asked about.

    [] for none of them and for a question that names none.
    """
    asked = _asked(query) if query.accents else []
    return [n for n, lead in enumerate(leads) if asked and all(event.search(unify(lead)) for event in asked)]


def _asked(query: Query) -> list[re.Pattern[str]]:
    return [event for event in _EVENTS if event.search(unify(query.text)) is not None]
