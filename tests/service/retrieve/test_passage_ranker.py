"""The order of passages by their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from eval.fresh import fresh_services, sample_reports
from ingest.domain import PassageKind
from service.answer.query_words import scorer
from service.ask import AskService
from service.domain import Ask, Principal, Query
from service.retrieve.passage_features import CLOSER, FIRST, closer_look, document_part, first_look
from service.retrieve.passage_ranker import PassageRanker, in_order, load_passage_ranker, weighed

READER = Principal("tester", frozenset({"reader"}))


@pytest.fixture(scope="module")
def engine() -> Iterator[AskService]:
    with fresh_services(sample_reports(suffix=".txt")) as built:
        assert isinstance(built.asker, AskService)
        yield built.asker


def only(**weights: float) -> PassageRanker:
    """Return a ranker that looks at the given features alone."""
    return PassageRanker(
        {name: weights.get(name, 0.0) for name in FIRST}, {name: weights.get(name, 0.0) for name in (*FIRST, *CLOSER)}
    )


def seen(engine: AskService, question: str) -> Iterator[tuple[Query, PassageKind, Mapping[str, float]]]:
    query, material = engine.looked_at(Ask(question), principal=READER)
    one = scorer(query, material.rarity)
    top = max(hit.score for hit in material.hits)
    for hit, view in zip(material.hits, material.views, strict=True):
        values = first_look(one, hit, view, top=top) | closer_look(one, hit, view, rarity=material.rarity)
        yield query, view.passage.kind, values


@pytest.mark.parametrize(
    "question",
    [
        "Quý I/2024 có bao nhiêu vụ tai nạn giao thông?",
        "Vì sao thu ngân sách quý I/2024 giảm?",
        "Ai ký báo cáo quý I năm 2023?",
        "Xã Vân Khê có bao nhiêu hộ nghèo?",
        "thu ngan sach 6 thang dau nam 2023 bao nhieu",
    ],
)
def test_every_feature_is_a_share(engine: AskService, question: str) -> None:
    for _, _, values in seen(engine, question):
        assert set(values) <= {*FIRST, *CLOSER}
        assert all(0 < value <= 1 + 1e-9 for value in values.values()), values


def test_the_shipped_weights_are_for_the_features_of_the_code() -> None:
    ranker = load_passage_ranker()
    assert tuple(ranker.first) == FIRST and tuple(ranker.closer) == (*FIRST, *CLOSER)


def test_a_question_about_the_document_finds_its_part_of_it(engine: AskService) -> None:
    assert document_part("signer") is PassageKind.SIGNATURE and document_part("number") is PassageKind.HEADER
    kinds = [kind for _, kind, _ in seen(engine, "Ai ký báo cáo quý I năm 2024?")]
    assert kinds[0] is PassageKind.SIGNATURE


def test_the_order_follows_the_weights_and_ties_stay(engine: AskService) -> None:
    query, material = engine.looked_at(Ask("Quý I/2024 có bao nhiêu vụ tai nạn giao thông?"), principal=READER)
    hits, views = list(material.hits), list(material.views)

    def order(ranker: PassageRanker) -> list[int]:
        return in_order(query, hits, views, rarity=material.rarity, ranker=ranker)

    assert order(only()) == list(range(len(hits)))
    assert [hits[at].found for at in order(only(found=1.0))] == sorted(hit.found for hit in hits)
    notes = [hits[at].passage.kind is PassageKind.FOOTNOTE for at in order(only(footnote=1.0))]
    assert notes == sorted(notes, reverse=True) and any(notes)


def test_no_hits_have_no_order(engine: AskService) -> None:
    query, material = engine.looked_at(Ask("Đàn trâu?"), principal=READER)
    assert in_order(query, [], [], rarity=material.rarity, ranker=only()) == []


def test_weights_count_what_is_there() -> None:
    assert weighed({"text": 0.5, "row": 1.0}, {"text": 2.0, "row": -0.25, "found": 9.0}) == 0.75
