"""What a child may answer, and that nothing else gets through."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ingest
from ingest.domain import Page, PlacedWord, Span
from ingest.errors import NotFound, RefusedReport, UnreadableReport
from ingest.parse.read import read_report
from ingest.sandbox.wire import MAX_MESSAGE_CHARS, WrongAnswer, pack_error, pack_read, unpack_answer

SAMPLE = Path(ingest.__file__).parent / "samples" / "quy-1-2023.docx"
REPORT = read_report(SAMPLE.read_bytes(), name="a.docx")


def test_a_report_with_pages_goes_there_and_back() -> None:
    word = PlacedWord(Span(0, 3), 0.1, 0.2, 0.3, 0.4, 0.9)
    paged = replace(REPORT, pages=(Page(1, Span(0, 100), 595.0, 842.0, True, (word,)),), doubtful=(Span(3, 5),))
    assert unpack_answer(pack_read(paged)) == paged
    assert unpack_answer(pack_read(None)) is None


def test_errors_keep_kind_code_and_message() -> None:
    with pytest.raises(RefusedReport, match="Mật"):
        unpack_answer(pack_error(RefusedReport("Mật")))
    with pytest.raises(UnreadableReport) as caught:
        unpack_answer(pack_error(UnreadableReport("x" * 5000, code="no-text")))
    assert (caught.value.code, len(caught.value.message)) == ("no-text", MAX_MESSAGE_CHARS)


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    packed = json.loads(pack_read(REPORT))
    change(packed["report"])
    return json.dumps(packed).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.update(text=7),
        lambda r: r.update(text=r["text"][:100]),  # spans now end behind the text
        lambda r: r.pop("body"),
        lambda r: r["meta"].update(title=["x"]),
        lambda r: r["meta"].update(recipients=[3]),
        lambda r: r["meta"].update(issued_on="hôm qua"),
        lambda r: r["meta"].update(other=1),
        lambda r: r["meta"]["spans"].update(title=[5, 2]),
        lambda r: r["body"]["sections"][0].update(kind="chapter"),
        lambda r: r["body"]["sections"][1].update(span=[-1, 2]),
        lambda r: r["body"]["sections"][1].update(span=[0.0, 2.0]),
        lambda r: r["body"]["sections"][1].update(level=True),
        lambda r: r["body"]["paragraphs"][0].update(marker=None),
        lambda r: r["body"].update(paragraphs="abc"),
        lambda r: r["pages"].append([{"number": 1}, []]),
        lambda r: r["pages"].append(
            [{"number": 1, "span": [0, 1], "width": "1", "height": 1.0, "scanned": False}, [[0, 1, 0, 0, 0, 0, None]]]
        ),
    ],
)
def test_nothing_of_another_shape_gets_through(change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(WrongAnswer):
        unpack_answer(changed(change))


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"null", b"[]", b"{}", b'{"report": []}', b"[" * 100_000, b"\xff", b'{"error": {"kind": "SystemExit"}}'),
        *(pack_error(NotFound("x")), pack_error(UnreadableReport("x", code="Not A Code"))),
    ],
)
def test_nor_anything_else(answer: bytes) -> None:
    with pytest.raises(WrongAnswer):
        unpack_answer(answer)
