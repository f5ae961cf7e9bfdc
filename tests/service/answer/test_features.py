"""What is seen of a figure beside a question. Texts are our own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.domain import Figure
from service.answer.candidates import Material, figure_candidates, standing
from service.answer.features import FEATURES, MINOR, features, main_features
from service.answer.placing import WORD_FEATURES
from service.answer.query_words import Scorer, scorer
from service.answer.scoring import eligible, near_score, score_figure
from service.answer.views import FigureView, PassageView
from service.domain import Abstention, Draft, Hit
from service.understand.question import understand
from tests.service.answer.asking import ask, opened

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Chăn nuôi: Đàn trâu 1.214 con, đàn bò 3.502 con, đạt 97,3% kế hoạch; đàn dê 640 con (xã Đồi Cam 85 con).

2. Thu ngân sách: Tổng thu 87,4 tỷ đồng, tăng 6,1% so với cùng kỳ; thu khác 2,35 tỷ đồng.

II. NHIỆM VỤ QUÝ II

1. Chăn nuôi: Phấn đấu đàn bò đạt 3.700 con.
"""
QUESTIONS = (
    "Đàn trâu có bao nhiêu con?",
    "dan bo co bao nhieu con",
    "Đàn bò đạt bao nhiêu phần trăm kế hoạch?",
    "Tổng thu ngân sách bao nhiêu tỷ đồng?",
    "Thu ngân sách tăng bao nhiêu so với cùng kỳ?",
    "Toàn huyện có bao nhiêu con dê năm 2023?",
    "Số người bị thương là bao nhiêu?",
)
# Every word of a question counts for one of these.
WORD_PLACES = tuple(name for name in WORD_FEATURES if name not in ("all_own", "all_near", "gap", "head"))

Seen = tuple[Hit, PassageView, FigureView]


def asked(question: str, material: Material) -> tuple[Scorer, list[Seen]]:
    one = scorer(understand(question, places={}), material.rarity)
    return one, list(seen(one, material))


def seen(one: Scorer, material: Material) -> Iterator[Seen]:
    for hit, passage in zip(material.hits, material.views, strict=True):
        for figure in eligible(one, hit, passage):
            yield hit, passage, figure


def of(question: str, said: str) -> dict[str, float]:
    """Return the features of the figure written ``said``."""
    material = opened(REPORT)
    one, found = asked(question, material)
    hit, passage, figure = next(s for s in found if s[2].figure.text == said)
    return dict(zip(FEATURES, features(one, hit, passage, figure, rarity=material.rarity), strict=True))


@pytest.mark.parametrize("question", QUESTIONS)
def test_features_are_shares_and_each_word_counts_once(question: str) -> None:
    material = opened(REPORT)
    one, found = asked(question, material)
    assert found
    for hit, passage, figure in found:
        values = features(one, hit, passage, figure, rarity=material.rarity)
        assert len(values) == len(FEATURES)
        assert all(0 <= value <= 1 for value in values)
        named = dict(zip(FEATURES, values, strict=True))
        assert sum(named[name] for name in WORD_PLACES) == pytest.approx(1)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_look_leaves_out_the_minor_features_only(question: str) -> None:
    material = opened(REPORT)
    one, found = asked(question, material)
    for hit, passage, figure in found:
        first = main_features(one, hit, passage, figure, rarity=material.rarity)
        whole = features(one, hit, passage, figure, rarity=material.rarity)
        for name, early, late in zip(FEATURES, first, whole, strict=True):
            assert early == (0.0 if name in MINOR else late)


@pytest.mark.parametrize("least", [-3.0, 0.0, 2.0])
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_not_looked_at_closer_ranks_too_low(question: str, least: float) -> None:
    material = opened(REPORT)
    one, found = asked(question, material)
    for hit, passage, figure in found:
        whole = score_figure(one, hit, passage, figure, rarity=material.rarity)
        early = near_score(one, hit, passage, figure, rarity=material.rarity, least=least)
        assert early == (whole if whole.rank >= least else None)


@pytest.mark.parametrize("question", QUESTIONS)
def test_figures_are_the_same_in_any_order_of_asking(question: str) -> None:
    material = opened(REPORT)
    one, found = asked(question, material)
    forward = [features(one, *s, rarity=material.rarity) for s in found]
    other, _ = asked(question, material)
    backward = [features(other, *s, rarity=material.rarity) for s in reversed(found)]
    assert forward == backward[::-1]


