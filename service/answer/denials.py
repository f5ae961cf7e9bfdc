"""Questions about those that are not ("bao nhiêu em không đạt"): the number of those that are is no answer."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.domain import PassageKind
from ingest.vi.normalise import unify
from service.answer.views import FigureView, PassageView
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


_VERB = re.compile(r"(?<!\w)(?:chưa|không) (?:được |bị |có )?(\w+)")


def other_column(query: Query, figure: FigureView, row: PassageView) -> bool:
    """Tell whether a cell of a table counts those that are not where the question asks for those that are ("đạt" beside
    "không đạt"), or the other way round; False outside of tables and where no column of the row denies anything."""
    if row.passage.kind is not PassageKind.TABLE_ROW:
        return False
    denied = frozenset[str]().union(*(_denied(one.figure.indicator) for one in row.figures))
    asked = _denied(query.text) if denied else denied
    own = _denied(figure.figure.indicator) if denied else denied
    said = frozenset(re.findall(r"\w+", unify(query.text))) if denied else denied
    return any(verb not in own if verb in asked else verb in own and verb in said for verb in denied)


@lru_cache(maxsize=4096)
def _denied(text: str) -> frozenset[str]:
    return frozenset(match[1] for match in _VERB.finditer(unify(text)))


def denies(query: Query, *told: str) -> bool:
    """Tell whether nothing in ``told``, a sentence and its headings, denies what a question denies ("ai không dự").

    False for a question that denies nothing.
    """
    return _DENIED.search(unify(query.text)) is not None and not any(_WANTING.search(unify(text)) for text in told)


def denied_otherwise(query: Query, draft: Draft) -> bool:
    """Tell whether a question asks how many are not, and the figure of ``draft`` is told where nothing is denied.

    It may be denied anywhere in the quoted passage or above it (headings, the head of a table). False for questions
    without a number wanted and for drafts without a figure.
    """
    if query.want is not Want.FIGURE or not draft.figures or not _DENIED.search(unify(query.text)):
        return False
    told = (f"{one.passage.context}\n{one.passage.text}" for one in draft.evidence)
    return not any(_WANTING.search(unify(text)) for text in told)
