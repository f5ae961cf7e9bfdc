"""Made pages with secrecy stamps: what is drawn, and how refusals are counted."""

from __future__ import annotations

import io
import sys

import numpy as np
import pytest
from PIL import Image

from eval import secrecy_scans
from eval.formats_scan import Wear
from eval.secrecy_scans import Page, pages, refused
from ingest.errors import RefusedReport, UnreadableReport
from tests.ingest.parse import scan_pages


def test_stamps_are_drawn_in_their_ink_above_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    scan_pages.font(12)  # skips without a typeface
    monkeypatch.setattr(secrecy_scans, "SECRET", ("TỐI MẬT",))
    monkeypatch.setattr(secrecy_scans, "HARMLESS", ("",))
    monkeypatch.setattr(secrecy_scans, "_WEARS", {"clean, 200 dpi": Wear()})
    drawn = {(one.stamp, one.ink): one for one in pages(1, seed=3)}
    assert set(drawn) == {("TỐI MẬT", "red"), ("TỐI MẬT", "black"), ("", "-")}
    with Image.open(io.BytesIO(drawn["TỐI MẬT", "red"].data)) as image:
        channels = np.asarray(image.convert("RGB")).astype(int)
    red = (channels[:, :, 0] - channels[:, :, 1] > 80).nonzero()
    assert 1000 < len(red[0]) < 60_000
    assert red[0].max() < 560


def test_only_a_secrecy_stamp_counts_as_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page("MẬT", "red", "clean, 200 dpi", b"")

    def answer(error: Exception | None) -> bool:
        def read(*_: object, **__: object) -> None:
            if error is not None:
                raise error

        monkeypatch.setattr(secrecy_scans, "read_report", read)
        return refused(page)

    assert answer(RefusedReport("mật"))
    assert not answer(None)
    with pytest.raises(UnreadableReport):
        answer(UnreadableReport("hỏng", code="damaged-file"))


def test_counts_are_printed_by_stamp_ink_and_wear(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = [Page(stamp, "red", wear, b"") for stamp in ("MẬT", "KHẨN") for wear in secrecy_scans._WEARS for _ in "12"]
    monkeypatch.setattr(secrecy_scans, "pages", lambda *_: made)
    monkeypatch.setattr(secrecy_scans, "refused", lambda page: page.stamp == "MẬT")
    monkeypatch.setattr(sys, "argv", ["secrecy_scans"])
    secrecy_scans.main()
    out = capsys.readouterr().out
    assert out.count("2/2") == 3
    assert out.count("0/2") == 3
