"""Questions about those that are not ("bao nhiêu em không đạt"): the number of those that are is no answer."""

from __future__ import annotations

import re

from ingest.vi.normalise import unify
from service.domain import Draft, Query, Want

# "không gian", "không quân", "không chuyên trách" name things; "không tính", "không kể" leave something out.
_DENIED = re.compile(
    r"(?<!\w)(?<!có )(?<!hay )(?:chưa|không)\s"
    r"(?!(?:khí|gian|quân|chuyên|dây|tính|kể|gồm|bao|có|phải|biết|nhỉ|ạ|vậy)(?!\w))\w"
)
# How reports say it: by denying, or by a word for what is wanting.
_WANTING = re.compile(
    r"(?<!\w)(?:không|chưa|thiếu|trượt|hỏng|rớt|còn|tồn|quá hạn|trễ|chậm|nợ|vắng|bỏ|nghỉ|ngừng|dừng|hủy|loại|mất|hết"
    r"|dưới|ngoài|yếu|kém|từ chối|trả lại|vô)(?!\w)"
)


def denied_otherwise(query: Query, draft: Draft) -> bool:
    """Tell whether a question asks how many are not, and the figure of ``draft`` is told where nothing is denied.

    It may be denied anywhere in the quoted passage or above it (headings, the head of a table). False for questions
    without a number wanted and for drafts without a figure.
    """
    if query.want is not Want.FIGURE or not draft.figures or not _DENIED.search(unify(query.text)):
        return False
    told = (f"{one.passage.context}\n{one.passage.text}" for one in draft.evidence)
    return not any(_WANTING.search(unify(text)) for text in told)
