from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eval.formats_text import Relocation, distance, letters, likeness, pairs
from ingest.domain import Span

SHORT = st.text(alphabet="abc1 ", max_size=12)


def slow_distance(first: str, second: str) -> int:
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, start=1):
        last, row[0] = row[0], i
        for j, other in enumerate(second, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (one != other))
    return row[-1]


@given(SHORT, SHORT)
def test_the_distance_is_levenshteins(first: str, second: str) -> None:
    assert distance(first, second) == slow_distance(first, second)


def test_it_goes_beyond_a_machine_word() -> None:
    assert distance("a" * 300, "a" * 100 + "b" + "a" * 199) == 1
    assert distance("x" * 200, "") == 200


def test_likeness() -> None:
    assert likeness("", "") == likeness("vụ", "vụ") == 1.0
    assert likeness("abcd", "abxd") == 0.75
    assert likeness("ab", "xy") == 0.0


def test_letters_leave_out_what_formats_write_differently() -> None:
    assert letters("* *Trồng trọt*: vụ\nXuân¹, [2] đạt") == letters("Trồng trọt: vụ Xuân đạt")


def test_letters_keep_what_makes_a_number() -> None:
    assert letters("đạt 5,3%") != letters("đạt 53%")
    assert letters("53/58 cống") != letters("5358 cống")
    assert letters("(-5)") != letters("(5)")
    assert letters("- 05 người") == letters("05 người")
    assert letters("năm 2023.") == letters("năm 2023")


def test_pairs_keep_the_order_of_both() -> None:
    assert pairs(["an", "bình", "cao"], ["bình", "cao", "an"], likeness) == [(1, 0), (2, 1)]
    assert pairs(["mục một", "mục hai"], ["mục môt", "khác hẳn"], likeness) == [(0, 0)]
    assert pairs([], ["a"], likeness) == []


def moved(original: str, other: str, piece: str, *, which: int = 0) -> str | None:
    start = -1
    for _ in range(which + 1):
        start = original.index(piece, start + 1)
    spans = Relocation(original, other)(Span(start, start + len(piece)))
    return " | ".join(span.of(other) for span in spans) or None


def test_a_piece_is_found_across_line_breaks_and_marks() -> None:
    assert moved("vụ Xuân¹ đạt 110,3 ha.", "Có vụ\nXuân đạt\n110,3 ha.", "Xuân¹ đạt 110,3 ha") == "Xuân đạt\n110,3 ha"


def test_a_misread_piece_is_found_and_an_absent_one_is_not() -> None:
    other = "Trong quý, xảy ra l8 vu tai nạn giao thông, 03 người chết. Hết."
    assert moved("Quý I, xảy ra 18 vụ tai nạn giao thông.", other, "xảy ra 18 vụ tai nạn giao thông") == (
        "xảy ra l8 vu tai nạn giao thông"
    )
    assert moved("Ông Nguyễn Văn A ký ban hành.", other, "Nguyễn Văn A ký ban hành") is None


def test_of_equal_pieces_the_one_with_the_same_surroundings() -> None:
    original = "Huyện A có 5 vụ cháy rừng lớn. Huyện B có 5 vụ đuối nước."
    other = "Huyện B có 5 vụ đuối nước. Huyện A có 5 vụ cháy rừng lớn."
    (found,) = Relocation(original, other)(Span(original.rindex("5 vụ"), original.rindex("5 vụ") + 4))
    assert found.start == other.index("5 vụ")


def test_equal_pieces_go_to_one_each() -> None:
    original = "Số: 98/BC-UBND. Căn cứ luật. (Kèm theo Báo cáo số 98/BC-UBND)"
    other = "An Bình, ngày 18 Số: 98/BC-UBND tháng 3. Căn cứ luật. (Kèm theo Báo cáo số 98/BC-UBND)"
    places = [original.index("98/"), original.rindex("98/")]
    found = [Relocation(original, other)(Span(at, at + 10))[0].start for at in places]
    assert found == [other.index("98/"), other.rindex("98/")]


def test_a_piece_that_a_page_end_cuts_is_found_in_two() -> None:
    original = "Số tiền chậm đóng 4 tỷ 395 triệu đồng."
    other = "Số tiền chậm\n\n¹ Chú thích của trang.\n\nđóng 4 tỷ 395 triệu đồng."
    assert moved(original, other, original[:-1]) == "Số tiền chậm | đóng 4 tỷ 395 triệu đồng"


def test_a_piece_without_letters_is_nowhere() -> None:
    assert Relocation("a - b", "a - b")(Span(1, 4)) == ()
