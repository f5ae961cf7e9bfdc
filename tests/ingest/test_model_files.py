"""Where a model is found and what names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import ModelUnavailable
from ingest.model_files import content_fingerprint, model_folder, read_json


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
