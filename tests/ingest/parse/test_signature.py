from __future__ import annotations

from textwrap import dedent

import pytest

from ingest.domain import ReportMeta
from ingest.parse.read import read_report


def meta(block: str) -> ReportMeta:
    raw = "UBND HUYỆN X\nBÁO CÁO\nTình hình quý I năm 2024\n\nI. KẾT QUẢ\n\nTốt./.\n\n" + dedent(block).strip()
    return read_report(raw.encode(), name="a.txt").meta


def test_one_column_after_the_other() -> None:
    found = meta(
        """
        Nơi nhận:
        - UBND tỉnh;
        - Các phòng, ban,
        đơn vị;
        - Lưu: VT.

        } (Báo cáo)

        TM. ỦY BAN NHÂN DÂN
        KT. CHỦ TỊCH
        PHÓ CHỦ TỊCH

        Nguyễn Thị Thu Hà
        """
    )
    assert (found.signer, found.signer_role) == ("Nguyễn Thị Thu Hà", "PHÓ CHỦ TỊCH")
    assert found.recipients == ("UBND tỉnh", "Các phòng, ban, đơn vị", "Lưu: VT")
    assert set(found.spans) >= {"signer", "signer_role", "recipients"}


@pytest.mark.parametrize(
    ("block", "signer"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nĐỖ KHẮC LÃM", "ĐỖ KHẮC LÃM"),
        ("KT. CỤC TRƯỞNG\nPHÓ CỤC TRƯỞNG\nThS. Trần Văn Ba", "ThS. Trần Văn Ba"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Bình", "Lê Bình"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", ""),
    ],
)
def test_names(block: str, signer: str) -> None:
    assert meta(block).signer == signer


def test_two_cells() -> None:
    found = meta("|\n*Nơi nhận:*\n- Sở KH&ĐT;\n- Lưu: VT.\n|\n**KT. CHỦ TỊCH**\nPHÓ CHỦ TỊCH\n**Trần Văn Ba**\n|\n")
    assert found.recipients == ("Sở KH&ĐT", "Lưu: VT")
    assert (found.signer, found.signer_role) == ("Trần Văn Ba", "PHÓ CHỦ TỊCH")


def test_two_columns_typed_into_one_line_each() -> None:
    found = meta(
        """
        Nơi nhận:                          TM. ỦY BAN NHÂN DÂN
        - UBND tỉnh;                       KT. CHỦ TỊCH
        - Các phòng, ban;                  PHÓ CHỦ TỊCH
        - Lưu: VT.

                                           Trần Văn Ba
        """
    )
    assert (found.signer, found.signer_role) == ("Trần Văn Ba", "PHÓ CHỦ TỊCH")
    assert found.recipients == ("UBND tỉnh", "Các phòng, ban", "Lưu: VT")


def test_no_block_at_all() -> None:
    found = meta("Hết báo cáo.")
    assert (found.signer, found.signer_role, found.recipients) == ("", "", ())


def test_an_office_and_a_name_alone_end_a_report() -> None:
    found = meta("TRƯỞNG TRẠM\n\nBs. Lê Thu An")
    assert (found.signer, found.signer_role, found.recipients) == ("Bs. Lê Thu An", "TRƯỞNG TRẠM", ())
    assert meta("GIÁM ĐỐC\n\nđã duyệt bảng lương.").signer == ""
