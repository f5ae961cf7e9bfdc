"""What the doctor says of a model's texts."""

from __future__ import annotations

from ingest.model_texts import Segmenter, TextForm, TextRules
from service.cli_doctor import described


def test_the_rules_of_texts_are_told() -> None:
    assert described(TextRules()) == "không thêm tiền tố; chữ thường; không tách từ; không cắt"
    e5 = TextRules("query: ", "passage: ", 512, TextForm.AS_WRITTEN, known_as="intfloat/multilingual-e5-base")
    assert described(e5) == (
        "thêm trước câu hỏi 'query: ', trước đoạn 'passage: '; chữ như bản gốc; không tách từ; cắt ở 512 token; "
        "theo bảng: intfloat/multilingual-e5-base"
    )
    assert "tách từ bằng pyvi" in described(TextRules(segmenter=Segmenter.PYVI))
