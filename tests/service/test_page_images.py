from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.errors import UnreadableReport
from service.page_images import PageImages

ONE, TWO = "a" * 64, "b" * 64


class Drawing:
    """Counts what it draws."""

    def __init__(self) -> None:
        self.drawn: list[tuple[bytes, int, int]] = []

    def __call__(self, data: bytes, number: int, *, dpi: int) -> bytes:
        if number > 9:
            raise UnreadableReport("Trang này không vẽ được.")
        self.drawn.append((data, number, dpi))
        return b"p" * 100


def images(folder: Path, drawing: Drawing, *, max_bytes: int = 1000) -> PageImages:
    return PageImages(folder / "pages", read=lambda sha256: sha256[:1].encode(), render=drawing, max_bytes=max_bytes)


def test_a_page_is_drawn_once(tmp_path: Path) -> None:
    drawing = Drawing()
    for _ in range(2):
        assert images(tmp_path, drawing).page(ONE, 1, dpi=110) == b"p" * 100
    images(tmp_path, drawing).page(ONE, 1, dpi=200)
    assert drawing.drawn == [(b"a", 1, 110), (b"a", 1, 200)]


def test_what_was_looked_at_longest_ago_goes_first(tmp_path: Path) -> None:
    drawing = Drawing()
    kept = images(tmp_path, drawing, max_bytes=250)
    for number in (1, 2):
        kept.page(ONE, number, dpi=110)
    os.utime(tmp_path / "pages" / ONE / "2-110.png", (1, 1))
    kept.page(TWO, 3, dpi=110)
    assert sorted(path.name for path in (tmp_path / "pages").glob("*/*")) == ["1-110.png", "3-110.png"]


def test_pictures_of_reports_that_are_gone_go_too(tmp_path: Path) -> None:
    kept = images(tmp_path, Drawing())
    for sha256 in (ONE, TWO):
        kept.page(sha256, 1, dpi=110)
    kept.forget(all_but={TWO})
    assert [path.name for path in (tmp_path / "pages").iterdir()] == [TWO]


def test_a_page_that_cannot_be_drawn_leaves_nothing(tmp_path: Path) -> None:
    kept = images(tmp_path, Drawing())
    with pytest.raises(UnreadableReport):
        kept.page(ONE, 10, dpi=110)
    assert not (tmp_path / "pages").exists()


def test_a_disk_that_refuses_does_not_hide_the_page(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("in the way", encoding="utf-8")
    assert images(tmp_path, Drawing()).page(ONE, 1, dpi=110) == b"p" * 100
