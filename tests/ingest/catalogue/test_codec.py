from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.catalogue import codec
from ingest.domain import Balance, Figure, Passage, Report, ReportMeta, Span

spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
decimals = st.decimals(allow_nan=False, allow_infinity=False)
metas = st.builds(ReportMeta, spans=st.dictionaries(st.text(), spans, max_size=3))


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False))


@settings(max_examples=60)
@given(metas)
def test_meta_comes_back_equal(meta: ReportMeta) -> None:
    assert codec.unpack_meta(through_json(codec.pack_meta(meta))) == meta


@settings(max_examples=60)
@given(st.builds(Report, meta=metas))
def test_report_comes_back_equal(report: Report) -> None:
    body, meta = through_json(codec.pack_body(report)), through_json(codec.pack_meta(report.meta))
    assert codec.unpack_report(body, text=report.text, format_=report.format, meta=meta) == report


@settings(max_examples=60)
@given(st.builds(Passage))
def test_passage_comes_back_equal(passage: Passage) -> None:
    columns = ("id", "ordinal", "section", "text")
    row = {name: getattr(passage, name) for name in columns} | {"kind": passage.kind.value}
    assert codec.unpack_passage({**row, "body": through_json(codec.pack_passage(passage))}) == passage


@settings(max_examples=60)
@given(st.builds(Figure, value=decimals, whole=st.none() | decimals))
def test_figure_comes_back_equal_and_as_written(figure: Figure) -> None:
    columns = ("text", "unit", "indicator")
    row = {name: getattr(figure, name) for name in columns} | {"role": figure.role.value, "value": str(figure.value)}
    found = codec.unpack_figure({**row, "body": through_json(codec.pack_figure(figure))})
    assert found == figure
    assert str(found.value) == str(figure.value)  # 1.50 stays 1.50


@given(st.builds(Balance))
def test_balance_comes_back_equal(balance: Balance) -> None:
    assert codec.unpack_balance(through_json(codec.pack_balance(balance))) == balance


def test_a_sheet_of_an_older_row_takes_the_defaults() -> None:
    names = ("sections", "footnotes_found", "footnotes_bound", "tables", "figures", "passages", "indexed")
    older = codec.unpack_balance(dict.fromkeys(names, 2))
    assert older == Balance(2, 2, 2, 2, 2, 2, 2)
    assert (older.numbers, older.left_out, older.issues) == (0, {}, {})