def test_another_word_in_the_stead_of_the_one_asked_for() -> None:
    assert of("Đàn trâu có bao nhiêu con?", "1.214 con")["contrast_after"] == 0
    assert of("Đàn trâu có bao nhiêu con?", "3.502 con")["contrast_after"] > 0


def test_a_figure_of_another_thing_is_never_the_answer() -> None:
    material = opened(REPORT)
    one, found = asked("Đàn ngựa có bao nhiêu con?", material)
    scores = {s[2].figure.text: score_figure(one, *s, rarity=material.rarity) for s in found}
    assert scores["3.502 con"].rank <= -1
    assert scores["3.502 con"].fit < 0.5


def test_a_word_that_turns_the_sense_stands_on_both_sides() -> None:
    said = "1. Vốn: Vốn khu vực nhà nước 12 tỷ đồng, vốn khu vực ngoài nhà nước 45 tỷ đồng."
    material = opened(REPORT.replace("2. Thu ngân sách", f"{said}\n\n2. Thu ngân sách"))
    for question, right, wrong in (
        ("Vốn khu vực ngoài nhà nước bao nhiêu?", "45 tỷ đồng", "12 tỷ đồng"),
        ("Vốn khu vực nhà nước bao nhiêu?", "12 tỷ đồng", "45 tỷ đồng"),
    ):
        one, found = asked(question, material)
        turned = {
            s[2].figure.text: features(one, *s, rarity=material.rarity)[FEATURES.index("turned")]
            for s in found
            if s[2].figure.text in (right, wrong)
        }
        assert turned == {right: 0, wrong: 1}


def test_what_the_unit_or_the_role_says_need_not_be_asked() -> None:
    said = "3. Trồng trọt: Diện tích ngô 320 ha; tỷ trọng cây vụ đông 14,5%."
    material = opened(REPORT.replace("II. NHIỆM VỤ", f"{said}\n\nII. NHIỆM VỤ"))
    for question, figure in (("Trồng bao nhiêu ha ngô?", "320 ha"), ("Cây vụ đông chiếm bao nhiêu %?", "14,5%")):
        one, found = asked(question, material)
        seen_there = next(s for s in found if s[2].figure.text == figure)
        values = dict(zip(FEATURES, features(one, *seen_there, rarity=material.rarity), strict=True))
        assert values["extra"] + values["extra_carried"] == 0


def test_what_is_spoken_of_stands_before_the_figure() -> None:
    assert of("Đàn trâu và đàn bò đạt bao nhiêu phần trăm kế hoạch?", "97,3%")["lead"] > 0
    assert of("Đàn bò so với đàn trâu có bao nhiêu con?", "1.214 con")["lead"] == 0


def test_a_counted_noun_in_other_words_is_the_same_unit() -> None:
    said = "3. Hộ nghèo: Có 120 hộ nghèo; khách lưu trú 9.300 lượt."
    material = opened(REPORT.replace("II. NHIỆM VỤ", f"{said}\n\nII. NHIỆM VỤ"))
    for question, figure, name in (
        ("Có bao nhiêu nhà nghèo?", "120 hộ nghèo", "unit_same"),
        ("Bao nhiêu khách ngủ lại?", "9.300 lượt", "unit_named"),
    ):
        one, found = asked(question, material)
        there = next(s for s in found if s[2].figure.text == figure)
        assert features(one, *there, rarity=material.rarity)[FEATURES.index(name)] == 1


def test_aims_and_remainders_are_marked() -> None:
    assert of("Đàn bò có bao nhiêu con?", "3.700 con")["ahead"] == 1
    assert of("Tổng thu bao nhiêu?", "2,35 tỷ đồng")["rest"] == 1
    assert of("Thu khác bao nhiêu?", "2,35 tỷ đồng")["rest"] == 0


def test_units_that_agree_or_not() -> None:
    assert of("Đàn bò có bao nhiêu con?", "3.502 con")["unit_same"] == 1
    assert of("Đàn bò có bao nhiêu con?", "87,4 tỷ đồng")["unit_other"] == 1
    assert of("Tổng thu ngân sách bao nhiêu đồng?", "87,4 tỷ đồng")["unit_same"] == 1


