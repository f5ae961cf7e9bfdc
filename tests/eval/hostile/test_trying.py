"""Files made to do harm are refused with a reason or read as text only: in time, without a socket, leaving nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.hostile import __main__ as table
from eval.hostile import trying
from eval.hostile.cases import Fate, HostileFile
from eval.hostile.image_files import image_files
from eval.hostile.pdf_files import pdf_files
from eval.hostile.trying import Surroundings, try_file, watched
from eval.hostile.word_files import plain_docx, word_files


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Surroundings]:
    # The command holds each file to 3 s; processor time stretches on a busy machine: a test only catches the endless.
    monkeypatch.setattr(trying, "MAX_SECONDS", 12.0)
    folder = tmp_path / "tmp"
    folder.mkdir()
    with watched(folder) as surroundings:
        yield surroundings


def test_word_files_made_to_do_harm(around: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    files = word_files(around.address)
    assert table.kinds(files) >= 40
    fates = [try_file(file, around) for file in files]
    table.show("R23", fates)
    assert {fate.file.kind: fate.wrong for fate in fates if fate.wrong} == {}
    assert f"as it should be {len(files)} of {len(files)}" in capsys.readouterr().out
    honest = try_file(HostileFile("honest", "a.docx", plain_docx()), around)
    assert (honest.end, honest.wrong) == ("read", ())


def test_pdf_files_made_to_do_harm(around: Surroundings) -> None:
    files = pdf_files(around.address)
    assert len(files) >= 15
    assert table.kinds(files) >= 20
    fates = [try_file(file, around) for file in files]
    assert {fate.file.kind: fate.wrong for fate in fates if fate.wrong} == {}


def test_images_made_to_do_harm(around: Surroundings) -> None:
    files = image_files(around.address)
    assert len(files) >= 20
    fates = [try_file(file, around) for file in files]
    assert {fate.file.kind: (fate.end, fate.wrong) for fate in fates if fate.wrong} == {}


def test_what_goes_wrong_is_noticed(around: Surroundings) -> None:
    fate = try_file(HostileFile("x", "a.docx", plain_docx(), ("12 hộ nghèo",), must_refuse=True), around)
    assert fate.wrong == ("'12 hộ nghèo' was read", "it was read")


def test_the_table_says_what_went_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    file = HostileFile("bomb", "a.docx", b"")
    table.show("R23", [Fate(file, "read", 4.0, ("took 4.0 s",)), Fate(file, "damaged-file", 0.1)])
    shown = capsys.readouterr().out
    assert "read 1, damaged-file 1" in shown
    assert "WRONG: took 4.0 s" in shown
    assert "as it should be 1 of 2" in shown
