from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from ingest.cli_doors import Doors
from ingest.cli_watch import follow
from ingest.domain import IngestResult, IngestStatus
from ingest.errors import IndexLocked
from ingest.exit_codes import ExitCode
from ingest.pipeline import Ingestor
from ingest.watching import FolderWatch
from tests.ingest.ingest_fakes import world
from tests.ingest.test_ingest_cli import NEW, OLD, Shell, lent, shell

__all__ = ["shell", "world"]

Opened = Callable[[], AbstractContextManager[Ingestor]]


class Stopped(Exception):
    """The end of a watch in a test."""


def watched(shell: Shell, *between: Callable[[], object], opened: Opened | None = None) -> list[IngestResult]:
    """Follow the folder "kho": one look, then each of ``between`` with two looks behind it. Return what was told."""
    steps = [step for act in between for step in (act, lambda: None)]
    told: list[IngestResult] = []

    def wait() -> None:
        if not steps:
            raise Stopped
        steps.pop(0)()

    ingestor = opened or (lambda: lent(shell.world.ingestor))
    doors = Doors(ingestor, lambda: lent(shell.world.catalogue), ingestor)
    (shell.folder / "kho").mkdir(parents=True, exist_ok=True)
    with pytest.raises(Stopped):
        follow(doors, FolderWatch([shell.folder / "kho"]), workers=2, tell=told.append, wait=wait)
    return told


def test_files_put_into_the_folder_are_taken_in(shell: Shell) -> None:
    shell.file("kho/a.txt", "Xảy ra 1 vụ")
    told = watched(shell, lambda: None, lambda: shell.file("kho/sau/b.txt", "Xảy ra 2 vụ"))
    assert [(result.name, result.status) for result in told] == [
        ("a.txt", IngestStatus.COMPLETE),
        ("b.txt", IngestStatus.COMPLETE),
    ]
    assert sorted(shell.world.texts()) == ["Xảy ra 1 vụ", "Xảy ra 2 vụ"]
    shell.world.assert_in_step()


def test_an_edited_file_becomes_a_new_version_of_its_report(shell: Shell) -> None:
    shell.file("kho/a.txt", "Xảy ra 1 vụ")
    first, second = watched(shell, lambda: None, lambda: shell.file("kho/a.txt", "Xảy ra 21 vụ"))
    assert first.report_id == second.report_id and first.version_id != second.version_id
    assert shell.world.texts() == ["Xảy ra 21 vụ"]


def test_a_file_edited_after_its_report_was_removed_is_a_report_of_its_own(shell: Shell) -> None:
    def removed_and_edited() -> None:
        shell.world.ingestor.remove(shell.report_ids()[0])
        shell.file("kho/a.txt", "Xảy ra 21 vụ")

    shell.file("kho/a.txt", "Xảy ra 1 vụ")
    first, second = watched(shell, lambda: None, removed_and_edited)
    assert second.status is IngestStatus.COMPLETE and first.report_id != second.report_id


def test_what_fails_is_told_once_and_the_rest_goes_on(shell: Shell) -> None:
    shell.file("kho/a.txt", b"\xff\xff")
    shell.file("kho/b.txt", OLD)
    told = watched(shell, lambda: None, lambda: None, lambda: shell.file("kho/a.txt", NEW))
    assert [(result.name, result.status) for result in told] == [
        ("a.txt", IngestStatus.FAILED),
        ("b.txt", IngestStatus.COMPLETE),
        ("a.txt", IngestStatus.COMPLETE),
    ]
    assert shell.world.texts() == [NEW]


def test_an_index_held_by_another_process_is_waited_for(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    held = 4

    def opened() -> AbstractContextManager[Ingestor]:
        nonlocal held
        held -= 1
        if held >= 0:
            raise IndexLocked("Chỉ mục đang bận.")
        return lent(shell.world.ingestor)

    shell.file("kho/a.txt", OLD)
    told = watched(shell, *[lambda: None] * 4, opened=opened)
    assert [result.name for result in told] == ["a.txt"]
    assert capsys.readouterr().err == "Chưa nạp được, sẽ thử lại: Chỉ mục đang bận.\n"


def test_a_folder_that_goes_away_is_told_when_it_goes_and_comes(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    here, off = shell.folder / "kho", shell.folder / "tắt"
    watched(shell, lambda: None, lambda: here.rename(off), lambda: off.rename(here))
    assert capsys.readouterr().err.splitlines() == [
        f"Không thấy thư mục, sẽ xem lại: {here}",
        "Các thư mục đã có đủ.",
    ]


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_tells_each_file_until_it_is_stopped(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    looks = 0

    def sleep(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("ingest.cli_watch.time.sleep", sleep)
    shell.file("kho/a.txt", OLD)
    options = ["--json"] if as_json else []
    printed = shell("watch", str(shell.folder / "kho"), *options, code=ExitCode.INTERRUPTED)
    if as_json:
        assert json.loads(printed)["outcome"] == "read"
    else:
        assert printed.rstrip().endswith("đã đọc: a.txt")
    assert "Đã dừng theo yêu cầu." in shell.complaint


def test_only_folders_are_watched(shell: Shell) -> None:
    shell("watch", shell.file("a.txt", OLD), code=ExitCode.USAGE)
