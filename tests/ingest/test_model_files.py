"""Where a model is found and what names it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from ingest.errors import ModelUnavailable
from ingest.model_files import FileHashes, content_fingerprint, model_folder, read_json


def made(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_itself_and_a_name_is_looked_up_here_only(tmp_path: Path) -> None:
    assert model_folder(tmp_path, kind="mô hình") == tmp_path
    with pytest.raises(ModelUnavailable, match="Không thấy mô hình thử nobody/nothing"):
        model_folder("nobody/nothing", kind="mô hình thử")


def test_equal_files_have_one_fingerprint_wherever_they_are(tmp_path: Path) -> None:
    first, second = (made(tmp_path / name, config_json="{}", model_bin="w") for name in "ab")
    (second / "README.md").write_text("ghi chú", encoding="utf-8")
    assert content_fingerprint(first, salt="1") == content_fingerprint(second, salt="1")
    assert content_fingerprint(first, salt="1") != content_fingerprint(first, salt="2")


@pytest.mark.parametrize("change", [{"config_json": "[]"}, {"model_bin": "v"}, {"vocab_txt": ""}])
def test_another_file_is_another_fingerprint(tmp_path: Path, change: dict[str, str]) -> None:
    folder = made(tmp_path, config_json="{}", model_bin="w")
    before = content_fingerprint(folder, salt="")
    assert content_fingerprint(made(folder, **change), salt="") != before


def test_json_that_is_missing_or_damaged_is_an_error_unless_a_default_is_given(tmp_path: Path) -> None:
    assert read_json(tmp_path / "none.json", missing=[]) == []
    with pytest.raises(ModelUnavailable, match="thiếu"):
        read_json(tmp_path / "none.json")
    with pytest.raises(ModelUnavailable, match="Không đọc được"):
        read_json(made(tmp_path, a_json="{") / "a.json", missing=[])


def big(path: Path, letter: bytes = b"a") -> Path:
    path.write_bytes(letter * 1_100_000)
    os.utime(path, ns=(1_000_000_000, 1_000_000_000))
    return path


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.model_files._SETTLED_NS", 0)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    read: list[Path] = []

    def digest(path: Path) -> str:
        read.append(path)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr("ingest.model_files._digest", digest)
    return read


def test_a_large_file_is_read_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    read, file, store = counted(monkeypatch), big(tmp_path / "model.safetensors"), tmp_path / "hashes.json"
    first = FileHashes(store).of(file)
    assert FileHashes(store).of(file) == first and len(read) == 1
    # The same length and the same date, other bytes: the time of change tells.
    big(file, b"b")
    assert FileHashes(store).of(file) != first and len(read) == 2
    FileHashes().of(file)
    assert len(read) == 3


def test_a_file_written_this_very_moment_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, file = counted(monkeypatch), big(tmp_path / "model.safetensors")
    hashes = FileHashes(tmp_path / "hashes.json")
    assert hashes.of(file) == hashes.of(file) and len(read) == 2


@pytest.mark.parametrize("damage", ["{", "[]", '{"a": 1}', "\x00"])
def test_a_damaged_store_only_costs_time(tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    file, store = big(tmp_path / "model.bin"), tmp_path / "hashes.json"
    store.write_text(damage, encoding="utf-8")
    assert FileHashes(store).of(file) == FileHashes().of(file) == FileHashes(store).of(file)


def test_a_store_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    file = big(tmp_path / "model.bin")
    assert FileHashes(tmp_path / "none" / "hashes.json").of(file) == FileHashes().of(file)


def test_files_that_are_gone_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    store, first, second = tmp_path / "hashes.json", big(tmp_path / "a.bin"), big(tmp_path / "b.bin", b"b")
    FileHashes(store).of(first)
    first.unlink()
    FileHashes(store).of(second)
    assert list(json.loads(store.read_text("utf-8"))) == [str(second)]


def test_our_own_settings_beside_a_model_are_no_content_of_it(tmp_path: Path) -> None:
    folder = made(tmp_path, config_json="{}", model_bin="w")
    before = content_fingerprint(folder, salt="")
    assert content_fingerprint(made(folder, hoibaocao_json="{}"), salt="") == before
