from __future__ import annotations

import pytest

from service.ground.wording import misplaced, turned, unlike

HERD = "Đàn bò 502 con, đạt 101% kế hoạch; đàn trâu 120 con, đạt 96% kế hoạch"
MONEY = "Thu ngân sách tháng 6 là 58,878 tỷ đồng, 06 tháng là 123,643 tỷ đồng"
FIRE = "xảy ra 18 vụ cháy, 22 vụ tai nạn"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Đàn trâu có 120 con", HERD),
        ("Toàn huyện có 120 con trâu và 502 con bò", HERD),
        ("Thu ngân sách 6 tháng là 123,643 tỷ đồng", MONEY),
        ("Thu ngân sách 6 tháng đạt 123.643 triệu đồng", MONEY),
        ("Có 22 vụ tai nạn", FIRE),
        (HERD, HERD),
    ],
)
def test_numbers_in_their_place(claim: str, quote: str) -> None:
    assert misplaced(claim, [quote]) == []


@pytest.mark.parametrize(
    ("claim", "quote", "bad"),
    [
        ("Đàn trâu có 502 con", HERD, "502 con"),
        ("Thu ngân sách tháng 6 là 123,643 tỷ đồng", MONEY, "123,643 tỷ đồng"),
        ("Có 18 vụ tai nạn", FIRE, "18 vụ"),
    ],
)
def test_numbers_with_the_words_of_another(claim: str, quote: str, bad: str) -> None:
    assert misplaced(claim, [quote]) == [bad]


def test_a_direction_has_to_be_said_or_signed() -> None:
    assert turned("Số vụ giảm 3 vụ", ["Số vụ tăng 3 vụ"]) == ["giảm"]
    assert turned("Số vụ tăng 3 vụ", ["Số vụ thấp hơn 3 vụ"]) == ["tăng"]
    assert turned("Giảm 3,1%", ["GRDP (-3,1%)"]) == []
    assert turned("Cao hơn 3 vụ", ["Số vụ tăng 3 vụ"]) == []
    assert turned("Công tác giảm nghèo bền vững", ["không nêu"]) == [], "no number falls"


def test_a_claim_shares_its_words_with_what_it_rests_on() -> None:
    quote = "Trao 12 suất quà cho hộ nghèo nhân dịp Tết"
    assert not unlike("Theo báo cáo, đã trao 12 suất quà cho các hộ nghèo", [quote])
    assert unlike("Khai trương chợ đầu mối phía bắc", [quote])
    assert not unlike("Chợ Đồi", [quote]), "too short to tell"
    assert not unlike("Khai trương chợ đầu mối", [quote, "Chợ đầu mối Đồi Cam"])
    assert not unlike("Báo cáo nêu ngược lại: chợ đầu mối Đồi Cam tạm dừng", ["chợ đầu mối Đồi Cam"])
