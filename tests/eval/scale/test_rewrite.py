from __future__ import annotations

import re
from random import Random

from eval.scale.places import Home
from eval.scale.rewrite import Rewriter
from ingest.parse.read import read_report

HOME = Home("Mộc Lâm", "huyện", "Sơn Hải", ("Tân An", "Bình Khê", "Lạc Thủy"))
TEXT = """BÁO CÁO
Kết quả phát triển kinh tế - xã hội quý I năm 2024 của huyện Vân Trạch

I. KẾT QUẢ

1. Nông nghiệp: xã Tân Khê gieo 4.152,8 ha lúa¹ tại xã Tân Khê trong tháng 3/2024, đạt 100,1% kế hoạch.

2. Đến ngày 31/3/2024 có 05 vụ [2], xây 12 nhà.
"""


def rewriter(*, year: int = 2021, quarter: int = 3, seed: int = 1) -> Rewriter:
    report = read_report(TEXT.encode(), name="a.txt")
    return Rewriter(report, HOME, year=year, quarter=quarter, chance=Random(seed))


def test_places_and_periods_move_together() -> None:
    other = rewriter()
    assert other("quý I năm 2024 của huyện Vân Trạch") == "quý III năm 2021 của huyện Mộc Lâm"
    assert other("HUYỆN VÂN TRẠCH, tháng 3 và tháng 12") == "HUYỆN MỘC LÂM, tháng 9 và tháng 6"
    assert other("xã Tân Khê") == "xã Tân An"
    assert re.fullmatch(r"đến 31/9/2021", other("đến 31/3/2024"))


def test_figures_keep_their_shape_and_equal_ones_stay_equal() -> None:
    other = rewriter()
    made = other("4.152,8 ha; 05 vụ; 4.152,8 ha")
    assert re.fullmatch(r"([1-9]\.\d{3},\d) ha; 0[1-9] vụ; \1 ha", made)
    assert made != "4.152,8 ha; 05 vụ; 4.152,8 ha"


def test_what_is_no_figure_stays() -> None:
    kept = "1. Nông nghiệp > 1.2. Thủy lợi\n3) ha¹ [2] km2, 6 tháng đầu năm, ngày 18"
    assert rewriter()(kept) == kept