AIMS = """ỦY BAN NHÂN DÂN
XÃ ĐỒI CAM

KẾ HOẠCH

Giảm nghèo năm 2031

I. MỤC TIÊU

a) Về đời sống

- Giảm 24 hộ cận nghèo; hiện có 61 hộ nghèo.

- Đón 900 lượt khách; lượng khách quốc tế 40 lượt.
"""


def test_an_aim_to_reduce_is_a_change_and_stands_under_no_name() -> None:
    told = ask("Xã phải giảm bao nhiêu hộ cận nghèo?", AIMS)
    assert isinstance(told, Draft)
    assert told.short_answer == "giảm 24 hộ cận nghèo"


def test_how_things_stand_is_no_aim() -> None:
    told = ask("Hiện có bao nhiêu lượt khách?", AIMS)
    assert isinstance(told, Abstention)


def test_ranking_once_more_gives_what_was_ranked() -> None:
    material = opened(REPORT)
    one = scorer(understand(QUESTIONS[0], places={}), material.rarity)
    again = scorer(understand(QUESTIONS[0], places={}), material.rarity)
    assert figure_candidates(one, material) is figure_candidates(again, material)


def test_a_floor_leaves_out_what_ranks_below_it() -> None:
    material = opened(REPORT)
    one = scorer(understand(QUESTIONS[0], places={}), material.rarity)
    ranked = figure_candidates(one, material)
    floor = ranked[0].score.rank
    assert figure_candidates(one, material, least=floor) == tuple(c for c in ranked if c.score.rank >= floor)


def test_the_standing_of_a_figure_is_its_score() -> None:
    material = opened(REPORT)
    one, found = asked(QUESTIONS[0], material)
    best = figure_candidates(one, material)[0]
    figure: Figure = found[0][2].figure
    assert best.figure is not None
    assert standing(one, material, best.figure.figure) == best.score
    assert standing(one, Material((), (), material.rarity), figure) is None


def test_what_a_change_is_set_against() -> None:
    said = "3. Cháy: Tháng 3 xảy ra 12 vụ cháy, tăng 03 vụ so với tháng trước, giảm 01 vụ so với cùng kỳ."
    material = opened(REPORT.replace("II. NHIỆM VỤ", f"{said}\n\nII. NHIỆM VỤ"))
    for question, base in (
        ("Số vụ cháy tăng mấy vụ so với tháng trước?", "tháng trước"),
        ("Số vụ cháy giảm mấy vụ so với cùng kỳ?", "cùng kỳ"),
    ):
        one, found = asked(question, material)
        for hit, passage, figure in found:
            if not figure.figure.text.endswith("vụ") or not figure.figure.base:
                continue
            values = dict(zip(FEATURES, features(one, hit, passage, figure, rarity=material.rarity), strict=True))
            right = figure.figure.base == base
            assert (values["base_same"], values["base_other"]) == (float(right), float(not right))


def test_a_figure_is_told_from_its_neighbour_by_the_words_beside_it() -> None:
    said = "3. Sát hạch: Tổ chức 5 kỳ, trượt lý thuyết 46 em, trượt thực hành 27 em."
    material = opened(REPORT.replace("II. NHIỆM VỤ", f"{said}\n\nII. NHIỆM VỤ"))
    one, found = asked("Trượt thực hành bao nhiêu em?", material)
    seen = {
        f.figure.text: dict(zip(FEATURES, features(one, h, p, f, rarity=material.rarity), strict=True))
        for h, p, f in found
    }
    assert seen["27 em"]["stands_by"] > 0 == seen["27 em"]["stands_off"]
    assert seen["46 em"]["stands_off"] > 0


def test_a_word_of_no_sort_counts_what_the_question_names() -> None:
    said = "3. Hồ sơ: Trực tuyến 3.571 hồ sơ; tước giấy phép 64 trường hợp."
    material = opened(REPORT.replace("II. NHIỆM VỤ", f"{said}\n\nII. NHIỆM VỤ"))
    for question, figure, name in (
        ("Hồ sơ nộp trực tuyến được mấy bộ?", "3.571 hồ sơ", "unit_same"),
        ("Bao nhiêu người bị tước giấy phép?", "64 trường hợp", "unit_person"),
    ):
        one, found = asked(question, material)
        there = next(s for s in found if s[2].figure.text == figure)
        assert features(one, *there, rarity=material.rarity)[FEATURES.index(name)] == 1
