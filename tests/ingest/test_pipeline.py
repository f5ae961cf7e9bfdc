from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ingest.catalogue.records import VersionStatus
from ingest.domain import IngestStatus
from ingest.errors import (
    IngestError,
    ModelUnavailable,
    NotFound,
    RefusedReport,
    UnreadableReport,
)
from ingest.preparing import Limits
from ingest.results import REPLACED, shown_name
from tests.ingest.ingest_fakes import DOWN, NEW, OLD, OTHER, World, broken, opened_world, world

__all__ = ["world"]


def test_a_report_goes_all_the_way_in(world: World) -> None:
    told: list[tuple[str, int, int]] = []
    result = world.ingestor.add(OLD, name="C:\\Tài liệu\\quý 1.txt", progress=lambda *step: told.append(step))
    assert (result.status, result.name, result.issues) == (IngestStatus.COMPLETE, "quý 1.txt", ())
    assert result.balance is not None
    assert (result.balance.passages, result.balance.indexed, result.balance.figures) == (3, 3, 2)
    (info,) = world.catalogue.visible()
    assert (info.report_id, info.version_id) == (result.report_id, result.version_id)
    assert (info.media_type, info.size, info.counts) == ("text/plain", len(OLD), result.balance)
    assert info.fingerprint == world.index.info().fingerprint
    assert world.originals.read(info.sha256) == OLD
    world.assert_in_step()
    assert [stage for stage, done, total in told if done == total] == ["read", "embed", "publish"]


def test_points_carry_what_the_filters_need(world: World) -> None:
    world.ingestor.add(OLD, name="a")
    point = next(iter(world.index.points.values()))
    assert (point.issuer, point.area) == ("uy ban nhan dan huyen dong ha", "huyen dong ha")
    assert (point.year, point.first_month, point.last_month) == (2024, 1, 3)
    assert point.sparse.indices


def test_the_same_bytes_twice_change_nothing(world: World) -> None:
    first = world.ingestor.add(OLD, name="a")
    before = world.catalogue.revision()
    again = world.ingestor.add(OLD, name="b")
    assert again.status is IngestStatus.UNCHANGED
    assert (again.report_id, again.version_id, again.balance) == (first.report_id, first.version_id, first.balance)
    assert world.catalogue.revision() == before
    world.assert_in_step()


def test_the_same_number_and_date_is_a_new_version(world: World) -> None:
    first = world.ingestor.add(OLD, name="a")
    second = world.ingestor.add(NEW, name="b")
    assert second.report_id == first.report_id
    assert [issue.code for issue in second.issues] == [REPLACED]
    assert second.status is IngestStatus.COMPLETE
    assert world.texts() == [NEW.decode()]
    assert first.report_id is not None
    statuses = [v.status for v in world.catalogue.history(first.report_id)]
    assert statuses == [VersionStatus.SUPERSEDED, VersionStatus.VISIBLE]
    assert world.index.version_ids() == {first.version_id, second.version_id}  # for questions about the past
    assert len(world.originals.list()) == 2  # the older citations still open


def test_replace_names_the_report(world: World) -> None:
    first = world.ingestor.add(OTHER, name="a")
    second = world.ingestor.add(NEW, name="b", replace=first.report_id)
    assert second.report_id == first.report_id
    assert world.texts() == [NEW.decode()]
    with pytest.raises(NotFound):
        world.ingestor.add(OLD, name="c", replace="nowhere")
    world.assert_in_step()


def test_replacing_by_bytes_known_elsewhere_is_said(world: World) -> None:
    known = world.ingestor.add(OLD, name="a")
    other = world.ingestor.add(OTHER, name="b")
    result = world.ingestor.add(OLD, name="c", replace=other.report_id)
    assert (result.status, result.report_id) == (IngestStatus.UNCHANGED, known.report_id)
    assert [issue.code for issue in result.issues] == ["known-elsewhere"]
    assert len(world.texts()) == 2


def test_going_back_to_an_older_file_works(world: World) -> None:
    for data in (OLD, NEW, OLD):
        world.ingestor.add(data, name="a")
    assert world.texts() == [OLD.decode()]
    world.assert_in_step()


def test_reports_without_number_stay_apart(world: World) -> None:
    world.ingestor.add(b"M\xe1\xbb\x99t", name="a")
    world.ingestor.add(b"Hai", name="b")
    assert len(world.texts()) == 2


def test_warnings_make_it_partial(world: World) -> None:
    result = world.ingestor.add("Xảy ra ? vụ".encode(), name="a")
    assert result.status is IngestStatus.PARTIAL
    assert [issue.code for issue in result.issues] == ["odd"]


@pytest.mark.parametrize(
    ("data", "error", "code"),
    [
        (b"\xff\xfe", UnreadableReport, "damaged-file"),
        (b"\n\n", UnreadableReport, "no-text"),
        ("MẬT".encode(), RefusedReport, "state-secret"),
    ],
)
def test_what_cannot_be_taken_in_leaves_no_trace(
    world: World, data: bytes, error: type[IngestError], code: str
) -> None:
    with pytest.raises(error) as caught:
        world.ingestor.add(data, name="a")
    assert caught.value.code == code
    assert world.texts() == []
    assert not (world.folder / "originals").exists()
    world.assert_in_step()


