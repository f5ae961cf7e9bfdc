from __future__ import annotations

import sys
from pathlib import Path

from eval import peers
from eval.footnotes_kept import Kept
from eval.formats_compare import parsed
from eval.fresh import sample_reports
from eval.ingest_rate import READING, WHOLE, Rate, kept_rows, ours, rate_rows, theirs

SAMPLE = sample_reports()[0]


def test_rates_are_per_second_and_against_our_reading() -> None:
    kept = Kept(8, 8, 4, 2)
    rates = [
        Rate(READING, "docx", (2.0, 1.0, 9.0), (1.0,) * 3, kept=kept),
        Rate(WHOLE, "docx", (4.0,), (4.0,), passages=40),
        Rate("peer 1", "docx", (1.0,), (0.5,)),
        Rate("peer 1", "pdf", problem="not installed"),
    ]
    assert rate_rows(rates, 10)[1:] == [
        ("docx", READING, "2.00", "1.00", "5.0", "-", "1.00"),
        ("docx", WHOLE, "4.00", "4.00", "2.5", "10", "0.50"),
        ("docx", "peer 1", "1.00", "0.50", "10.0", "-", "2.00"),
        ("pdf", "peer 1", "not installed"),
    ]
    assert kept_rows(rates)[1:] == [("docx", READING, "8", "100.0", "50.0", "25.0")]


def test_our_own_rates_over_a_sample() -> None:
    originals = {SAMPLE.stem: parsed(SAMPLE.read_bytes(), name=SAMPLE.name)}
    reading, whole = ours("docx", [SAMPLE], originals, 1)
    assert len(reading.seconds) == len(whole.seconds) == len(reading.cpu) == 1
    assert whole.passages > 50
    assert reading.kept is not None
    assert reading.kept.notes == reading.kept.beside == reading.kept.apart > 0


def test_an_unreadable_format_is_a_result(tmp_path: Path) -> None:
    broken = tmp_path / "hong.doc"
    broken.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert {one.seconds for one in ours("doc", [broken], {}, 1)} == {()}
    assert all(one.problem for one in ours("doc", [broken], {}, 1))


def test_peers_run_in_a_process_of_their_own_and_say_what_is_missing() -> None:
    originals = {SAMPLE.stem: parsed(SAMPLE.read_bytes(), name=SAMPLE.name)}
    rates = {one.tool.split()[0]: one for one in theirs(sys.executable, {"docx": [SAMPLE]}, originals, 1)}
    assert set(rates) == set(peers.PEERS)
    assert rates["python-docx"].kept == Kept(15, 1, 0, 1)  # the note typed below a table is a paragraph
    assert len(rates["python-docx"].seconds) == 1
