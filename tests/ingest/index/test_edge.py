from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from math import sin
from pathlib import Path

import pytest

from ingest.errors import DiskFull, FingerprintMismatch, IndexLocked, IndexUnavailable
from ingest.index import edge, edge_wire
from ingest.index.edge import EdgeIndex, begin_rebuild, commit_rebuild, discard_rebuild, open_edge_index
from ingest.index.port import IndexFilter, IndexPoint, SparseVector
from tests.contracts.backends import DIM, MODEL, point, sparse, vector

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from pathlib import Path
from ingest.index.edge import open_edge_index
index = open_edge_index(Path(sys.argv[1]), fingerprint=sys.argv[2], dim=int(sys.argv[3]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[EdgeIndex]:
    opened = open_edge_index(folder, fingerprint=MODEL, dim=DIM)
    yield opened
    opened.close()


def ordinals(index: EdgeIndex) -> list[int]:
    found = index.search(dense=vector((1, 0, 0, 0)), sparse=None, where=IndexFilter(), limit=10)
    return [hit.ordinal for hit in found]


def folders(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_dir())


class TestLock:
    def test_a_second_open_in_the_same_process_is_refused(self, index: EdgeIndex, folder: Path) -> None:
        with pytest.raises(IndexLocked):
            open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        with pytest.raises(IndexLocked):
            begin_rebuild(folder, fingerprint=MODEL, dim=DIM)

    def test_another_process_holds_it_until_it_ends(self, folder: Path) -> None:
        command = [sys.executable, "-c", HOLDER, str(folder), MODEL, str(DIM)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "open\n"
            with pytest.raises(IndexLocked, match="dịch vụ đang chạy"):
                open_edge_index(folder, fingerprint=MODEL, dim=DIM)
            holder.kill()
        open_edge_index(folder, fingerprint=MODEL, dim=DIM).close()

    def test_a_refused_open_leaves_no_lock(self, folder: Path) -> None:
        open_edge_index(folder, fingerprint=MODEL, dim=DIM).close()
        with pytest.raises(FingerprintMismatch):
            open_edge_index(folder, fingerprint="other", dim=DIM)
        open_edge_index(folder, fingerprint=MODEL, dim=DIM).close()


class TestFailures:
    def test_a_full_disk_is_told_before_anything_is_opened(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ingest.index.generations.OPEN_BYTES", 10**18)
        with pytest.raises(DiskFull):
            open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        monkeypatch.undo()
        open_edge_index(folder, fingerprint=MODEL, dim=DIM).close()

    def test_a_closed_index_refuses(self, index: EdgeIndex) -> None:
        index.close()
        with pytest.raises(IndexUnavailable, match="đã đóng"):
            index.info()
        with pytest.raises(IndexUnavailable, match="đã đóng"):
            index.search(dense=None, sparse=None, where=IndexFilter(), limit=1)


class TestRebuild:
    def test_the_old_generation_serves_until_the_commit(self, index: EdgeIndex, folder: Path) -> None:
        index.upsert([point(1)])
        rebuilt = begin_rebuild(folder, fingerprint=MODEL, dim=DIM, serving=index)
        rebuilt.upsert([point(2), point(3)])
        assert ordinals(index) == [1]
        assert commit_rebuild(rebuilt, serving=index) is rebuilt
        assert (ordinals(index), ordinals(rebuilt)) == ([1], [2, 3])  # who is still at it finishes with the old one
        discard_rebuild(index)
        assert ordinals(rebuilt) == [2, 3]
        assert rebuilt.info().details["generation"] == "2"
        assert folders(folder) == ["2"]
        with pytest.raises(IndexLocked):
            open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        rebuilt.close()

    def test_the_commit_outlives_the_process(self, index: EdgeIndex, folder: Path) -> None:
        rebuilt = begin_rebuild(folder, fingerprint=MODEL, dim=DIM, serving=index)
        rebuilt.upsert([point(2)])
        commit_rebuild(rebuilt, serving=index)
        index.close()
        with pytest.raises(IndexLocked):
            open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        rebuilt.close()
        again = open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        assert ordinals(again) == [2]
        again.close()

    def test_another_model_takes_over_a_closed_index(self, folder: Path) -> None:
        open_edge_index(folder, fingerprint=MODEL, dim=DIM).close()
        rebuilt = begin_rebuild(folder, fingerprint="other", dim=DIM + 1)
        rebuilt.upsert([point(1, dense=(1, 0, 0, 0, 0))])
        fresh = commit_rebuild(rebuilt)
        assert (fresh.info().fingerprint, fresh.info().dim) == ("other", DIM + 1)
        fresh.close()
        open_edge_index(folder, fingerprint="other", dim=DIM + 1).close()
        with pytest.raises(FingerprintMismatch):
            open_edge_index(folder, fingerprint=MODEL, dim=DIM)

    @pytest.mark.parametrize("damaged", ["current.json", "1/manifest.json", "1/points/edge_config.json"])
    def test_a_damaged_index_can_be_rebuilt(self, folder: Path, damaged: str) -> None:
        open_edge_index(folder, fingerprint=MODEL, dim=DIM).close()
        (folder / damaged).write_text("{", "utf-8")
        with pytest.raises(IndexUnavailable, match="ingest rebuild"):
            open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        rebuilt = begin_rebuild(folder, fingerprint=MODEL, dim=DIM)
        rebuilt.upsert([point(2)])
        commit_rebuild(rebuilt).close()
        again = open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        assert ordinals(again) == [2]
        assert folders(folder) == ["2"]
        again.close()

    def test_discarding_changes_nothing(self, index: EdgeIndex, folder: Path) -> None:
        index.upsert([point(1)])
        rebuilt = begin_rebuild(folder, fingerprint=MODEL, dim=DIM, serving=index)
        discard_rebuild(rebuilt)
        assert ordinals(index) == [1]
        assert folders(folder) == ["1"]

    def test_an_unfinished_rebuild_is_swept_at_the_next_open(self, folder: Path) -> None:
        first = open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        first.upsert([point(1)])
        begin_rebuild(folder, fingerprint=MODEL, dim=DIM, serving=first).upsert([point(2)])
        first.close()
        again = open_edge_index(folder, fingerprint=MODEL, dim=DIM)
        assert ordinals(again) == [1]
        assert folders(folder) == ["1"]
        again.close()


def test_threads_write_and_search_at_once(index: EdgeIndex) -> None:
    def work(number: int) -> int:
        hits = 0
        for step in range(10):
            index.upsert([point(100 * number + step, version=f"v{number}", terms=[number])])
            words = sparse([number])
            hits += len(index.search(dense=None, sparse=words, where=IndexFilter(), limit=20))
        return hits

    with ThreadPoolExecutor(4) as pool:
        # Each thread finds just its own points: 1 + 2 + ... + 10.
        assert list(pool.map(work, range(1, 5))) == [55] * 4
    assert index.info().points == 40
    assert index.version_ids() == {"v1", "v2", "v3", "v4"}


class TestSettling:
    @pytest.fixture(autouse=True)
    def early(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(edge_wire, "SETTLED_POINTS", 64)
        monkeypatch.setattr(edge, "SETTLED_POINTS", 64)

    def test_what_was_added_is_settled_at_the_next_opening(self, folder: Path) -> None:
        with closing(open_edge_index(folder, fingerprint=MODEL, dim=DIM)) as index:
            index.upsert(points(1, 200))
            before = nearest(index)
            assert index.info().details["segments"] == "1"
        with closing(open_edge_index(folder, fingerprint=MODEL, dim=DIM)) as index:
            assert int(index.info().details["segments"]) > 1
            assert nearest(index) == before and index.info().points == 200

    def test_a_patient_writer_settles_as_it_adds(self, folder: Path) -> None:
        with closing(open_edge_index(folder, fingerprint=MODEL, dim=DIM, patient=True)) as index:
            index.upsert(points(1, 100))
            index.upsert(points(101, 220))
            assert int(index.info().details["segments"]) > 1 and index.info().points == 220
            index.delete_version("v1")
            assert index.version_ids() == {"v2", "v3"}


class TestVersionsThatAreAll:
    def test_naming_every_version_is_naming_none(self, index: EdgeIndex) -> None:
        index.upsert(points(1, 9))
        assert nearest(index, "v1", "v2", "v3", "v4") == nearest(index)

    def test_a_version_added_since_is_left_out(self, index: EdgeIndex) -> None:
        index.upsert(points(1, 9))
        before = nearest(index, "v1", "v2", "v3")
        index.upsert([point(10, version="new", dense=(1, 2, 3, 4))])
        assert nearest(index, "v1", "v2", "v3") == before
        assert nearest(index, "v1", "v2", "v3", "new") == nearest(index) != before
        index.delete_version("new")
        assert nearest(index, "v1", "v2", "v3") == before == nearest(index)


def points(first: int, last: int) -> list[IndexPoint]:
    """Return points no two of which are equally near to anything."""
    return [
        replace(
            point(n, version=f"v{n % 3 + 1}", dense=(sin(n), sin(1.3 * n), sin(1.7 * n), 2)),
            sparse=SparseVector((3, 100 + n % 3), (1 + n / 1000, 1 + n / 700)),
        )
        for n in range(first, last + 1)
    ]


def nearest(index: EdgeIndex, *versions: str) -> list[str]:
    where = IndexFilter(version_ids=versions)
    return [h.id for h in index.search(dense=vector((1, 2, 3, 4)), sparse=sparse((3, 101)), where=where, limit=8)]
