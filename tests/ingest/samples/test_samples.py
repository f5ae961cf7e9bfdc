"""The bundled sample reports: what is committed is what the build makes, in the shape that was promised."""

import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from ingest.samples import GOLDEN_SUFFIX, sample_paths
from ingest.samples.build import SOURCES, build, build_all
from ingest.samples.markup import MarkupError, SampleReport, Table, parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HERE = sample_paths(".docx")[0].parent
STEMS = ("6-thang-2023", "quy-1-2023", "quy-1-2024")
DIGIT_OF = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))

each_report = pytest.mark.parametrize("stem", STEMS)


def report(stem: str) -> SampleReport:
    return parse((SOURCES / f"{stem}.md").read_text(encoding="utf-8"))


def text_form(stem: str) -> str:
    return (HERE / f"{stem}.txt").read_text(encoding="utf-8")


def docx_part(stem: str, name: str) -> etree._Element:
    with zipfile.ZipFile(HERE / f"{stem}.docx") as archive:
        return etree.fromstring(archive.read(name))


def docx_notes(stem: str) -> dict[str, str]:
    """Footnote texts by id, the two separators left out."""
    notes = docx_part(stem, "word/footnotes.xml").iter(f"{W}footnote")
    return {
        note.get(f"{W}id"): "".join(t.text for t in note.iter(f"{W}t")).strip()
        for note in notes
        if note.get(f"{W}type") is None
    }


def text_marks(stem: str) -> list[int]:
    """Every footnote mark in the text form, references and note openings alike, in order."""
    text = text_form(stem)
    if stem == "6-thang-2023":
        return [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    runs = re.findall(r"(?<![\d ]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text)
    return [int("".join(DIGIT_OF[c] for c in run)) for run in runs]


def test_the_samples_are_the_three_reports() -> None:
    assert [p.stem for p in sample_paths(".docx")] == list(STEMS)
    assert [p.stem for p in sample_paths(".txt")] == list(STEMS)
    assert (HERE / f"{STEMS[0]}.txt{GOLDEN_SUFFIX}").exists()


@each_report
def test_building_reproduces_the_committed_bytes(stem: str) -> None:
    for name, content in build(SOURCES / f"{stem}.md").items():
        assert (HERE / name).read_bytes() == content, f"{name} differs: run python -m ingest.samples.build"


def test_build_all_writes_every_form(tmp_path: Path) -> None:
    assert sorted(p.name for p in build_all(tmp_path)) == sorted(f"{s}{x}" for s in STEMS for x in (".docx", ".txt"))


@each_report
def test_every_footnote_is_referenced_once_and_stands_in_both_forms(stem: str) -> None:
    notes = docx_notes(stem)
    references = [r.get(f"{W}id") for r in docx_part(stem, "word/document.xml").iter(f"{W}footnoteReference")]
    assert len(notes) >= 12
    assert references == list(notes) == [str(n) for n in range(1, len(notes) + 1)]
    flat = " ".join(text_form(stem).split())
    assert [n for n, text in notes.items() if text not in flat] == []
    assert sorted(text_marks(stem)) == sorted([*range(1, len(notes) + 1)] * 2)


@each_report
def test_a_report_is_long_enough_and_says_that_it_is_fictional(stem: str) -> None:
    body = text_form(stem).partition("Nơi nhận:")[0]
    assert len(body.split()) >= 2_500
    assert "một huyện không có thật" in " ".join(body.split())[:900]
    assert "./." in body


@each_report
def test_the_annex_table_has_joined_head_cells_groups_and_parts(stem: str) -> None:
    table = next(block for block in report(stem).annex if isinstance(block, Table))
    assert len(table.rows) >= 12
    assert "<" in table.rows[0]
    assert [row[1] for row in table.rows].count("Trong đó:") >= 1
    assert {"A", "B"} <= {row[0] for row in table.rows}
    document = docx_part(stem, "word/document.xml")
    assert next(document.iter(f"{W}gridSpan"), None) is not None
    assert next(document.iter(f"{W}vMerge"), None) is not None


@each_report
def test_no_word_heading_style_is_used(stem: str) -> None:
    styles = {s.get(f"{W}val") for s in docx_part(stem, "word/document.xml").iter(f"{W}pStyle")}
    assert styles == set()


def test_only_the_last_text_form_breaks_its_lines() -> None:
    prose = [line for line in text_form("quy-1-2024").splitlines() if not line.startswith("|")]
    assert max(map(len, prose)) <= 90
    assert max(map(len, text_form("quy-1-2023").splitlines())) > 500


def test_notes_interrupt_sentences_in_the_first_quarter_of_2023() -> None:
    chunks = text_form("quy-1-2023").split("\n\n")
    cut = [c for c, following in pairwise(chunks) if following[0] in DIGIT_OF and c[-1].isalpha()]
    assert len(cut) >= 2


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(MarkupError, match="Unknown mark"):
        parse("---\nnumber: 1\n---\nCâu {{trang}} này.\n")


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(MarkupError, match="differ in length"):
        parse("---\nnumber: 1\n---\n| a | b |\n| c |\n")
