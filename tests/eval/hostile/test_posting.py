"""A service started for it is sent hostile files over HTTP; what becomes of them is told, and it lives on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eval.hostile.cases import HostileFile
from eval.hostile.file_names import named_files
from eval.hostile.posting import Served, own_service, post_file
from eval.hostile.trying import Surroundings, watched
from eval.hostile.word_files import plain_docx


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Surroundings]]:
    folder = tmp_path_factory.mktemp("hostile") / "own"
    folder.mkdir()
    with own_service(folder) as where, watched(folder / "tmp") as around:
        yield where, around


def test_files_are_read_or_refused_and_nothing_stays(tried: tuple[Served, Surroundings]) -> None:
    where, around = tried
    honest = post_file(HostileFile("honest", "a.docx", plain_docx()), where, around)
    assert (honest.end, honest.wrong) == ("read", ())
    cut = post_file(HostileFile("cut", "a.docx", plain_docx()[:400], must_refuse=True), where, around)
    assert (cut.end, cut.wrong) == ("damaged-file", ())
    secret = post_file(HostileFile("secret", "a.txt", "MẬT\n\nBÁO CÁO\n\nI. KẾT QUẢ".encode()), where, around)
    assert (secret.end, secret.wrong) == ("state-secret", ())
    assert where.service.reports() == []


def test_what_goes_wrong_is_noticed(tried: tuple[Served, Surroundings]) -> None:
    where, around = tried
    read = post_file(HostileFile("x", "a.docx", plain_docx(), ("12 hộ nghèo",), must_refuse=True), where, around)
    assert read.wrong == ("it was read", "'12 hộ nghèo' was read")
    assert where.folder is not None
    before = post_file(HostileFile("honest", "b.txt", b"Toan xa co 12 ho ngheo."), where, around)
    assert before.wrong == ()


def test_names_are_shown_and_saved_safely(tried: tuple[Served, Surroundings]) -> None:
    where, around = tried
    chosen = {"name with folders", "turned ending", "twins (NFC and NFD)"}
    files = [file for file in named_files() if file.kind in chosen or file.name in ("bao\x00cao.txt", "NUL")]
    assert len(files) >= 14
    fates = [post_file(file, where, around) for file in files]
    assert {fate.file.name: fate.wrong for fate in fates if fate.wrong} == {}


def test_there_are_many_names_and_each_has_a_text_of_its_own() -> None:
    files = named_files()
    assert len(files) >= 60
    assert len({file.data for file in files}) == len({file.name for file in files}) == len(files)
