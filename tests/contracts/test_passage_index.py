"""The contract of ``PassageIndex``, run against every implementation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import FingerprintMismatch, IndexUnavailable
from ingest.index.port import IndexFilter, IndexPoint, PassageIndex, ScoredPassage
from ingest.index.ranking import BATCH_POINTS, PAGE, payload
from tests.contracts.backends import DIM, MODEL, NAMES, Backend, backend, point, sparse, uid, vector

# What qdrant-client's local mode says of itself; a server takes both.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact:UserWarning"),
]

EVERYTHING = IndexFilter()
NORTH = (1, 0, 0, 0)
EAST = (0, 1, 0, 0)


@pytest.fixture(params=NAMES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    with backend(request.param, tmp_path / "index") as made:
        yield made


@pytest.fixture
def index(place: Backend) -> Iterator[PassageIndex]:
    opened = place.open(MODEL, DIM)
    yield opened
    opened.close()


def ids(hits: Sequence[ScoredPassage]) -> list[int]:
    return [hit.ordinal for hit in hits]


def by_dense(index: PassageIndex, where: IndexFilter = EVERYTHING, limit: int = 10) -> list[int]:
    return ids(index.search(dense=vector(NORTH), sparse=None, where=where, limit=limit))


class TestEmpty:
    def test_info(self, index: PassageIndex) -> None:
        info = index.info()
        assert (info.fingerprint, info.dim, info.points) == (MODEL, DIM, 0)
        assert info.details["engine"].startswith("qdrant")

    def test_nothing_is_found(self, index: PassageIndex) -> None:
        assert index.search(dense=vector(NORTH), sparse=sparse([1]), where=EVERYTHING, limit=5) == []
        assert index.version_ids() == frozenset()
        assert index.point_ids("v1") == frozenset()

    def test_empty_writes_change_nothing(self, index: PassageIndex) -> None:
        index.upsert([])
        index.delete_version("unknown")
        assert index.info().points == 0


class TestWriting:
    def test_a_hit_names_its_passage(self, index: PassageIndex) -> None:
        index.upsert([point(7, version="v2", report="r9")])
        (hit,) = index.search(dense=vector(NORTH), sparse=None, where=EVERYTHING, limit=5)
        assert (hit.id, hit.version_id, hit.report_id, hit.ordinal) == (uid(7), "v2", "r9", 7)
        assert hit.score == pytest.approx(1.0, abs=1e-5)

    def test_the_same_upsert_twice_changes_nothing(self, index: PassageIndex) -> None:
        points = [point(n, terms=[n, 5]) for n in range(1, 6)]
        index.upsert(points)
        before = index.search(dense=vector(NORTH), sparse=sparse([5]), where=EVERYTHING, limit=9)
        index.upsert(points)
        assert index.info().points == len(points)
        assert index.search(dense=vector(NORTH), sparse=sparse([5]), where=EVERYTHING, limit=9) == before

    def test_an_upsert_replaces_the_whole_point(self, index: PassageIndex) -> None:
        index.upsert([point(1, version="old", terms=[3], area="a", year=2023)])
        index.upsert([point(1, version="new", dense=EAST)])
        assert index.version_ids() == {"new"}
        assert by_dense(index, IndexFilter(area="a")) == []
        assert by_dense(index, IndexFilter(year=2023)) == []
        assert index.search(dense=None, sparse=sparse([3]), where=EVERYTHING, limit=5) == []

    def test_more_points_than_one_batch_or_page(self, index: PassageIndex) -> None:
        count = max(BATCH_POINTS, PAGE) + 1
        index.upsert([point(n) for n in range(count)])
        assert index.info().points == count
        assert index.point_ids("v1") == {uid(n) for n in range(count)}

    def test_points_come_back_whole(self, index: PassageIndex) -> None:
        index.upsert([point(1, dense=(1, 1, 0, 0), terms=[3, 9], area="a", year=2023), point(2, dense=(0, 0, 0, 0))])
        full, empty = (index.stored("v1")[uid(n)] for n in (1, 2))
        assert (full.payload, full.sparse) == (payload(point(1, area="a", year=2023)), sparse([3, 9]))
        assert full.dense == pytest.approx([0.70711, 0.70711, 0, 0], abs=1e-4)
        assert (empty.dense, empty.sparse) == (None, None)

    def test_delete_version(self, index: PassageIndex) -> None:
        index.upsert([point(1, version="a"), point(2, version="b"), point(3, version="b")])
        index.delete_version("b")
        index.delete_version("b")
        assert index.version_ids() == {"a"}
        assert [set(index.point_ids(version)) for version in ("a", "b")] == [{uid(1)}, set()]
        assert by_dense(index) == [1]

    def test_versions_have_no_page_limit(self, index: PassageIndex) -> None:
        index.upsert([point(n, version=f"v{n}") for n in range(30)])
        assert index.version_ids() == {f"v{n}" for n in range(30)}


class TestRanking:
    def test_dense_alone(self, index: PassageIndex) -> None:
        index.upsert([point(1, dense=EAST), point(2, dense=(1, 1, 0, 0)), point(3, dense=NORTH)])
        assert by_dense(index) == [3, 2, 1]
        assert by_dense(index, limit=2) == [3, 2]

    def test_sparse_alone_gives_only_what_shares_a_term(self, index: PassageIndex) -> None:
        index.upsert([point(1, terms=[1]), point(2, terms=[1, 2]), point(3, terms=[4]), point(4)])
        assert ids(index.search(dense=None, sparse=sparse([1, 2]), where=EVERYTHING, limit=9)) == [2, 1]

    def test_rare_terms_weigh_more(self, index: PassageIndex) -> None:
        index.upsert([point(n, terms=[1]) for n in range(1, 9)] + [point(9, terms=[2])])
        assert ids(index.search(dense=None, sparse=sparse([1, 2]), where=EVERYTHING, limit=9)) == [9, *range(1, 9)]

    def test_term_ids_use_all_of_32_bits(self, index: PassageIndex) -> None:
        index.upsert([point(1, terms=[0, 2**32 - 1]), point(2, terms=[2**31])])
        assert ids(index.search(dense=None, sparse=sparse([2**32 - 1]), where=EVERYTHING, limit=9)) == [1]
        assert ids(index.search(dense=None, sparse=sparse([2**31]), where=EVERYTHING, limit=9)) == [2]

    def test_both_are_fused(self, index: PassageIndex) -> None:
        index.upsert(
            [point(1, dense=(1, 0.2, 0, 0)), point(2, dense=NORTH, terms=[1]), point(3, dense=EAST, terms=[1])]
        )
        found = index.search(dense=vector(NORTH), sparse=sparse([1]), where=EVERYTHING, limit=9)
        assert ids(found)[0] == 2
        assert sorted(ids(found)) == [1, 2, 3]

    def test_a_tie_of_the_fusion_goes_by_id(self, index: PassageIndex) -> None:
        index.upsert([point(n, dense=NORTH, terms=[1]) for n in (5, 4)] + [point(3, dense=EAST, terms=[2])])
        found = index.search(dense=vector(NORTH), sparse=sparse([1, 2]), where=EVERYTHING, limit=9)
        assert ids(found) == [4, 5, 3]
        assert found[0].score == found[1].score

    def test_nothing_asked_nothing_found(self, index: PassageIndex) -> None:
        index.upsert([point(1, terms=[1])])
        for dense in (None, vector((0, 0, 0, 0))):
            for words in (None, sparse([])):
                assert index.search(dense=dense, sparse=words, where=EVERYTHING, limit=5) == []
        assert by_dense(index, limit=0) == []

    def test_a_passage_without_vectors_is_kept_and_not_found(self, index: PassageIndex) -> None:
        index.upsert([point(1, dense=(0, 0, 0, 0)), point(2, dense=(0, 0, 0, 0), terms=[1]), point(3)])
        assert index.point_ids("v1") == {uid(1), uid(2), uid(3)}
        assert by_dense(index) == [3]
        assert ids(index.search(dense=None, sparse=sparse([1]), where=EVERYTHING, limit=5)) == [2]

    def test_empty_words_leave_the_vector_alone(self, index: PassageIndex) -> None:
        index.upsert([point(1), point(2, dense=EAST)])
        assert ids(index.search(dense=vector(NORTH), sparse=sparse([]), where=EVERYTHING, limit=5)) == [1, 2]

    @pytest.mark.parametrize("limit", [1, 3, 10])
    def test_ties_go_by_id_wherever_the_cut_falls(self, index: PassageIndex, limit: int) -> None:
        numbers = [9, 3, 7, 1, 8, 2, 6, 4, 5]
        index.upsert([point(n, terms=[1]) for n in numbers])
        assert by_dense(index, limit=limit) == sorted(numbers)[:limit]
        found = index.search(dense=None, sparse=sparse([1]), where=EVERYTHING, limit=limit)
        assert ids(found) == sorted(numbers)[:limit]


FILTERED = (
    point(1, version="v1", report="r1", kind="section", issuer="ubnd huyen a", area="huyen a", year=2023),
    point(2, version="v1", report="r1", kind="footnote", issuer="ubnd huyen a", area="huyen a", year=2023),
    point(3, version="v2", report="r2", kind="section", issuer="ubnd huyen b", area="huyen b", year=2024),
    point(4, version="v3", report="r3", kind="table_row"),
)


class TestFilters:
    @pytest.mark.parametrize(
        ("where", "expected"),
        [
            (IndexFilter(), [1, 2, 3, 4]),
            (IndexFilter(version_ids=("v1",)), [1, 2]),
            (IndexFilter(version_ids=("v1", "v3", "unknown")), [1, 2, 4]),
            (IndexFilter(report_ids=("r2",)), [3]),
            (IndexFilter(kinds=("footnote", "table_row")), [2, 4]),
            (IndexFilter(issuer="ubnd huyen b"), [3]),
            (IndexFilter(issuer="ubnd"), []),
            (IndexFilter(area="huyen a"), [1, 2]),
            (IndexFilter(year=2024), [3]),
            (IndexFilter(year=1999), []),
            (IndexFilter(version_ids=("v1", "v2"), kinds=("section",), year=2023), [1]),
            (IndexFilter(nothing=True), []),
            (IndexFilter(version_ids=("v1",), nothing=True), []),
        ],
    )
    def test_all_conditions_hold(self, index: PassageIndex, where: IndexFilter, expected: list[int]) -> None:
        index.upsert(FILTERED)
        assert by_dense(index, where) == expected

    def test_the_filter_cuts_before_the_limit(self, index: PassageIndex) -> None:
        index.upsert([point(n, version="near") for n in range(100)])
        index.upsert([point(200, version="far", dense=(0.1, 1, 0, 0), terms=[1])])
        for words in (None, sparse([1])):
            found = index.search(dense=vector(NORTH), sparse=words, where=IndexFilter(version_ids=("far",)), limit=3)
            assert ids(found) == [200]


class TestLife:
    def test_reopening_keeps_the_points(self, place: Backend) -> None:
        first = place.open(MODEL, DIM)
        first.upsert([point(1, terms=[1]), point(2, version="v2")])
        first.close()
        first.close()
        again = place.open(MODEL, DIM)
        assert again.version_ids() == {"v1", "v2"}
        assert ids(again.search(dense=None, sparse=sparse([1]), where=EVERYTHING, limit=5)) == [1]
        again.close()

    @pytest.mark.parametrize(("model", "dim"), [("other@2", DIM), (MODEL, DIM + 1)])
    def test_another_model_is_refused(self, place: Backend, model: str, dim: int) -> None:
        place.open(MODEL, DIM).close()
        with pytest.raises(FingerprintMismatch, match="rebuild"):
            place.open(model, dim)
        place.open(MODEL, DIM).close()

    def test_a_vector_of_another_length_is_an_error(self, index: PassageIndex) -> None:
        with pytest.raises(IndexUnavailable):
            index.upsert([point(1, dense=(1, 0, 0, 0, 0))])


CORPUS = tuple(
    point(
        n,
        version=f"v{n % 4}",
        report=f"r{n % 4}",
        kind=("section", "footnote")[n % 2],
        year=(2022, 2023, 2024)[n % 3],
        dense=((1, 0, 0, 0), (1, 1, 0, 0), (0, 1, 2, 0), (-1, 0, 0, 3), (0, 0, 1, 0))[n * 7 % 5],
        terms=[n % 3, 10 + n % 7],
    )
    for n in range(45)
)
WHERE = st.builds(
    IndexFilter,
    version_ids=st.sets(st.sampled_from(["v0", "v1", "v2", "v3", "v9"]), max_size=3).map(tuple),
    kinds=st.sets(st.sampled_from(["section", "footnote"]), max_size=2).map(tuple),
    year=st.sampled_from([None, 2022, 2024]),
    nothing=st.sampled_from([False, False, False, True]),
)
DENSE = st.sampled_from([None, (1, 0, 0, 0), (1, 2, 0, 0), (0, 1, 1, 1)])
TERMS = st.sets(st.integers(0, 18), max_size=4)


@pytest.fixture(scope="module", params=NAMES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    with backend(request.param, tmp_path_factory.mktemp("filled") / "index") as made:
        opened = made.open(MODEL, DIM)
        opened.upsert(CORPUS)
        yield opened
        opened.close()


def passing(where: IndexFilter) -> list[IndexPoint]:
    def holds(each: IndexPoint) -> bool:
        return (
            not where.nothing
            and (not where.version_ids or each.version_id in where.version_ids)
            and (not where.kinds or each.kind in where.kinds)
            and (where.year is None or each.year == where.year)
        )

    return [each for each in CORPUS if holds(each)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=WHERE, dense=DENSE, terms=TERMS, limit=st.integers(1, 50))
def test_search_against_a_plain_reference(
    filled: PassageIndex, where: IndexFilter, dense: Any, terms: set[int], limit: int
) -> None:
    asked, words = None if dense is None else vector(dense), sparse(sorted(terms))
    found = filled.search(dense=asked, sparse=words, where=where, limit=limit)
    assert found == filled.search(dense=asked, sparse=words, where=where, limit=limit)
    assert [(-hit.score, hit.id) for hit in found] == sorted((-hit.score, hit.id) for hit in found)

    allowed = passing(where)
    sharing = {each.id for each in allowed if terms & set(each.sparse.indices)}
    expected = sharing if asked is None else {each.id for each in allowed}
    assert {hit.id for hit in found} <= expected
    assert len(found) == len({hit.id for hit in found}) == min(limit, len(expected))
    if asked is not None and not terms:
        best = sorted(allowed, key=lambda each: (-round(float(np.dot(each.dense, asked)), 4), each.id))
        assert [hit.id for hit in found] == [each.id for each in best[:limit]]
