"""Question sets: one JSON object a line, read strictly.

A line has ``qid``, ``question``, ``kind``, ``answerable`` and, where it is answerable, ``answers`` (acceptable short
answers; the parts of a list are joined with "; ") and ``evidence``. Evidence names a report by the file name it was
ingested under (the extension may be left out) and either quotes it or gives ``start``, ``end`` and ``sha256`` of
the piece of canonical text. The second form keeps foreign text out of a set, and both survive another chunking.
Optional: ``report`` (the file name of the one report the question is asked about), ``after`` (the questions asked
before it in the same conversation) and ``hard`` (true: more than a lookup in the report's own words).
A question of the kind ``ambiguous`` is not ``answerable`` as it stands: the service should ask back which is meant.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

KEYS = frozenset(("qid", "question", "kind", "answerable", "answers", "evidence", "report", "after", "hard"))
GOLD_KEYS = frozenset(("report", "quote", "start", "end", "sha256", "footnote", "section"))


class Kind(StrEnum):
    """What sort of question it is; scores are shown by kind."""

    FIGURE = "figure"
    FIGURE_FOOTNOTE = "figure_footnote"
    FIGURE_TABLE = "figure_table"
    MONTH_VS_CUMULATIVE = "month_vs_cumulative"
    PLAN_RATIO = "plan_ratio"
    YOY = "yoy"
    CHANGE = "change"
    SHARE = "share"
    PROGRESS = "progress"
    TARGET = "target"
    PLACE = "place"
    PERSON = "person"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    YES_NO = "yes_no"
    REASON = "reason"
    COMPARISON = "comparison"
    MULTI_FIGURE = "multi_figure"
    COMPUTED = "computed"
    FOLLOW_UP = "follow_up"
    FALSE_PREMISE = "false_premise"
    EVERYDAY = "everyday"
    NO_ACCENTS = "no_accents"
    TYPO = "typo"
    UNANSWERABLE_PERIOD = "unanswerable_period"
    UNANSWERABLE_PLACE = "unanswerable_place"
    UNANSWERABLE_TOPIC = "unanswerable_topic"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Gold:
    """One place that supports the answer.

    Either ``quote`` (compared word by word, so line breaks do not matter) or ``start``, ``end`` (0-based, half-open,
    characters of the canonical text) with the SHA-256 of that text in UTF-8. ``footnote`` is the label the citation
    must carry, ``section`` words of a heading it must stand under (compared folded); "" asks for neither.
    """

    report: str
    quote: str = ""
    start: int = 0
    end: int = 0
    sha256: str = ""
    footnote: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what would be right. ``answers`` and ``evidence`` are () exactly when not ``answerable``.

    ``report``: file name of the report asked about, "" for all that are loaded. ``after``: earlier questions of the
    conversation, first to last. ``hard``: more than a lookup in the report's own words; None where a set does not say.
    """

    qid: str
    question: str
    kind: Kind
    answerable: bool
    answers: tuple[str, ...] = ()
    evidence: tuple[Gold, ...] = ()
    report: str = ""
    after: tuple[str, ...] = ()
    hard: bool | None = None


class SetInvalid(Exception):
    """A question set cannot be used; ``message`` is Vietnamese and names file and line."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def load(paths: Iterable[Path]) -> tuple[Question, ...]:
    """Return the questions of the files in order. Raises ``SetInvalid``; ids must be unique over all files."""
    questions: list[Question] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            where = f"{path}:{number}"
            if not line.strip():
                continue
            question = _question(line, where)
            if question.qid in seen:
                raise SetInvalid(f"{where}: mã {question.qid} đã dùng ở {seen[question.qid]}")
            seen[question.qid] = where
            questions.append(question)
    if not questions:
        raise SetInvalid("Bộ câu hỏi không có câu nào.")
    return tuple(questions)


def set_hash(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the files' bytes, one after another: it names the data version of a result."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").split("\n")
    except OSError as error:
        raise SetInvalid(f"{path}: không đọc được ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SetInvalid(f"{path}: không phải tệp UTF-8") from error


def _question(line: str, where: str) -> Question:
    row = _object(line, where)
    _only(row, KEYS, where)
    answerable = row.get("answerable")
    if not isinstance(answerable, bool):
        raise SetInvalid(f"{where}: answerable phải là true hoặc false")
    hard = row.get("hard")
    if not isinstance(hard, bool | None):
        raise SetInvalid(f"{where}: hard phải là true hoặc false")
    answers = tuple(_nonempty(part, "answers", where) for part in _list(row, "answers", where))
    evidence = tuple(_gold(part, where) for part in _list(row, "evidence", where))
    if bool(answers) != answerable or bool(evidence) != answerable:
        raise SetInvalid(f"{where}: answers và evidence phải có khi answerable là true và trống khi là false")
    return Question(
        qid=_nonempty(row.get("qid"), "qid", where),
        question=_nonempty(row.get("question"), "question", where),
        kind=_kind(row.get("kind"), where),
        answerable=answerable,
        answers=answers,
        evidence=evidence,
        report=_text(row.get("report", ""), "report", where),
        after=tuple(_nonempty(part, "after", where) for part in _list(row, "after", where)),
        hard=hard,
    )


def _gold(value: object, where: str) -> Gold:
    if not isinstance(value, dict):
        raise SetInvalid(f"{where}: mỗi phần tử của evidence phải là một đối tượng")
    _only(value, GOLD_KEYS, where)
    texts = {key: _text(value.get(key, ""), key, where) for key in ("quote", "sha256", "footnote", "section")}
    start, end = (_offset(value.get(key, 0), key, where) for key in ("start", "end"))
    by_place = start < end and bool(texts["sha256"])
    if bool(texts["quote"]) == by_place or (not by_place and (start, end, texts["sha256"]) != (0, 0, "")):
        raise SetInvalid(f"{where}: evidence cần hoặc quote, hoặc đủ start < end và sha256")
    return Gold(report=_nonempty(value.get("report"), "report", where), start=start, end=end, **texts)


def _object(line: str, where: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise SetInvalid(f"{where}: không phải JSON ({error.msg})") from error
    if not isinstance(row, dict):
        raise SetInvalid(f"{where}: mỗi dòng phải là một đối tượng JSON")
    return row


def _only(row: Mapping[str, object], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(row) - known)
    if unknown:
        raise SetInvalid(f"{where}: khóa lạ {', '.join(unknown)}")


def _kind(value: object, where: str) -> Kind:
    try:
        return Kind(_nonempty(value, "kind", where))
    except ValueError as error:
        raise SetInvalid(f"{where}: không có loại câu hỏi {value}") from error


def _list(row: Mapping[str, object], key: str, where: str) -> list[object]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise SetInvalid(f"{where}: {key} phải là danh sách")
    return value


def _nonempty(value: object, key: str, where: str) -> str:
    text = _text(value, key, where)
    if not text.strip():
        raise SetInvalid(f"{where}: thiếu {key}")
    return text


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise SetInvalid(f"{where}: {key} phải là chuỗi")
    return value


def _offset(value: object, key: str, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SetInvalid(f"{where}: {key} phải là số nguyên không âm")
    return value
