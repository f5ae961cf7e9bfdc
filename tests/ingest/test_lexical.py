from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.index.port import SparseVector
from ingest.lexical import CONTEXT_WEIGHT, Term, passage_vector, query_vector, term_id
from ingest.vi.normalise import canonical, fold

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
TEXTS = st.text(alphabet=LETTERS + "0123456789 .,;/&-()%", max_size=60)
UINT32 = 2**32


def score(query: SparseVector, passage: SparseVector) -> float:
    """Dot product, as the index computes it (without the idf)."""
    weights = dict(zip(passage.indices, passage.values, strict=True))
    return sum(value * weights.get(term, 0.0) for term, value in zip(query.indices, query.values, strict=True))


def weight(vector: SparseVector, kind: Term, token: str) -> float:
    return dict(zip(vector.indices, vector.values, strict=True)).get(term_id(kind, token), 0.0)


@given(TEXTS, TEXTS)
def test_vectors_keep_the_contract(text: str, context: str) -> None:
    for vector in (passage_vector(text, context=context), query_vector(text)):
        assert list(vector.indices) == sorted(set(vector.indices))
        assert len(vector.indices) == len(vector.values)
        assert all(0 <= term < UINT32 for term in vector.indices)
        assert all(value > 0 for value in vector.values)


@given(TEXTS)
def test_case_and_composition_give_equal_vectors(text: str) -> None:
    for variant in (text.upper(), unicodedata.normalize("NFD", text), canonical(text)):
        assert passage_vector(variant, context=variant) == passage_vector(text, context=text)
        assert query_vector(variant) == query_vector(text)


@pytest.mark.parametrize(
    ("old", "new"), [("hoà thuận", "hòa thuận"), ("khoẻ mạnh", "khỏe mạnh"), ("uỷ ban", "ủy ban"), ("HOÁ", "hóa")]
)
def test_tone_spelling_gives_equal_vectors(old: str, new: str) -> None:
    assert passage_vector(old) == passage_vector(new)
    assert query_vector(old) == query_vector(new)


def test_no_word_gives_the_empty_vector() -> None:
    assert passage_vector("", context=" ... ") == SparseVector((), ())
    assert query_vector("?!") == SparseVector((), ())


def test_term_ids_never_change() -> None:
    # Ids are stored in indexes: a change here needs a new index format.
    assert term_id(Term.SYLLABLE, "bò") == 451244705
    assert term_id(Term.FOLDED_SYLLABLE, "bo") != term_id(Term.SYLLABLE, "bo")


@given(TEXTS)
def test_a_question_without_accents_is_found_as_well_as_with(text: str) -> None:
    bare = fold(text)
    assert score(query_vector(bare), passage_vector(text)) == pytest.approx(
        score(query_vector(bare), passage_vector(bare))
    )


def test_accents_tell_words_apart() -> None:
    cow, silk = passage_vector("đàn bò"), passage_vector("đàn bố")
    assert score(query_vector("đàn bò"), cow) > score(query_vector("đàn bò"), silk)
    assert score(query_vector("dan bo"), cow) == pytest.approx(score(query_vector("dan bo"), silk))


def test_one_forgotten_accent_still_finds() -> None:
    right, other = passage_vector("tổng đàn trâu bò"), passage_vector("tổng thu ngân sách")
    assert score(query_vector("tông đàn trâu"), right) > score(query_vector("tông đàn trâu"), other)
    assert score(query_vector("trậu"), right) > 0


def test_context_counts_less_than_text() -> None:
    inside, around = passage_vector("đàn bò tăng"), passage_vector("tăng nhanh", context="đàn bò")
    assert score(query_vector("đàn bò"), inside) > score(query_vector("đàn bò"), around) > 0
    assert 0 < CONTEXT_WEIGHT < 1


def test_repeating_a_word_saturates() -> None:
    once, twice, many = (weight(passage_vector("bò " * n), Term.SYLLABLE, "bò") for n in (1, 2, 30))
    assert once < twice < many < 2.2


def test_long_passages_weigh_each_word_less() -> None:
    short, long = passage_vector("đàn bò"), passage_vector("đàn bò " + "và các nội dung khác " * 40)
    assert weight(short, Term.SYLLABLE, "bò") > weight(long, Term.SYLLABLE, "bò")


@pytest.mark.parametrize(
    ("question", "passage"),
    [("tháng 3", "tháng 03"), ("tháng 03/2024", "tháng 3/2024"), ("năm 2024", "ngày 15/3/2024"), ("05 vụ", "5 vụ")],
)
def test_numbers_match_across_writing(question: str, passage: str) -> None:
    number = {term_id(Term.SYLLABLE, token) for token in ("3", "2024", "5", "3/2024")}
    shared = set(query_vector(question).indices) & set(passage_vector(passage).indices)
    assert shared & number


def test_zeros_inside_a_decimal_stay() -> None:
    assert weight(passage_vector("0,05"), Term.SYLLABLE, "0,05") > 0
    assert weight(passage_vector("1,05"), Term.SYLLABLE, "1,05") > 0


def test_other_wordings_count_less_and_never_twice() -> None:
    pig, swine = passage_vector("đàn heo"), passage_vector("đàn lợn")
    alone, both = query_vector("đàn heo"), query_vector("đàn heo", also="lợn")
    assert score(both, pig) == pytest.approx(score(alone, pig))
    assert score(alone, swine) < score(both, swine) < score(both, pig)
    assert query_vector("đàn heo", also="heo") == alone
