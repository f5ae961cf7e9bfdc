"""Repair of typed text: what is put right, and what must stay as typed."""

from __future__ import annotations

import unicodedata

import pytest

from ingest.vi.normalise import fold
from service.understand.lexicon import Lexicon, lexicon
from service.understand.typing import accented, repair

REPORT = (
    "trong quý i toàn huyện vân trạch xảy ra 14 vụ tai nạn giao thông làm 05 người chết thu ngân sách nhà nước đạt"
    " 108 tỷ đồng học sinh giỏi cấp tỉnh số hộ nghèo còn 397 hộ đàn gia cầm có 95 nghìn con diện tích lúa xuân 1284 ha"
    " đường giao thông nông thôn xã an lãng bê tông hóa sản phẩm thủy sản quỹ đất vụ cháy tại cơ sở kinh doanh"
    " bảo hiểm y tế năm 2024 "
)


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon([REPORT])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tai nanj giao thoong quys I cos bao nhieeu vuj", "tai nạn giao thông quý I có bao nhiêu vụ"),
        ("tai na5n giao tho6ng quy1 I co1 bao nhie6u vu5", "tai nạn giao thông quý I có bao nhiêu vụ"),
        ("quy1 co bao nhieu vu tai nan giao thong", "quy 1 co bao nhieu vu tai nan giao thong"),
        ("quýI có mấy vụ tai nạngiao thông??", "quý I có mấy vụ tai nạn giao thông?"),
        ("quý Inăm 2024 thu ngânsách", "quý I năm 2024 thu ngân sách"),
        ("14vụ tai nạn", "14 vụ tai nạn"),
        ("thu ngân sách huyệnvân trạch", "thu ngân sách huyện vân trạch"),
        ("tainangiaothong quy 1", "tai nan giao thong quy 1"),
        ("thuỷsản tháng3", "thuỷ sản tháng 3"),
        ("tổng thu BHYTđạt bao nhiêu", "tổng thu BHYT đạt bao nhiêu"),
        ("số vụ tai nãn giao thông", "số vụ tai nạn giao thông"),
        ("tai nạn gaio thông", "tai nạn giao thông"),
        ("thu ngân sácg nhà nước được boa nhiêu", "thu ngân sách nhà nước được bao nhiêu"),
        ("Qúy I có mấy vụ cháy", "Quý I có mấy vụ cháy"),
        ("hộ ngèo còn bao nhiêuu", "hộ nghèo còn bao nhiêu"),
        ("hoc sinh giỏi cấp tinh", "học sinh giỏi cấp tỉnh"),
        ("tai nan giao thông quý I có bao nhiêu vụ", "tai nạn giao thông quý I có bao nhiêu vụ"),
        ("TAI NẠN GAIO THÔNG", "TAI NẠN GIAO THÔNG"),
        ("ｑｕý Ⅰ có\u200b mấy vụ", "quý I có mấy vụ"),
        ("số hộ nghèo còn nhiêu", "số hộ nghèo còn bao nhiêu"),
        ("số hộ nghèo còn bao lăm", "số hộ nghèo còn bao nhiêu"),
        ("nang suat tai nna giao thong", "nang suat tai nan giao thong"),
    ],
)
def test_put_right(known: Lexicon, typed: str, meant: str) -> None:
    assert repair(typed, known) == meant
    assert repair(meant, known) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Đàn ngựa của huyện có bao nhiêu con?",  # an ordinary word no report has
        "Có bao nhiêu vụ lừa đảo?",
        "Quý I có bao nhiêu vụ ly hôn?",
        "Hai vụ cháy ngày mai thế nào?",
        "thu ngân sách huyện phú xuyên",  # a name no report has
        "Xã Du Lế có bao nhiêu hộ nghèo?",
        "diện tích 4.000 m2, km2, QL10, H5N1 năm 2024",
        "Quyết định số 12/QĐ-UBND ngày 05/12/2023",
        "BHYT, HTX, GRDP và FDI tăng 12,5%",
        "Bê tông hóa đường giao thông",
        "Bao nhiêu hộ nghèo, BAO NHIÊU vụ cháy?",
        "quý I, quý II và quý III/2024",
    ],
)
def test_left_alone(known: Lexicon, question: str) -> None:
    assert repair(question, known) == question
    assert repair(fold(question), known) == fold(question)


def test_men_are_no_year(known: Lexicon) -> None:
    assert repair("Có bao nhiêu nam giới dự họp?", known) == "Có bao nhiêu nam giới dự họp?"
    assert "năm 2024" in repair("Thu ngân sách nam 2024 bao nhiêu?", known)


def test_decomposed_letters_are_composed(known: Lexicon) -> None:
    question = "Số vụ tai nạn giao thông?"
    assert repair(unicodedata.normalize("NFD", question), known) == question


def test_no_reports_and_odd_text() -> None:
    empty = lexicon(())
    assert repair("Tai nạn giao thông?", empty) == "Tai nạn giao thông?"
    assert [repair(text, empty) for text in ("", "???", "1 2 3", "💥")] == ["", "?", "1 2 3", "💥"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quy I co bao nhieu vu tai nan giao thong", "quý I có bao nhiêu vụ tai nạn giao thông"),
        ("con bao nhieu ho ngheo", "còn bao nhiêu hộ nghèo"),
        ("thu ngan sach thi sao", "thu ngân sách thì sao"),
        ("Thu ngân sách dat bao nhiêu", "Thu ngân sách dat bao nhiêu"),  # typed with accents: left to repair
        ("xuzaq brelo", "xuzaq brelo"),
        ("", ""),
    ],
)
def test_accents_left_out_everywhere_are_put_back(known: Lexicon, typed: str, meant: str) -> None:
    assert accented(typed, known) == meant


def test_restoring_changes_nothing_but_accents(known: Lexicon) -> None:
    for question in ("DU AN DH 12 CON BAO NHIEU MET", "huyen van trach co may vu chay nam 2024"):
        assert fold(accented(question, known)) == fold(question)
