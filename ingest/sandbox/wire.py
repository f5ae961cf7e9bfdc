"""What a child may answer: a report, or what is wrong with the file, as JSON. Pure.

Nothing it says is believed: every field must have the type the dataclass gives it, and every span must lie in the text.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from ingest.catalogue.codec import pack_body, pack_meta, unpack_report
from ingest.catalogue.page_codec import pack_page, pack_words, unpack_page
from ingest.domain import Report, Span
from ingest.errors import IngestError, RefusedReport, UnreadableReport

_ERRORS: Mapping[str, type[IngestError]] = {kind.__name__: kind for kind in (UnreadableReport, RefusedReport)}
_CODE = re.compile(r"[a-z][a-z0-9-]{1,40}")
MAX_MESSAGE_CHARS = 600


class WrongAnswer(ValueError):
    """What came back is not what a child may answer."""


def pack_read(report: Report | None) -> bytes:
    """Return the answer of a child that read ``report`` (None: it was only to look)."""
    if report is None:
        return b'{"seen": true}'
    packed = {
        "text": report.text,
        "format": report.format,
        "meta": pack_meta(report.meta),
        "body": pack_body(report),
        "pages": [[pack_page(page), pack_words(page.words)] for page in report.pages],
    }
    return json.dumps({"report": packed}).encode("ascii")


def pack_error(error: IngestError) -> bytes:
    """Return the answer of a child whose file cannot or may not be read."""
    told = {"kind": type(error).__name__, "code": error.code, "message": error.message}
    return json.dumps({"error": told}).encode("ascii")


def unpack_answer(answer: bytes) -> Report | None:
    """Return the report a child read, None when it was only to look.

    Raises the ``UnreadableReport`` or ``RefusedReport`` it tells of; ``WrongAnswer`` for anything else.
    """
    try:
        packed = json.loads(answer)
        if packed == {"seen": True}:
            return None
        if "error" in packed:
            raise _error(packed["error"])
        packed = packed["report"]
        pages = tuple(unpack_page(page, words) for page, words in packed["pages"])
        report = unpack_report(
            packed["body"], text=packed["text"], format_=packed["format"], meta=packed["meta"], pages=pages
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise WrongAnswer(type(error).__name__) from error
    _check(report, Report, end=len(report.text) if isinstance(report.text, str) else 0)
    return report


def _error(told: Any) -> IngestError:
    kind = _ERRORS[told["kind"]]
    code, message = told["code"], told["message"]
    if not _CODE.fullmatch(code) or not isinstance(message, str):
        raise WrongAnswer("error")
    return kind(message[:MAX_MESSAGE_CHARS], code=code)


@cache
def _hints(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _check(value: Any, wanted: Any, *, end: int) -> None:
    """Raise ``WrongAnswer`` unless ``value`` is what the annotation ``wanted`` says and its spans end by ``end``."""
    origin = get_origin(wanted)
    if wanted is Span:
        whole = type(value) is Span and type(value.start) is int and type(value.end) is int
        if not (whole and 0 <= value.start <= value.end <= end):
            raise WrongAnswer("span")
    elif origin is tuple:
        _check_type(value, tuple)
        for one in value:
            _check(one, get_args(wanted)[0], end=end)
    elif origin in (types.UnionType, Union):
        kinds = [kind for kind in get_args(wanted) if kind is not type(None)]
        if value is not None:
            _check(value, kinds[0], end=end)
    elif origin is not None:  # Mapping[str, Span]
        for key, one in value.items():
            _check_type(key, str)
            _check(one, get_args(wanted)[1], end=end)
    elif isinstance(wanted, type) and is_dataclass(wanted):
        _check_type(value, wanted)
        for name, kind in _hints(wanted):
            _check(getattr(value, name), kind, end=end)
    elif not (type(value) is wanted or (wanted is float and type(value) is int)):
        raise WrongAnswer(f"{type(value).__name__} for {wanted.__name__}")


def _check_type(value: Any, wanted: type[Any]) -> None:
    if type(value) is not wanted:
        raise WrongAnswer(f"{type(value).__name__} for {wanted.__name__}")
