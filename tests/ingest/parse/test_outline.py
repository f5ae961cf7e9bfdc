"""Goldens: the tree of each sample report stands beside it as indented text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import ingest.samples
from ingest.parse.outline import outline
from ingest.parse.read import read_report

FOLDER = Path(ingest.samples.__file__).parent
WRITE = "HOIBAOCAO_WRITE_GOLDENS"
SAMPLES = sorted(
    path for path in FOLDER.iterdir() if path.suffix in (".docx", ".txt") and not path.name.endswith(".tree.txt")
)


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 2


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_tree_is_the_golden_one(path: Path) -> None:
    found = outline(read_report(path.read_bytes(), name=path.name))
    golden = path.with_name(f"{path.name}.tree.txt")
    if os.environ.get(WRITE) == "1":
        golden.write_text(found, encoding="utf-8")
    assert golden.is_file(), f"no golden for {path.name}: read its tree, then run with {WRITE}=1"
    assert found == golden.read_text(encoding="utf-8")


def test_both_forms_of_a_sample_have_the_same_tree() -> None:
    pairs = [(path, path.with_suffix(".txt")) for path in SAMPLES if path.suffix == ".docx"]
    for word, plain in pairs:
        trees = [outline(read_report(path.read_bytes(), name=path.name)) for path in (word, plain)]
        sections = [[line.split(" [")[0] for line in tree.splitlines() if not line.startswith("!")] for tree in trees]
        assert sections[0] == sections[1], word.name


def test_goldens_are_never_written_in_ci() -> None:
    assert not (os.environ.get("CI") == "true" and os.environ.get(WRITE) == "1")


def test_an_outline_counts_what_stands_in_each_section() -> None:
    raw = "I. KẾT QUẢ\nBò¹ tăng.\n- Lợn;\n| A | B |\n|---|---|\n| 1 | 2 |\n\n¹ Ghi chú."
    assert outline(read_report(raw.encode(), name="a.txt")) == "root\n  roman “I. KẾT QUẢ” [p1 b1 rows 1 notes 1]\n"
