"""What happened on a day: a date answers only to the event asked about, however that is worded."""

from __future__ import annotations

import re

from ingest.vi.normalise import unify
from service.domain import Query

# Each line names one event; a date beside another one ("bàn giao ngày ...") is not that of the first ("khởi công").
_EVENTS = tuple(
    re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for words in (
        r"khởi công|động thổ|bắt đầu (?:xây|thi công|làm|thực hiện)|triển khai thi công|khởi động",
        r"hoàn thành|hoàn tất|làm xong|xây xong|xong|bàn giao|khánh thành|đưa vào (?:sử dụng|khai thác|vận hành)"
        r"|thông xe|nghiệm thu|kết thúc|bế mạc|cán đích|hợp long",
        r"(?:tạm )?(?:ngừng|dừng|ngưng)|đình chỉ|đóng cửa|chấm dứt|thôi",
        r"khai trương|khai mạc|khai giảng|mở (?:lại|cửa)|hoạt động trở lại",
        r"bổ nhiệm|điều động|nghỉ hưu|miễn nhiệm",
    )
)


def of_event(query: Query, text: str) -> bool:
    """Tell whether ``text`` speaks of each event a question names; True for a question that names none.

    A question typed without accents names none: "xong" and "thôi" look like other words there.
    """
    if not query.accents:
        return True
    asked, low = unify(query.text), unify(text)
    return all(event.search(low) is not None for event in _EVENTS if event.search(asked) is not None)
