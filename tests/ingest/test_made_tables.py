"""How many cells of the made-up tables are read right: value, unit and year (R52), place, words and note."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from ingest.chunk import make_passages
from ingest.domain import Figure, Passage, PassageKind
from ingest.figures import report_figures
from ingest.parse.read import read_report
from ingest.vi.periods import period_label
from tests.ingest.made_tables import Expected, Made
from tests.ingest.made_typed_tables import typed_tables
from tests.ingest.made_word_tables import word_tables

Read = list[tuple[Passage, Figure]]
TABLES = (*word_tables(), *typed_tables())


def read(made: Made) -> Read:
    report = read_report(made.data, name=made.file)
    passages = make_passages(report, key=made.name)
    found = report_figures(report, passages)
    rows = [passage for passage in passages if passage.kind is PassageKind.TABLE_ROW]
    figures = [(passage, figure) for passage in rows for figure in found[passage.id]]
    assert all(figure.span.of(report.text) == figure.text for _, figure in figures)
    return figures


def faults(wanted: Expected, figures: Read) -> Iterator[str]:
    at = [(passage, figure) for passage, figure in figures if figure.text == wanted.text]
    if len(at) != 1:
        yield f"figures: {len(at)}"
        return
    passage, figure = at[0]
    low = figure.indicator.lower()
    if figure.value != Decimal(wanted.value):
        yield f"value: {figure.value}"
    if figure.unit != wanted.unit:
        yield f"unit: {figure.unit}"
    if (period_label(figure.period) if figure.period else "") != wanted.period:
        yield f"period: {figure.period and period_label(figure.period)}"
    if figure.place != wanted.place:
        yield f"place: {figure.place}"
    if not all(word.lower() in low for word in wanted.words):
        yield f"words: {figure.indicator}"
    if wanted.note and wanted.note not in passage.notes:
        yield f"note: {passage.notes}"


@pytest.fixture(scope="module")
def told() -> dict[str, dict[Expected, list[str]]]:
    return {made.name: {one: list(faults(one, read(made))) for one in made.cells} for made in TABLES}


def test_the_set_is_large_enough() -> None:
    assert len(TABLES) >= 12 and sum(len(made.cells) for made in TABLES) >= 150


def test_cells_are_read_right(told: dict[str, dict[Expected, list[str]]]) -> None:
    for name, cells in told.items():
        right = sum(not found for found in cells.values())
        print(f"{right:3}/{len(cells):3} {name}")
        for one, found in cells.items():
            if found:
                print(f"      {one.text}: {'; '.join(found)}")
    every = [found for cells in told.values() for found in cells.values()]
    plain = [found for found in every if not any(f.startswith(("figures", "value", "unit", "period")) for f in found)]
    print(f"value, unit and year {len(plain)}/{len(every)}, everything {sum(not f for f in every)}/{len(every)}")
    assert len(plain) >= 0.97 * len(every)
    assert sum(not found for found in every) >= 0.97 * len(every)
