from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.domain import Severity
from ingest.parse.blocks import Block
from ingest.parse.sniff import decode
from ingest.parse.text import read_text
from tests.ingest.vi.legacy_made import to_tcvn3, to_viqr, to_vni

WRAPPED = """\
**I. KẾT QUẢ THỰC HIỆN
NHIỆM VỤ TRONG NĂM CỦA TỈNH**

- Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng ước cả năm đạt
206.000 tỷ đồng, tốc độ tăng bình quân của cả giai đoạn đạt từ 05
- 06%/năm so với kế hoạch đề ra từ đầu nhiệm kỳ của hội đồng nhân dân.
- Sản lượng nuôi trồng và khai thác thủy sản tăng khá so với cùng kỳ năm
trước, đạt kế hoạch theo Nghị quyết
số 12/NQ-HĐND của hội đồng nhân dân tỉnh.
"""


def blocks(raw: str) -> list[Block]:
    return [item for item in read_text(raw, format_name="txt").items if isinstance(item, Block)]


def texts(raw: str) -> list[str]:
    source = read_text(raw, format_name="txt")
    return [item.span.of(source.text) for item in source.items]


def leads(raw: str) -> list[tuple[str, bool, bool]]:
    return [(raw[one.span.start : one.lead], one.bold, one.star) for one in blocks(raw)]


def test_wrapped_lines_are_one_paragraph_and_the_text_keeps_them() -> None:
    assert read_text(WRAPPED, format_name="md").text == WRAPPED
    found = texts(WRAPPED)
    assert len(found) == 3
    assert "từ 05\n- 06%/năm" in found[1]
    assert found[2].startswith("- Sản lượng") and found[2].endswith("tỉnh.")


def test_lines_of_an_unwrapped_text_are_paragraphs() -> None:
    assert texts("Trâu: 78 con\nBò: 96 con\nLợn: 89 con\n\nDê: 4 con\nGà: 9 con") == [
        "Trâu: 78 con",
        "Bò: 96 con",
        "Lợn: 89 con",
        "Dê: 4 con",
        "Gà: 9 con",
    ]


def test_rules_and_leftover_stars_are_no_paragraphs() -> None:
    assert texts("Một\n\n** **\n\n-------\n____\n....\n\nHai") == ["Một", "Hai"]


def test_emphasis_at_the_beginning() -> None:
    assert leads("**Đậm** rồi thường") == [("**Đậm**", True, False)]
    assert leads("*Nghiêng*: rồi thường") == [("*Nghiêng*", False, False)]
    assert leads("Chữ *nghiêng* ở giữa") == [("", False, False)]
    assert leads("- **Đậm**: thường") == [("- **Đậm**", True, False)]


def test_hand_typed_stars() -> None:
    assert leads("* *Chăn nuôi*: đàn bò") == [("* *Chăn nuôi*", False, True)]
    assert leads("** Về thu ngân sách*") == [("** Về thu ngân sách", False, True)]
    assert leads("* Thu ngân sách đạt khá") == [("", False, True)]


def test_hashes_and_edit_links_are_left_out() -> None:
    raw = "## Kinh tế\n\n[sửa | sửa mã nguồn]Năm 2018"
    assert texts(raw) == ["Kinh tế", "Năm 2018"]
    assert [one.depth for one in blocks(raw)] == [2, 0]


def test_an_empty_text_has_no_blocks() -> None:
    assert texts("") == [] and texts("\n\n \n") == []


@pytest.mark.parametrize("make", [to_tcvn3, to_vni, to_viqr])
def test_old_encodings_read_as_their_original(make: Callable[[str], str]) -> None:
    text = "I. Kết quả\n\nTổng diện tích gieo trồng ước đạt 1.214,5 ha, bằng 98,3% kế hoạch của huyện năm 2004.\n"
    made = make(text).encode("latin-1")
    found = read_text(decode(made), format_name="txt")
    assert found.text == text
    assert [(issue.code, issue.severity) for issue in found.issues] == [("legacy-encoding", Severity.INFO)]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_unicode_however_it_was_saved(codec: str) -> None:
    text = "Tổng diện tích gieo trồng ước đạt 1.214,5 ha\n"
    assert read_text(decode(text.encode(codec)), format_name="txt").text == text
