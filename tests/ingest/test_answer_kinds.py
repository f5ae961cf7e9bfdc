"""Question words tell the kind of an answer; a stretch of a passage has it or not."""

from __future__ import annotations

import pytest

from ingest.answer_kinds import AnswerKind, asked_kinds, mentions, told_kinds
from ingest.vi.normalise import fold

YEAR, NUMBER, PERSON, PLACE = AnswerKind
WORDS = ["Năm", "1987", "ông", "Trần", "Mây", "lập", "đội", "kèn", "gồm", "14", "người", "ở", "Lũng", "Sa"]


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("cầu xây năm nào?", {YEAR}),
        ("cầu xây năm bao nhiêu?", {YEAR}),
        ("có bao nhiêu người và ai dẫn đầu?", {NUMBER, PERSON}),
        ("đội có mấy người?", {NUMBER}),
        ("chợ họp ở đâu?", {PLACE}),
        ("tỉnh nào đông dân?", {PLACE}),
        ("máy bơm hỏng vì sao?", set()),
        ("", set()),
    ],
)
def test_what_a_question_asks_for(question: str, kinds: set[AnswerKind]) -> None:
    assert asked_kinds(question, bare=False) == kinds


def test_without_accents_the_bare_question_words_count() -> None:
    assert asked_kinds(fold("đội có mấy người, xây năm nào?"), bare=True) == {YEAR}
    assert asked_kinds(fold("ở đâu có bao nhiêu nhà?"), bare=True) == {NUMBER, PLACE}


def test_mentions_stand_where_they_begin() -> None:
    found = mentions(WORDS)
    assert [(one.at, one.year, one.name) for one in found] == [
        (1, True, False),
        (3, False, True),
        (9, False, False),
        (12, False, True),
    ]
    assert mentions([]) == ()


def test_a_stretch_has_what_stands_inside_it_and_is_not_asked_with() -> None:
    found = mentions(WORDS)
    assert told_kinds(found, 0, 14, asked=(), bare=False) == {YEAR, NUMBER, PERSON, PLACE}
    assert told_kinds(found, 8, 10, asked=(), bare=False) == {NUMBER}
    assert told_kinds(found, 0, 2, asked=("1987",), bare=False) == set()
    assert told_kinds(found, 3, 5, asked=("mây",), bare=False) == set()
    assert told_kinds(found, 3, 5, asked=("may",), bare=True) == set()
