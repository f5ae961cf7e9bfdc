"""Made questions: from one sentence, with something missing, the same for the same seed."""

from __future__ import annotations

from random import Random

from ingest.training.cloze import QUESTION_WORDS, cloze, sentences

FIRST = "cây cầu mới nối hai bờ sông được khánh thành vào mùa xuân năm ngoái."
SECOND = "từ đó người dân hai xã đi chợ không còn phải qua đò như trước nữa."
PARAGRAPH = f"{FIRST} {SECOND} ngắn quá."


def test_only_sentences_of_some_length_are_asked_about() -> None:
    assert sentences(PARAGRAPH) == [FIRST, SECOND]


def test_a_question_is_made_of_the_words_of_one_sentence_with_some_missing() -> None:
    extra = {word for words in QUESTION_WORDS for word in words.split()}
    for seed in range(40):
        made = cloze(PARAGRAPH, subject="", rng=Random(seed))
        if made is None:
            continue
        words = [word for word in made[0].split() if word not in extra]
        source = FIRST if set(words) <= set(FIRST.rstrip(".").split()) else SECOND
        assert set(words) <= set(source.rstrip(".").split())
        assert len(words) < len(source.split())


def test_the_sentence_asked_about_is_missing_from_some_passages_and_stands_in_the_others() -> None:
    passages = [made[1] for seed in range(80) if (made := cloze(PARAGRAPH, subject="", rng=Random(seed)))]
    whole = passages.count(PARAGRAPH)
    assert 0 < whole < len(passages)
    assert all(one == PARAGRAPH or one.count(".") == 2 for one in passages)


def test_a_paragraph_of_one_sentence_makes_no_question() -> None:
    assert cloze(FIRST, subject="cầu", rng=Random(1)) is None


def test_the_same_seed_makes_the_same_question() -> None:
    assert cloze(PARAGRAPH, subject="cầu", rng=Random(5)) == cloze(PARAGRAPH, subject="cầu", rng=Random(5))
