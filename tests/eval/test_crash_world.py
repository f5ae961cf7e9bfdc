"""Reports that are replaced and removed while questions are asked, and questions about the past."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.crash_world import PLACES, Stores, answers, opened, report_file
from ingest.embed import load_embedder
from service.auth.roles import local_principal
from service.domain import Answer, Ask, Filters, Status

PLACE = PLACES[0]
QUESTION = f"Xã {PLACE} xảy ra bao nhiêu vụ cháy trong quý I năm 2024?"


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    with opened(tmp_path, load_embedder(None)) as found:
        for place in PLACES[:3]:
            found.ingestor.add(report_file(place, 0), name=f"{place}.txt")
        yield found


def ask(stores: Stores, filters: Filters | None = None) -> Answer:
    return stores.asker.ask(Ask(question=QUESTION, filters=filters or Filters()), principal=local_principal())


def test_each_answer_comes_from_one_version_while_it_is_replaced_and_the_index_made_anew(stores: Stores) -> None:
    (report,) = (v for v in stores.catalogue.visible() if PLACE.casefold() in v.meta.issuer.casefold())
    seen: list[Answer] = []
    stopping = threading.Event()

    def keep_asking() -> None:
        while not stopping.is_set():
            seen.append(ask(stores))

    askers = [threading.Thread(target=keep_asking) for _ in range(2)]
    for asker in askers:
        asker.start()
    for version in (1, 2):
        stores.ingestor.add(report_file(PLACE, version), name="a.txt")
        stores.ingestor.rebuild()
        stores.ingestor.reread()
    stopping.set()
    for asker in askers:
        asker.join(60)
    assert len(seen) > 2
    texts = {
        v.version_id: stores.catalogue.load(v.version_id).report.text
        for v in stores.catalogue.history(report.report_id)
    }
    for answer in seen:
        assert answer.status is Status.ANSWERED
        assert len({c.version_id for c in answer.citations}) == 1
        assert all(texts[c.version_id][c.start : c.end] == c.quote for c in answer.citations)


def test_a_question_about_the_past_is_answered_from_the_version_of_then(stores: Stores) -> None:
    before = ask(stores)
    stores.ingestor.add(report_file(PLACE, 1), name="a.txt")
    after = ask(stores)
    old, new = before.citations[0].version_id, after.citations[0].version_id
    assert old != new
    moment = stores.catalogue.info(old).published_at
    assert moment is not None
    then = ask(stores, Filters(as_of=moment))
    assert (then.short_answer, then.citations[0].version_id) == (before.short_answer, old)
    now = ask(stores, Filters(as_of=stores.catalogue.info(new).published_at))
    assert now.citations[0].version_id == new
    assert ask(stores).citations[0].version_id == new
    assert ask(stores, Filters(as_of=moment.replace(year=1999))).status is Status.NOT_FOUND


def test_nothing_of_a_removed_report_is_left(stores: Stores, tmp_path: Path) -> None:
    words = report_file(PLACE, 0).decode().split("\n\n")[6:9]
    assert any(words[0].encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    (report,) = (v for v in stores.catalogue.visible() if PLACE.casefold() in v.meta.issuer.casefold())
    stores.ingestor.remove(report.report_id)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not [word for word in words if word.encode() in path.read_bytes()], path
    assert ask(stores).status is not Status.ANSWERED or PLACE not in ask(stores).citations[0].report_title
    assert stores.ingestor.check(deep=True).problems == ()


def test_the_same_report_added_side_by_side_is_one_version(stores: Stores) -> None:
    data = report_file(PLACES[4], 0)
    threads = [threading.Thread(target=stores.ingestor.add, args=(data,), kwargs={"name": "a"}) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(stores.catalogue.visible()) == 4
    assert stores.ingestor.check(deep=True).problems == ()


def test_an_index_made_anew_answers_the_same(stores: Stores) -> None:
    stores.ingestor.add(report_file(PLACE, 1), name="a.txt")
    before = answers(stores)
    index = stores.serving.now.index
    points = {v.version_id: index.point_ids(v.version_id) for v in stores.catalogue.timeline.searchable()}
    stores.ingestor.rebuild()
    assert answers(stores) == before
    index = stores.serving.now.index
    assert points == {version_id: index.point_ids(version_id) for version_id in index.version_ids()}
