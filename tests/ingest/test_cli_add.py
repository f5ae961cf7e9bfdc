"""Adding many files: read side by side, told one by one, resumed by running it again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ingest.domain import Report
from ingest.exit_codes import ExitCode
from ingest.parse.page_image import images_of
from tests.ingest.ingest_fakes import world
from tests.ingest.test_ingest_cli import Shell, shell

__all__ = ["shell", "world"]


def folder_of(shell: Shell, count: int) -> str:
    for number in range(count):
        shell.file(f"kho/{number:02}.txt", f"Bản {number}\nXảy ra {number} vụ")
    return str(shell.folder / "kho")


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_rows_come_in_the_order_of_the_files(shell: Shell, jobs: str) -> None:
    rows = shell("add", folder_of(shell, 20), "--jobs", jobs).splitlines()
    assert [row.split("\t")[0] for row in rows] == [f"{n:02}.txt" for n in range(20)]
    assert shell.complaint == "20 tệp: 20 đã đọc.\n"
    shell.world.assert_in_step()


def test_of_two_files_that_are_one_report_the_later_answers(shell: Shell) -> None:
    for number in range(8):
        shell.file(f"kho/{number}.txt", f"số 05/BC-UBND\nXảy ra {number} vụ")
    shell("add", str(shell.folder / "kho"), "--jobs", "4")
    assert shell.world.texts() == ["số 05/BC-UBND\nXảy ra 7 vụ"]


def test_a_second_run_reads_only_what_is_missing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(shell, 5)
    shell("add", folder)
    shell.file("kho/99.txt", "Bản mới")
    read: list[str] = []
    steps = shell.world.ingestor._steps

    def counted(data: bytes, *, name: str) -> Report:
        read.append(name)
        return steps.read(data, name=name)

    monkeypatch.setattr(shell.world.ingestor, "_steps", replace(steps, read=counted))
    shell("add", folder)
    assert read == ["99.txt"]
    assert shell.complaint == "6 tệp: 5 không đổi; 1 đã đọc.\n"


def test_the_summary_counts_reasons(shell: Shell) -> None:
    shell.file("kho/a.txt", "A")
    shell.file("kho/b.txt", b"\xff")
    shell.file("kho/c.txt", b"\xff\xff")
    shell.file("kho/d.txt", "MẬT")
    shell("add", str(shell.folder / "kho"), code=ExitCode.PARTIAL)
    assert shell.complaint == "4 tệp: 3 lỗi; 1 đã đọc (damaged-file: 2, state-secret: 1).\n"


def test_results_are_kept_line_by_line(shell: Shell) -> None:
    kept = shell.folder / "kq.jsonl"
    folder = folder_of(shell, 2)
    shell("add", folder, "--report", str(kept))
    shell("add", folder, "--report", str(kept))
    rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [(row["name"], row["outcome"]) for row in rows] == [
        ("00.txt", "read"),
        ("01.txt", "read"),
        ("00.txt", "unchanged"),
        ("01.txt", "unchanged"),
    ]


def test_a_report_file_that_cannot_be_written_stops_before_anything(shell: Shell) -> None:
    shell("add", folder_of(shell, 1), "--report", str(shell.folder / "không" / "có"), code=ExitCode.USAGE)
    assert shell.world.texts() == []


def test_images_are_the_pages_of_one_report(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (2, 10, 1):
        shell.file(f"anh/trang {number}.png", b"\x89PNG\r\n" + str(number).encode())
    read: list[bytes] = []
    steps = shell.world.ingestor._steps

    def kept(data: bytes, *, name: str) -> Report:
        read.append(data)
        return steps.read("Xảy ra 3 vụ".encode(), name=name)

    monkeypatch.setattr(shell.world.ingestor, "_steps", replace(steps, read=kept))
    row = shell("add", "--as-one", str(shell.folder / "anh"))
    assert "trang 1 (3 trang).zip" in row
    assert [page[-2:] for page in images_of(read[0])] == [b"\n1", b"\n2", b"10"]


def test_what_is_no_image_is_no_page(shell: Shell) -> None:
    shell.file("anh/1.png", b"\x89PNG\r\n")
    shell.file("anh/2.txt", "Xảy ra 3 vụ")
    shell("add", "--as-one", str(shell.folder / "anh"), code=ExitCode.FAILURE)
    shell.world.assert_in_step()
