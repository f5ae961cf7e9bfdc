from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from ingest.catalogue.engine import writing
from ingest.errors import CatalogueUnavailable
from service.auth.keys import digest
from service.auth.roles import Role
from service.domain import Answer, Citation, Computation, Status
from service.errors import Missing, StoreUnavailable
from service.store.api_keys import ApiKeys
from service.store.audit import AuditLog
from service.store.conversations import TITLE_MAX_CHARS, Conversations
from service.store.database import MIGRATIONS, check, migrate, open_store
from service.store.feedback import FeedbackBook
from service.store.tables import SCHEMA_VERSION


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_store(f"sqlite:///{tmp_path}/x.db")
    yield opened
    opened.dispose()


def answer(number: int, *, conversation: str = "c1", question: str = "Có bao nhiêu vụ?") -> Answer:
    citation = Citation(1, "r", "v", "Báo cáo", "UBND", "quý 1/2030", ("I.",), None, None, "12 vụ", 3, 8, "/x")
    return Answer(
        id=f"a{number}",
        conversation_id=conversation,
        question=question,
        understood_as=question,
        status=Status.ANSWERED,
        answer="Có 12 vụ [1].",
        short_answer="12 vụ",
        figures=(),
        computation=Computation("10 + 2 = 12", (0, 1), Decimal("1.2E+1")),
        citations=(citation,),
        suggestions=(),
        warnings=(),
        mode="extractive",
        model="",
        prompt_version="",
        index_version="1",
    )


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    assert migrate(engine) == migrate(engine) == len(MIGRATIONS)
    check(engine)


def test_opening_the_same_new_database_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(lambda _: open_store(f"sqlite:///{tmp_path}/new.db"), range(4)))
    for each in engines:
        check(each)
        each.dispose()


def test_tables_of_a_newer_program_are_refused(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(SCHEMA_VERSION).values(version=len(MIGRATIONS) + 1))
    with pytest.raises(StoreUnavailable, match="mới hơn"):
        migrate(engine)
    with pytest.raises(StoreUnavailable):
        check(engine)


def test_an_unusable_address_is_told_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for url in ("nonsense", f"sqlite:///{tmp_path}/file/x.db"):
        with pytest.raises(CatalogueUnavailable, match="sở dữ liệu"):
            open_store(url)


def test_turns_are_kept_in_order_as_sent(engine: Engine) -> None:
    store = Conversations(engine)
    for number in range(1, 4):
        store.record(answer(number), owner="me")
    turns = store.turns("c1", owner="me")
    assert [(turn.id, turn.number) for turn in turns] == [("a1", 1), ("a2", 2), ("a3", 3)]
    stored = json.loads(turns[0].payload)
    assert stored["citations"][0] == {
        "index": 1, "report_id": "r", "version_id": "v", "report_title": "Báo cáo", "issuer": "UBND",
        "period": "quý 1/2030", "section_path": ["I."], "footnote": None, "page": None, "quote": "12 vụ",
        "start": 3, "end": 8, "url": "/x",
    }  # fmt: skip
    assert stored["computation"]["result"] == "12"
    assert [turn.id for turn in store.turns("c1", owner="me", last=2)] == ["a2", "a3"]


def test_what_was_asked_before_is_read_back(engine: Engine) -> None:
    store = Conversations(engine)
    for number, question in enumerate(("Một?", "Hai?", "Ba?"), start=1):
        store.record(answer(number, question=question), owner="me")
    told = store.earlier("c1", owner="me", last=2)
    assert [turn.question for turn in told] == ["Hai?", "Ba?"]
    assert told[0].understood_as == "Hai?"
    assert told[0].short_answer == (answer(2).short_answer or "")
    assert store.earlier("c1", owner="you", last=2) == store.earlier("c2", owner="me", last=2) == ()


def test_conversations_of_others_do_not_exist(engine: Engine) -> None:
    store = Conversations(engine)
    store.record(answer(1), owner="me")
    assert store.turns("c1", owner="you") == ()
    assert store.list(owner="you", limit=10) == ()
    assert not store.owns_answer("a1", owner="you")
    for action in (store.get, store.delete):
        with pytest.raises(Missing):
            action("c1", owner="you")
    with pytest.raises(Missing):
        store.record(answer(2), owner="you")
    assert [turn.id for turn in store.turns("c1", owner="me")] == ["a1"]
    assert store.owns_answer("a1", owner="me")


def test_conversations_are_listed_last_used_first_by_pages(engine: Engine) -> None:
    store = Conversations(engine)
    for number, name in enumerate(["c1", "c2", "c3", "c1"]):
        store.record(answer(number, conversation=name, question="Dài " * 100), owner="me")
    first = store.list(owner="me", limit=2)
    rest = store.list(owner="me", limit=2, before=(first[-1].updated_at, first[-1].id))
    assert [each.id for each in first + rest] == ["c1", "c3", "c2"]
    assert len(first[0].title) <= TITLE_MAX_CHARS
    assert first[0].title.endswith("…")


def test_deleting_takes_turns_and_feedback_along(engine: Engine) -> None:
    store, book = Conversations(engine), FeedbackBook(engine)
    store.record(answer(1), owner="me")
    book.add(answer_id="a1", subject="me", rating="down", reasons=["wrong_figure", "unclear"], comment="sai số")
    assert [(each.rating, each.reasons) for each in book.of_answer("a1")] == [("down", ("wrong_figure", "unclear"))]
    store.delete("c1", owner="me")
    assert book.of_answer("a1") == ()
    assert store.turns("c1", owner="me") == ()


def test_many_answers_at_once_get_different_numbers(engine: Engine) -> None:
    store = Conversations(engine)
    store.record(answer(0), owner="me")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: store.record(replace(answer(n), id=f"t{n}"), owner="me"), range(1, 31)))
    assert [turn.number for turn in store.turns("c1", owner="me")] == list(range(1, 32))


def test_keys_are_found_until_revoked(engine: Engine) -> None:
    keys = ApiKeys(engine)
    assert not keys.any_valid()
    made = keys.create(label="cổng", role=Role.EDITOR)
    found = keys.find(digest(made.token))
    assert found is not None
    assert (found.id, found.label, found.role) == (made.id, "cổng", "editor")
    assert keys.any_valid()
    keys.revoke(made.id)
    keys.revoke(made.id)
    assert keys.find(digest(made.token)) is None
    assert not keys.any_valid()
    assert keys.list()[0].revoked_at is not None
    with pytest.raises(Missing):
        keys.revoke("nope")


def test_no_token_is_in_the_database_file(engine: Engine, tmp_path: Path) -> None:
    made = ApiKeys(engine).create(label="x", role=Role.READER)
    engine.dispose()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert made.digest.encode() in written
    assert made.token.encode() not in written


def test_audit_rows_stay_newest_first(engine: Engine) -> None:
    log = AuditLog(engine)
    log.note(subject="me", action="report.upload", object_id="j1")
    log.note(subject="me", action="report.delete", object_id="r1")
    assert log.last(10) == (("me", "report.delete", "r1"), ("me", "report.upload", "j1"))
