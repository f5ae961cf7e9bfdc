from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.cli_files import Input
from ingest.watching import FolderWatch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "văn bản đến"
    found.mkdir()
    return found


def names(files: list[Input]) -> list[str]:
    return [file.name for file in files]


def taken(watch: FolderWatch, files: list[Input], report: str | None = "r1") -> None:
    for file in files:
        watch.taken(file, report)


def test_a_file_is_due_once_it_has_stopped_growing(folder: Path) -> None:
    watch = FolderWatch([folder])
    for text in ("A", "AB", "ABC"):
        (folder / "a.txt").write_text(text)
        assert watch.due() == []
    due = watch.due()
    assert names(due) == ["a.txt"]
    assert names(watch.due()) == ["a.txt"]  # not taken in yet: still due
    taken(watch, due)
    assert watch.due() == []


def test_a_changed_file_is_due_again_and_its_report_is_known(folder: Path) -> None:
    watch = FolderWatch([folder])
    file = folder / "a.txt"
    file.write_text("A")
    watch.due()
    taken(watch, watch.due(), "r7")
    os.utime(file, (1, 1))
    assert watch.due() == []
    (due,) = watch.due()
    assert watch.report_of(due) == "r7"


def test_a_file_that_failed_is_left_until_it_changes_and_keeps_its_report(folder: Path) -> None:
    watch = FolderWatch([folder])
    (folder / "a.txt").write_text("A")
    watch.due()
    taken(watch, watch.due(), "r7")
    (folder / "a.txt").write_bytes(b"\xff\xff")
    watch.due()
    due = watch.due()
    taken(watch, due, None)
    assert watch.due() == [] and watch.report_of(due[0]) == "r7"


def test_folders_below_are_looked_into_and_other_files_left_alone(folder: Path) -> None:
    (folder / "2024").mkdir()
    for name in ("2024/b.docx", "a.txt", "~$a.docx", ".tmp.txt", "a.exe"):
        (folder / name).write_text("A")
    watch = FolderWatch([folder])
    watch.due()
    assert names(watch.due()) == ["b.docx", "a.txt"]


def test_a_folder_that_is_away_is_named_and_its_files_are_not_new_when_it_is_back(folder: Path) -> None:
    (folder / "a.txt").write_text("A")
    watch = FolderWatch([folder])
    watch.due()
    taken(watch, watch.due())
    folder.rename(folder.with_name("off"))
    assert (watch.due(), watch.missing) == ([], (folder,))
    folder.with_name("off").rename(folder)
    assert [watch.due(), watch.due()] == [[], []]
    assert not watch.missing
