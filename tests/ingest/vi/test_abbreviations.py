import pytest

from ingest.vi.abbreviations import abbreviations_of, defined, expand, expansions, is_ambiguous


def test_both_directions() -> None:
    assert expansions("TTHC") == expansions("tthc") == ("thủ tục hành chính",)
    assert expansions("hdnd") == ("hội đồng nhân dân",)
    assert expansions("xyz") == ()
    assert "TNGT" in abbreviations_of("tai nạn giao thông")
    assert "TNGT" in abbreviations_of("Tai nan giao thong")
    assert abbreviations_of("cái bàn") == ()


@pytest.mark.parametrize("token", ["TH", "HS", "KH", "CP", "CT", "TT", "ĐH", "NN"])
def test_ambiguous_ones(token: str) -> None:
    assert is_ambiguous(token)


def test_expand_decides_by_the_words_around() -> None:
    assert expand("số vụ TNGT") == "số vụ tai nạn giao thông"
    assert expand("tỷ lệ HS trực tuyến đúng hạn") == "tỷ lệ hồ sơ trực tuyến đúng hạn"
    assert expand("số HS giỏi cấp trường") == "số học sinh giỏi cấp trường"
    assert expand("HS", context=["trường", "giỏi"]) == "học sinh"
    assert expand("HS bao nhiêu") == "HS bao nhiêu"
    assert expand("ta và anh th") == "ta và anh th"


def test_a_text_explains_its_own() -> None:
    said = "Tổng mức bán lẻ hàng hóa và dịch vụ (TMBL) tăng; Ban Quản lý rừng phòng hộ (sau đây gọi tắt là BQLRPH)"
    assert defined(said) == (("TMBL", "tổng mức bán lẻ"), ("BQLRPH", "ban quản lý rừng phòng hộ"))
    assert defined("Hội đồng Kinh tế và Hợp tác (viết tắt: HĐKTHT)") == (("HĐKTHT", "hội đồng kinh tế và hợp tác"),)
    assert defined("Trụ sở (ABC), kinh phí (12 tỷ đồng)") == ()