def test_too_large_a_file_is_refused_with_both_sizes(tmp_path: Path) -> None:
    with opened_world(tmp_path, limits=Limits(max_bytes=2_000_000)) as world:
        with pytest.raises(UnreadableReport, match="Tệp lớn 2,1 MB, vượt giới hạn 2,0 MB") as caught:
            world.ingestor.add(b"x" * 2_000_001, name="a")
        assert caught.value.code == "file-too-large"
        assert world.texts() == []


def test_remove_takes_everything(world: World) -> None:
    first = world.ingestor.add(OLD, name="a")
    world.ingestor.add(NEW, name="b")
    kept = world.ingestor.add(OTHER, name="c")
    assert first.report_id is not None
    removed = world.ingestor.remove(first.report_id)
    assert (removed.name, removed.versions, removed.leftovers) == ("b", 2, False)
    assert [v.report_id for v in world.catalogue.visible()] == [kept.report_id]
    world.assert_in_step()
    with pytest.raises(NotFound):
        world.ingestor.remove(first.report_id)


def test_remove_with_the_index_down_removes_the_truth_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = world.ingestor.add(OLD, name="a")
    with monkeypatch.context() as patch:
        patch.setattr(world.index, "delete_version", broken(DOWN))
        assert world.ingestor.remove(str(result.report_id)).leftovers
    assert world.texts() == []
    assert world.ingestor.check(repair=True).sound
    world.assert_in_step()


def test_an_original_a_waiting_job_needs_is_kept(world: World) -> None:
    sha256 = world.originals.put(OLD)
    world.catalogue.jobs.create("add", payload={"sha256": sha256})
    assert world.ingestor.drop_unused_original(sha256)
    assert world.ingestor.check(repair=True).sound
    assert world.originals.has(sha256)


def test_rebuild_embeds_again_with_the_model_of_now(world: World) -> None:
    for data in (OLD, OTHER):
        world.ingestor.add(data, name="a")
    world.index.points = {}
    world.embedder.fingerprint = "toy-2"
    before = world.catalogue.revision()
    result = world.ingestor.rebuild()
    assert (result.reports, result.passages, result.fingerprint) == (2, 5, "toy-2")
    assert world.index.fingerprint == "toy-2"
    assert {v.fingerprint for v in world.catalogue.visible()} == {"toy-2"}
    assert world.catalogue.revision() > before
    world.assert_in_step()


def test_a_rebuild_that_fails_leaves_the_old_index(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (OLD, OTHER):
        world.ingestor.add(data, name="a")
    with monkeypatch.context() as patch:
        patch.setattr(world.embedder, "passages", broken(ModelUnavailable("Mất mô hình.")))
        with pytest.raises(ModelUnavailable):
            world.ingestor.rebuild()
    world.assert_in_step()


def test_reread_keeps_report_ids_and_older_text(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = world.ingestor.add(OLD, name="a")
    monkeypatch.setattr("ingest.preparing.READING_VERSION", "next")
    assert [p.kind for p in world.ingestor.check().problems] == ["old-reading"]
    (result,) = world.ingestor.reread()
    assert (result.report_id, result.status) == (first.report_id, IngestStatus.COMPLETE)
    assert result.version_id != first.version_id
    assert world.catalogue.load(str(first.version_id)).info.status is VersionStatus.SUPERSEDED
    assert world.ingestor.check().problems == ()
    world.assert_in_step()


def test_reread_of_a_lost_original_keeps_the_version(world: World) -> None:
    result = world.ingestor.add(OLD, name="a")
    world.ingestor.add(OTHER, name="b")
    world.originals.delete(world.catalogue.info(str(result.version_id)).sha256)
    found = world.ingestor.reread()
    assert [r.status for r in found] == [IngestStatus.FAILED, IngestStatus.COMPLETE]
    assert found[0].error_code == "original-missing"
    assert sorted(world.texts()) == sorted([OLD.decode(), OTHER.decode()])


def test_writers_in_one_process_take_turns(world: World) -> None:
    same = [threading.Thread(target=world.ingestor.add, args=(OLD,), kwargs={"name": "a"}) for _ in range(4)]
    other = [
        threading.Thread(target=world.ingestor.add, args=(f"Bản {i}".encode(),), kwargs={"name": "b"}) for i in range(4)
    ]
    for thread in same + other:
        thread.start()
    for thread in same + other:
        thread.join()
    assert len(world.texts()) == 5
    world.assert_in_step()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Báo cáo quý 1.docx", "Báo cáo quý 1.docx"),
        ("a\nb\x1b[31m.txt", "a b [31m.txt"),
        ("", "báo cáo"),
        ("/", "báo cáo"),
        ("x" * 300 + ".docx", "…" + "x" * 194 + ".docx"),
    ],
)
def test_names_are_made_fit_to_be_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown
