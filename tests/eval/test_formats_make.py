from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from eval.formats import Group, measure
from eval.formats_make import make, missing_programs, with_font
from eval.fresh import sample_reports


def test_a_sample_has_its_text_beside_it_and_a_text_its_word_file(tmp_path: Path) -> None:
    sample = sample_reports()[0]
    made = make(sample, tmp_path / "a", formats=("txt", "docx"), seed=1)
    assert [path.name for files in made.files.values() for path in files] == [f"{sample.stem}.txt", sample.name]
    text = make(sample.with_suffix(".txt"), tmp_path / "b", formats=("txt", "docx"), seed=1)
    assert text.files["txt"][0].read_bytes() == sample.with_suffix(".txt").read_bytes()
    assert text.files["docx"][0].read_bytes()[:2] == b"PK"


def test_anybody_elses_word_file_has_no_text(tmp_path: Path) -> None:
    own = tmp_path / "rieng.docx"
    own.write_bytes(with_font(sample_reports()[0].read_bytes(), b"Arial"))
    assert set(make(own, tmp_path / "made", formats=("txt", "docx"), seed=1).files) == {"docx"}


def test_another_typeface() -> None:
    with zipfile.ZipFile(io.BytesIO(with_font(sample_reports()[0].read_bytes(), b"FreeSerif"))) as archive:
        styles = archive.read("word/styles.xml")
    assert b"FreeSerif" in styles
    assert b"Times" not in styles


@pytest.mark.programs
@pytest.mark.skipif(bool(missing_programs()), reason="LibreOffice or pdftoppm is not installed")
def test_a_sample_through_word_and_pdf(tmp_path: Path) -> None:
    group = Group("samples", sample_reports()[:1])
    original, pdf = measure(group, tmp_path, formats=("pdf",), seed=1)
    assert (original.format, pdf.format) == ("docx", "pdf")
    assert (tmp_path / "samples" / "pdf" / f"{sample_reports()[0].stem}.pdf").read_bytes()[:5] == b"%PDF-"
    assert all(tally.found == tally.total > 0 for tally in original.readings[0].tallies)
    assert pdf.readings[0].problem or pdf.readings[0].tallies
