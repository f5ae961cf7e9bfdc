import pytest

from ingest.parse.pipe_heads import spans_of

PLAN = ["Kế hoạch", "Ước thực hiện"]


@pytest.mark.parametrize(
    ("upper", "lower", "width", "expected"),
    [
        # the only head that names nothing but a year holds its plan and its result
        (["STT", "Nội dung", "Năm 2031", "Dự toán 2032", "So sánh (%)"], PLAN, 6, (1, 1, 2, 1, 1)),
        # of ascending years it is the first: results come before what is planned
        (["STT", "Chỉ tiêu", "ĐVT", "Năm hiện hành 2031", "Năm 2032", "Năm 2033"], PLAN, 7, (1, 1, 1, 2, 1, 1)),
        # every head but the labels holds some: those of one year, and the years
        (["STT", "Nội dung", "Năm 2031", "Dự kiến 02 năm"], [*PLAN, "Năm 2032", "Năm 2033"], 6, (1, 1, 2, 2)),
        (["TT", "Nội dung", "Năm 2031"], ["Dự toán", "Thực hiện"], 4, (1, 1, 2)),
        # the only head of several years holds the years that lie in them
        (
            ["TT", "Chỉ tiêu", "Ước năm 2030", "Giai đoạn 2031 - 2033"],
            ["Năm 2031", "Năm 2032", "Năm 2033"],
            6,
            (1, 1, 1, 3),
        ),
        # which of them holds cannot be told
        (["STT", "Nội dung", "Năm 2031", "Năm 2032"], ["Kế hoạch", "Dự toán"], 5, None),
        (["STT", "Nội dung", "Năm 2033", "Năm 2032", "Năm 2031"], PLAN, 6, None),
        (["STT", "Nội dung", "Lúa", "Ngô", "Khoai"], ["Diện tích", "Sản lượng"], 6, None),
        (["STT", "Nội dung", "Năm 2031", "Năm 2032"], ["Kế hoạch", "Dự toán", "Ước", "Thực hiện"], 6, None),
        (["STT", "Nội dung", "Năm 2031"], [], 3, None),
        (["STT", "Nội dung", "Năm 2031"], ["Kế hoạch"], 9, None),
    ],
)
def test_the_columns_of_each_head(upper: list[str], lower: list[str], width: int, expected: tuple[int, ...]) -> None:
    assert spans_of(upper, lower, width) == expected
