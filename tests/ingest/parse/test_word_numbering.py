"""Automatic numbers in all their forms, as a reader sees them."""

from __future__ import annotations

import pytest

from ingest.parse.docx import read_docx
from tests.ingest.parse.word_files import cell, docx, para, part, styles, table


def level(number: int, form: str, text: str, more: str = "", form_more: str = "") -> str:
    """Return one w:lvl; ``more``: further settings, ``form_more``: attributes of w:numFmt."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"{form_more}/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, lists: str = "", abstract: str = "") -> dict[str, str]:
    own = f'<w:abstractNum w:abstractNumId="1">{"".join(levels)}</w:abstractNum>'
    usual = '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    return {"numbering.xml": part("numbering", own + abstract + usual + lists)}


def item(text: str, at: int = 0, list_id: int = 5) -> str:
    return para(text, settings=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


def lines(body: str, parts: dict[str, str]) -> list[str]:
    return read_docx(docx(body, parts)).text.split("\n\n")


@pytest.mark.parametrize(
    ("form", "text", "count", "last"),
    [
        ("upperRoman", "%1.", 4, "IV. M"),
        ("lowerRoman", "(%1)", 3, "(iii) M"),
        ("upperLetter", "%1-", 28, "BB- M"),
        ("lowerLetter", "%1)", 3, "c) M"),
        ("decimalZero", "%1.", 3, "03. M"),
        ("vietnameseCounting", "Phần %1:", 21, "Phần Hai mươi mốt: M"),
        ("none", "Điều", 2, "Điều M"),
        ("decimal", "Bảng %1.", 12, "Bảng 12. M"),
    ],
)
def test_forms_of_numbers(form: str, text: str, count: int, last: str) -> None:
    assert lines(item("M") * count, numbering(level(0, form, text)))[-1] == last


def test_a_custom_format_lists_its_own_numbers() -> None:
    parts = numbering(level(0, "custom", "%1)", form_more=' w:format="a, b, c, d, đ, e, g, h"'))
    assert [line[:2] for line in lines(item("M") * 6, parts)] == ["a)", "b)", "c)", "d)", "đ)", "e)"]
    wide = numbering(level(0, "custom", "%1.", form_more=' w:format="001, 002, 003, ..."'))
    assert lines(item("M") * 12, wide)[-1] == "012. M"


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("\uf0b7", "Symbol", "• M"),
        ("\uf02d", "Symbol", "- M"),
        ("-", "Times New Roman", "- M"),
        ("\uf0a7", "Wingdings", "• M"),
        ("\uf0d8", "Wingdings", "• M"),
        ("\uf0fc", "Wingdings", "• M"),
        ("o", "Courier New", "◦ M"),
        ("+", "Arial", "+ M"),
        ("", "Arial", "M"),
    ],
)
def test_bullets_are_those_of_typed_lists(text: str, font: str, shown: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    assert lines(item("M"), numbering(level(0, "bullet", text, fonts))) == [shown]


def test_what_stands_behind_a_number() -> None:
    nothing, space = '<w:suff w:val="nothing"/>', '<w:suff w:val="space"/>'
    parts = numbering(level(0, "decimal", "%1.", nothing), level(1, "decimal", "%1.%2", space))
    assert lines(item("M") + item("N", 1), parts) == ["1.M", "1.1 N"]


def test_restarts_and_legal_numbers() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    parts = numbering(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", never), level(2, "decimal", "%1.%3", "<w:isLgl/>")
    )
    order = [("A", 0), ("B", 1), ("C", 0), ("D", 1), ("E", 2)]
    assert lines("".join(item(t, n) for t, n in order), parts) == ["I. A", "1. B", "II. C", "2. D", "2.1 E"]


def override(identity: int, inside: str) -> str:
    inside = f'<w:lvlOverride w:ilvl="0">{inside}</w:lvlOverride>'
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="1"/>{inside}</w:num>'


def test_a_list_may_start_over_or_have_levels_of_its_own() -> None:
    lists = override(6, '<w:startOverride w:val="3"/>') + override(7, level(0, "lowerLetter", "%1)"))
    body = item("A") + item("B") + item("C", 0, 6) + item("D", 0, 6) + item("E", 0, 7)
    found = lines(body, numbering(level(0, "decimal", "%1."), lists=lists))
    assert found == ["1. A", "2. B", "3. C", "4. D", "e) E"]


def style(identity: str, name: str, at: int | None, basis: str = "paragraph") -> str:
    place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    settings = f'<w:pPr><w:numPr>{place}<w:numId w:val="5"/></w:numPr></w:pPr>'
    return f'<w:style w:type="{basis}" w:styleId="{identity}"><w:name w:val="{name}"/>{settings}</w:style>'


def test_styles_carry_numbers() -> None:
    sheet = styles(style("u1", "heading 1", None) + style("u2", "heading 2", 1) + style("Muc", "Mục", None))
    linked = level(2, "lowerLetter", "%3)", '<w:pStyle w:val="Muc"/>')
    parts = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), linked)
    order = [("A", "u1"), ("B", "u2"), ("C", "Muc"), ("D", "Muc"), ("E", "u1")]
    body = "".join(para(text, settings=f'<w:pStyle w:val="{name}"/>') for text, name in order)
    none = para("F", settings='<w:pStyle w:val="u1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body + none, parts | {"styles.xml": sheet}) == ["I. A", "1. B", "a) C", "b) D", "II. E", "F"]


def test_a_list_that_a_style_stands_for() -> None:
    sheet = styles(style("Kieu", "Kiểu", None, "numbering").replace('numId w:val="5"', 'numId w:val="8"'))
    linked = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Kieu"/></w:abstractNum>'
    lists = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>'
    )
    parts = numbering(level(0, "decimal", "%1."), abstract=linked, lists=lists) | {"styles.xml": sheet}
    assert lines(item("A", 0, 9) + item("B", 0, 8), parts) == ["1. A", "2. B"]


def test_numbers_in_table_cells_and_of_empty_paragraphs() -> None:
    rows = (cell("STT") + cell("Tên") + cell("Số"), cell(item("")) + cell("Bò") + cell("5"))
    parts = numbering(level(0, "decimal", "%1."))
    found = lines(item("A") + item("") + item("B") + table(*rows, cell(item("x")) + cell("Dê") + cell("6")), parts)
    assert found == ["1. A", "3. B", "| STT | Tên | Số |\n|  | Bò | 5 |\n| 5. x | Dê | 6 |"]
