"""Printed pages made of words with places: what layout alone tells."""

from __future__ import annotations

from itertools import pairwise

from ingest.parse.assemble import DOUBTFUL_BELOW, assemble
from ingest.parse.blocks import Block, Grid, Source
from ingest.parse.printed import PrintedPage, PrintedWord, Rule

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 540.0


def row(
    text: str, top: float, *, left: float = LEFT, right: float | None = None, size: float = 14
) -> list[PrintedWord]:
    """Return the words of a line; ``right`` stretches its blanks so that it ends there."""
    words = text.split()
    widths = [0.4 * size * len(word.lstrip("^")) for word in words]
    blank = 0.25 * size
    if right is not None and len(words) > 1:
        blank = (right - left - sum(widths)) / (len(words) - 1)
    placed: list[PrintedWord] = []
    at = left
    for word, width in zip(words, widths, strict=True):
        if word.startswith("^"):  # a raised mark, glued to the word before it
            at = placed[-1].right if placed else at
            placed.append(PrintedWord(word[1:], at, top - 4, at + 4, top + 4, 0.6 * size, raised=True))
            at += 4 + blank
        else:
            placed.append(PrintedWord(word, at, top, at + width, top + size, size))
            at += width + blank
    return placed


def page(*rows: list[PrintedWord], number: int = 1, rules: tuple[Rule, ...] = ()) -> PrintedPage:
    return PrintedPage(number, WIDTH, HEIGHT, tuple(word for one in rows for word in one), rules)


def texts(source: Source) -> list[str]:
    return [item.span.of(source.text) for item in source.items if isinstance(item, Block)]


def test_nothing_gives_nothing() -> None:
    assert assemble([], format="pdf").items == ()
    assert assemble([page()], format="pdf").text == ""


def test_lines_become_paragraphs_by_indent_and_room() -> None:
    source = assemble(
        [
            page(
                row("Thu ngân sách quý một đạt kết quả khá so với", 100, left=LEFT + 36, right=RIGHT),
                row("cùng kỳ năm trước và kế hoạch huyện giao", 118, right=RIGHT),
                row("trong năm.", 136),
                row("Chi ngân sách bảo đảm đúng dự toán được giao", 154, left=LEFT + 36, right=RIGHT),
                row("đầu năm.", 172),
            )
        ],
        format="pdf",
    )
    assert texts(source) == [
        "Thu ngân sách quý một đạt kết quả khá so với cùng kỳ năm trước và kế hoạch huyện giao trong năm.",
        "Chi ngân sách bảo đảm đúng dự toán được giao đầu năm.",
    ]


def test_notes_at_the_foot_of_a_page_are_bound_by_their_raised_labels() -> None:
    source = assemble(
        [
            page(
                row("Vụ xuân toàn huyện trồng 120 ha rừng, thu 14 tỷ đồng ^1 và", 100, right=RIGHT),
                row("cấp 5.400 m ^2 đất ở cho 12 hộ. ^2", 118),
                row("^1 Gồm cả phần của xã.", 760, size=10),
                row("^2 Tính đến ngày 15/3, trong đó có 03 hộ nghèo và 02 hộ cận", 774, right=RIGHT, size=10),
                row("nghèo.", 788, size=10),
            )
        ],
        format="pdf",
    )
    assert "đồng¹ và" in source.text
    assert "5.400 m² đất" in source.text
    assert [(note.label, note.spans[0].of(source.text)) for note in source.notes] == [
        ("1", "Gồm cả phần của xã."),
        ("2", "Tính đến ngày 15/3, trong đó có 03 hộ nghèo và 02 hộ cận nghèo."),
    ]


def test_a_note_that_goes_on_overleaf_is_one_note() -> None:
    body = row("Toàn huyện có 12 trường đạt chuẩn quốc gia mức độ một trở lên. ^1", 100)
    more = row("Chất lượng giáo dục được giữ vững, nhiều học sinh đạt giải cấp tỉnh.", 130)
    source = assemble(
        [
            page(body, more, row("^1 Trong đó bậc tiểu học có 07 trường, bậc trung học", 788, right=RIGHT, size=10)),
            page(
                row("Y tế được quan tâm đầu tư, trạm y tế các xã được sửa chữa.", 100),
                row("Công tác dân số tiếp tục được triển khai.", 130),
                row("cơ sở có 05 trường.", 774, size=10),
                number=2,
                rules=(Rule(LEFT, 768, LEFT + 150, 768.7),),
            ),
        ],
        format="pdf",
    )
    (note,) = source.notes
    assert [span.of(source.text) for span in note.spans] == [
        "Trong đó bậc tiểu học có 07 trường, bậc trung học",
        "cơ sở có 05 trường.",
    ]


def test_the_notes_of_a_page_stand_before_the_paragraph_its_end_cuts() -> None:
    source = assemble(
        [
            page(
                row("Công tác phòng cháy được duy trì. ^1", 100),
                row("Trong quý xảy ra 06 vụ cháy nhỏ, làm hư hỏng một số tài sản, không có", 130, right=RIGHT),
                row("^1 Gồm cả rừng.", 774, size=10),
            ),
            page(
                row("người bị thương (giảm 02 vụ).", 100),
                row("Công tác dân vận tiếp tục được đổi mới.", 130, left=LEFT + 36),
                number=2,
            ),
        ],
        format="pdf",
    )
    assert texts(source) == [
        "Công tác phòng cháy được duy trì.¹",
        "¹ Gồm cả rừng.",
        "Trong quý xảy ra 06 vụ cháy nhỏ, làm hư hỏng một số tài sản, không có người bị thương (giảm 02 vụ).",
        "Công tác dân vận tiếp tục được đổi mới.",
    ]
    first, second = (one.span.of(source.text) for one in source.pages)
    assert first.endswith("không có") and second.lstrip().startswith("người bị thương")


