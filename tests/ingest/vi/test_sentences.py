from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.vi.sentences import clauses, sentences


def check(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_sentences_end_at_stops_only() -> None:
    check("Thu đạt 1.250,5 tỷ đồng. Chi đạt 80%. Còn nợ?", ["Thu đạt 1.250,5 tỷ đồng.", "Chi đạt 80%.", "Còn nợ?"])
    check("2.3. Về y tế: Khám 5 người.", ["2.3. Về y tế: Khám 5 người."])
    check("Tại Tp. Hà Nội và TP. Huế có mưa.", ["Tại Tp. Hà Nội và TP. Huế có mưa."])
    check("KT. CHỦ TỊCH", ["KT. CHỦ TỊCH"])
    check("Trồng lúa, ngô... Nuôi cá.", ["Trồng lúa, ngô... Nuôi cá."])
    check("Đến 24.6.2022 đạt 3 tấn.Tình hình ổn.", ["Đến 24.6.2022 đạt 3 tấn.", "Tình hình ổn."])
    check("Giai đoạn 2023 - 2025. kiểm tra", ["Giai đoạn 2023 - 2025.", "kiểm tra"])
    check("Hết năm 2024./.", ["Hết năm 2024./."])
    check("  ", [])


def test_clauses() -> None:
    text = "có 12,5 ha lúa, 3 ha ngô (tăng 1 ha); tăng 2 lượt và giảm 9 người"
    assert [text[a:b] for a, b in clauses(text)] == [
        "có 12,5 ha lúa",
        "3 ha ngô",
        "tăng 1 ha",
        "tăng 2 lượt",
        "và giảm 9 người",
    ]


@settings(deadline=None)
@given(st.text(alphabet='aĐ5 .,;()!?…vàTp\n"', max_size=60))
def test_nothing_but_blanks_and_separators_is_lost(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    for start, end in found:
        inner = clauses(text[start:end])
        assert all(a < b <= end - start for a, b in inner)
        assert all(first[1] <= second[0] for first, second in pairwise(inner))
