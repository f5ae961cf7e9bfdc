"""Reading the tables beside the code."""

from __future__ import annotations

from importlib.resources import files

import pytest

from ingest.vi.word_tables import entries, rows


def test_comments_and_blank_lines_are_left_out() -> None:
    written = files("ingest.vi").joinpath("units.tsv").read_text("utf-8").splitlines()
    found = entries("ingest.vi", "units.tsv")
    assert any(line.startswith("#") for line in written)
    assert list(found) == [line.strip(" ") for line in written if line.strip() and line[0] != "#"]


def test_rows_keep_their_empty_columns() -> None:
    found = rows("ingest.vi", "units.tsv")
    assert {len(row) for row in found} == {3}
    assert any(row[1] == "" for row in found)


def test_a_table_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        entries("ingest.vi", "no-such-table.txt")