def test_a_page_of_one_paragraph_cut_at_both_ends_keeps_its_notes_at_its_end() -> None:
    line = "thực hiện tốt các nhiệm vụ được giao trong năm và chuẩn bị cho năm sau"
    source = assemble(
        [
            page(row(line, 100, right=RIGHT)),
            page(
                row(line, 100, right=RIGHT),
                row(f"{line} ^1", 118, right=RIGHT),
                row("^1 Kể cả xã.", 774, size=10),
                number=2,
            ),
            page(row("các xã.", 100), number=3),
        ],
        format="pdf",
    )
    assert texts(source) == [f"{line} {line} {line}¹", "¹ Kể cả xã.", "các xã."]
    assert [item.goes_on for item in source.items if isinstance(item, Block)] == [False, False, True]


def test_a_signature_block_that_a_page_end_cuts_stays_in_two_columns() -> None:
    source = assemble(
        [
            page(
                row("Trên đây là báo cáo kết quả.", 600),
                row("Nơi nhận:", 700) + row("TM. ỦY BAN NHÂN DÂN", 700, left=340),
                row("- Sở Nội vụ;", 720) + row("CHỦ TỊCH", 720, left=380),
                row("^1 Kể cả xã.", 774, size=10),
            ),
            page(row("- Lưu: VT.", 60) + row("Nguyễn Văn Thử", 60, left=370), number=2),
        ],
        format="pdf",
    )
    assert [item.cell for item in source.items if isinstance(item, Block)] == [None, 1, 1, 2, 2, None, 1, 2]
    assert texts(source)[-2:] == ["- Lưu: VT.", "Nguyễn Văn Thử"]


def test_what_stands_in_brackets_below_a_title_is_no_part_of_it() -> None:
    title = row("CHỈ TIÊU KINH TẾ NĂM 2024", 130, left=200)
    source = assemble(
        [page(row("Phụ lục I", 100, left=280), title, row("(Kèm theo Báo cáo số 12/BC-UBND)", 148, left=190))],
        format="pdf",
    )
    assert texts(source)[-2:] == ["CHỈ TIÊU KINH TẾ NĂM 2024", "(Kèm theo Báo cáo số 12/BC-UBND)"]


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        page(
            row(str(number), 30, left=290),
            row("UBND huyện Thử", 46),
            row(f"Đoạn văn của trang thứ {number} trong báo cáo.", 100),
            number=number,
        )
        for number in range(1, 5)
    ]
    source = assemble(pages, format="pdf")
    assert texts(source) == [f"Đoạn văn của trang thứ {number} trong báo cáo." for number in range(1, 5)]
    assert [(issue.code, issue.message[:6]) for issue in source.issues] == [("page-furniture", "Có 4 d")]


def grid(xs: list[float], ys: list[float]) -> tuple[Rule, ...]:
    return (
        *(Rule(a, y, b, y) for y in ys for a, b in pairwise(xs)),
        *(Rule(x, a, x, b) for x in xs for a, b in pairwise(ys)),
    )


def test_ruled_tables_become_grids_with_joined_cells() -> None:
    xs, ys = [85.0, 250.0, 350.0, 450.0], [100.0, 120.0, 140.0, 160.0]
    rules = tuple(
        r
        for r in grid(xs, ys)
        # "Chỉ tiêu" stands over two rows, "Năm 2024" over two columns
        if not (r.left == 85.0 and r.right == 250.0 and r.top == 120.0)
        and not (r.left == r.right == 350.0 and r.top == 100.0)
    )
    source = assemble(
        [
            page(
                row("Chỉ tiêu", 103, left=90, size=12),
                row("Năm 2024", 103, left=320, size=12),
                row("Kế hoạch", 123, left=260, size=12),
                row("Thực hiện", 123, left=360, size=12),
                row("Đàn bò", 143, left=90, size=12),
                row("1.200", 143, left=260, size=12),
                row("1.150", 143, left=360, size=12),
                rules=rules,
            )
        ],
        format="pdf",
    )
    (table,) = source.items
    assert isinstance(table, Grid)
    assert [[cell.of(source.text) for cell in one.cells] for one in table.rows] == [
        ["Chỉ tiêu", "Năm 2024", ""],
        ["", "Kế hoạch", "Thực hiện"],
        ["Đàn bò", "1.200", "1.150"],
    ]
    assert table.header_rows == 2


def test_unclear_digits_of_a_scan_are_doubtful() -> None:
    clear = PrintedWord("120", 85, 100, 110, 114, 14, confidence=DOUBTFUL_BELOW)
    unclear = PrintedWord("8.128", 120, 100, 150, 114, 14, confidence=DOUBTFUL_BELOW - 0.01)
    word = PrintedWord("hộ", 160, 100, 175, 114, 14, confidence=0.1)
    source = assemble([PrintedPage(1, WIDTH, HEIGHT, (clear, unclear, word), scanned=True)], format="pdf")
    assert [span.of(source.text) for span in source.doubtful] == ["8.128"]
    assert source.pages[0].scanned


def test_a_mark_of_secrecy_in_a_running_head_is_seen() -> None:
    pages = [
        page(row("TỐI MẬT", 40, left=400), row(f"Đoạn văn số {number} của báo cáo được trình bày.", 100), number=number)
        for number in range(1, 4)
    ]
    source = assemble(pages, format="pdf")
    assert "MẬT" not in source.text
    assert source.stamps == ("TỐI MẬT",) * 3
