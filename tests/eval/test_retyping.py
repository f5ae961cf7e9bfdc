from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.retyping import Way, decomposed, mistyped, reordered, retyped, without_accents
from ingest.vi.normalise import canonical, fold, has_accents, unify

WORDS = ["Quý II", "năm 2023", "huyện", "Vân Trạch", "xảy ra", "bao nhiêu", "vụ cháy", "đạt", "12", "hoà giải", "ở xã"]
QUESTIONS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


@given(QUESTIONS)
def test_typing_again_keeps_the_question(question: str) -> None:
    ways = retyped(question, seed=1)
    assert canonical(str(ways[Way.NFD])) == canonical(question)
    assert fold(str(ways[Way.NO_ACCENTS])) == fold(question) and not has_accents(str(ways[Way.NO_ACCENTS]))
    assert unify(str(ways[Way.UPPER])) == unify(question)
    assert retyped(question, seed=1) == ways


@given(QUESTIONS, st.integers(0, 50))
def test_a_slip_is_in_one_word_of_the_content(question: str, seed: int) -> None:
    slipped = mistyped(f"nhà cháy {question}", random.Random(seed))
    assert slipped is not None
    before, after = f"nhà cháy {question}".split(), slipped.split()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1 and changed[0][0] in ("cháy", "giải")
    bare = [unicodedata.normalize("NFD", word) for word in changed[0]]
    assert abs(len(bare[0]) - len(bare[1])) <= 2, "a letter and its marks at most"


def test_accents_are_dropped_and_the_case_is_kept() -> None:
    assert without_accents("Đàn vịt ở Đồi Cam, QUÝ I") == "Dan vit o Doi Cam, QUY I"
    assert decomposed("quý") != "quý"


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Quý II/2023 trồng mới bao nhiêu ha?", "Trồng mới bao nhiêu ha trong quý II/2023?"),
        ("Trồng mới bao nhiêu ha trong quý II năm 2023?", "Trong quý II năm 2023, trồng mới bao nhiêu ha?"),
        ("Cuối năm 2023 còn mấy lò gạch?", "Còn mấy lò gạch cuối năm 2023?"),
        ("So với cùng kỳ, số lò gạch giảm thế nào?", "Số lò gạch giảm thế nào so với cùng kỳ?"),
        ("Đàn ngỗng tăng bao nhiêu so với cùng kỳ?", "So với cùng kỳ, đàn ngỗng tăng bao nhiêu?"),
        ("Có bao nhiêu lò gạch ở xã Đồi Cam?", "Ở xã Đồi Cam, có bao nhiêu lò gạch?"),
        ("Trong đêm xảy ra bao nhiêu trận lốc", "Trong đêm bao nhiêu trận lốc xảy ra"),
        ("TNGT xảy ra mấy vụ quý I năm 2023", "Quý I năm 2023, TNGT xảy ra mấy vụ"),
    ],
)
def test_other_word_order(question: str, other: str) -> None:
    assert reordered(question) == other


@pytest.mark.parametrize(
    "question",
    [
        "Số lò gạch?",
        "Số hiệu báo cáo quý I năm 2023?",
        "Diện tích lúa vụ Xuân 2023?",
        "Có bao nhiêu lò gạch ở xã nào?",
        "Quý I năm ngoái có mấy trận lốc?",
        "Đàn ngỗng so với dự toán đạt bao nhiêu?",
        "Thu những tháng đầu năm 2023?",
    ],
)
def test_what_is_bound_to_its_words_stays(question: str) -> None:
    assert reordered(question) is None


def test_a_question_without_content_words_gets_no_slip() -> None:
    assert mistyped("Ai ở xã đồi cam là 12 TNGT?", random.Random(1)) is None
