from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.errors import CatalogueUnavailable, NotFound
from ingest.originals import Originals, sha256_of

DATA = "Báo cáo".encode()
SHA = sha256_of(DATA)


def test_what_is_put_is_read(tmp_path: Path) -> None:
    store = Originals(tmp_path / "originals")
    assert store.list() == frozenset()
    assert store.put(DATA) == SHA
    assert (store.has(SHA), store.read(SHA), store.list()) == (True, DATA, frozenset({SHA}))
    assert (tmp_path / "originals" / SHA[:2] / SHA[2:]).read_bytes() == DATA


def test_put_twice_is_once_and_heals_a_damaged_file(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    store.put(DATA)
    (tmp_path / SHA[:2] / SHA[2:]).write_bytes(b"broken")
    with pytest.raises(NotFound) as caught:
        store.read(SHA)
    assert caught.value.code == "original-damaged"
    store.put(DATA)
    store.put(DATA)
    assert store.read(SHA) == DATA
    assert store.list() == {SHA}


def test_delete_is_idempotent(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    store.put(DATA)
    store.delete(SHA)
    store.delete(SHA)
    assert not store.has(SHA)
    with pytest.raises(NotFound) as caught:
        store.read(SHA)
    assert caught.value.code == "original-missing"


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, SHA + "0", f"{SHA[:-1]}/"])
def test_only_hashes_reach_the_file_system(tmp_path: Path, name: str) -> None:
    store = Originals(tmp_path)
    for call in (store.read, store.has, store.delete):
        with pytest.raises(NotFound):
            call(name)


def test_half_written_files_are_not_listed_and_can_be_dropped(tmp_path: Path) -> None:
    store = Originals(tmp_path)
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / "half").write_bytes(b"...")
    assert store.list() == frozenset()
    assert store.half_written(older_than=timedelta(hours=1)) == ()
    (left,) = store.half_written()
    store.drop_half_written(left)
    store.drop_half_written("../outside")
    assert store.half_written() == ()


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(errno.EIO, "originals-unavailable", "Input/output error"), (errno.ENOSPC, "disk-full", "Đĩa đã đầy")],
)
def test_a_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, said: str
) -> None:
    def failing(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("ingest.originals.os.fsync", failing)
    store = Originals(tmp_path)
    with pytest.raises(CatalogueUnavailable, match=said) as caught:
        store.put(DATA)
    assert caught.value.code == code
    assert store.list() == frozenset()
    assert list((tmp_path / "tmp").iterdir()) == []
