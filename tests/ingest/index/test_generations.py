from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.errors import FingerprintMismatch, IndexLocked, IndexUnavailable
from ingest.index import generations
from ingest.index.generations import FolderLock, Manifest

MANIFEST = Manifest("model@1", 4, 1)


def test_a_new_folder_points_nowhere(tmp_path: Path) -> None:
    assert generations.current(tmp_path) is None


def test_numbers_go_up_past_leftovers(tmp_path: Path) -> None:
    assert [generations.start(tmp_path, MANIFEST) for _ in range(3)] == [1, 2, 3]


def test_the_pointer_moves_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    for number in (1, 2):
        generations.point_to(tmp_path, number)
        assert generations.current(tmp_path) == number
    assert [entry.name for entry in tmp_path.iterdir()] == ["current.json"]


def test_sweep_keeps_one_and_what_is_no_generation(tmp_path: Path) -> None:
    for _ in range(3):
        generations.start(tmp_path, MANIFEST)
    (tmp_path / "notes").mkdir()
    generations.sweep(tmp_path, keep=2)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["2", "notes"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"generation": "x"}', "{}"])
def test_a_damaged_pointer_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "current.json").write_text(content, "utf-8")
    with pytest.raises(IndexUnavailable):
        generations.current(tmp_path)


def test_check_accepts_only_the_same_manifest(tmp_path: Path) -> None:
    number = generations.start(tmp_path, MANIFEST)
    generations.check(tmp_path, number, MANIFEST)
    for other in (Manifest("model@2", 4, 1), Manifest("model@1", 5, 1), Manifest("model@1", 4, 2)):
        with pytest.raises(FingerprintMismatch) as caught:
            generations.check(tmp_path, number, other)
        assert "hoibaocao ingest rebuild" in caught.value.message


@pytest.mark.parametrize("content", [None, "{", json.dumps({"fingerprint": "x"})])
def test_a_damaged_manifest_is_an_error(tmp_path: Path, content: str | None) -> None:
    number = generations.start(tmp_path, MANIFEST)
    manifest = tmp_path / str(number) / "manifest.json"
    manifest.unlink()
    if content is not None:
        manifest.write_text(content, "utf-8")
    with pytest.raises(IndexUnavailable):
        generations.check(tmp_path, number, MANIFEST)


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    first = FolderLock(tmp_path / "index")
    with pytest.raises(IndexLocked, match="tiến trình khác"):
        FolderLock(tmp_path / "index")
    first.release()
    first.release()
    FolderLock(tmp_path / "index").release()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(IndexUnavailable):
        FolderLock(tmp_path / "file" / "index")
