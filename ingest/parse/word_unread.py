"""What stands in a Word file and was not read, counted: nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.domain import ParseIssue, Severity

# A picture wider and higher than this (in EMU, 360,000 a centimetre) may be a scanned page.
LARGE_PICTURE = 10 * 360_000


@dataclass(slots=True)
class Unread:
    """Counts: characters of ``hidden``, ``white`` and ``tiny`` text and of page ``headers``; of the rest, how many."""

    hidden: int = 0
    white: int = 0
    tiny: int = 0
    headers: int = 0
    changed: int = 0
    pictures: int = 0
    large: int = 0
    legacy: int = 0
    objects: int = 0
    charts: int = 0
    diagrams: int = 0
    word_art: int = 0
    imported: int = 0
    comments: int = 0
    contents: int = 0
    prompts: int = 0
    symbols: int = 0
    nested: int = 0
    macros: bool = False

    def issues(self) -> Iterator[ParseIssue]:
        """Yield one issue for each sort of thing, with its count."""
        yield from self._unseen()
        yield from self._embedded()
        yield from self._beside()

    def _unseen(self) -> Iterator[ParseIssue]:
        kinds = ((self.hidden, "chữ ẩn"), (self.white, "chữ trắng trên nền trắng"), (self.tiny, "chữ cỡ dưới 1 pt"))
        told = [f"{count} ký tự {what}" for count, what in kinds if count]
        if told:
            message = f"Tệp có {', '.join(told)}; người đọc không thấy nên không được nạp."
            yield _warn("hidden-text", message, count=self.hidden + self.white + self.tiny)
        if self.changed:
            message = f"Tệp còn theo dõi {self.changed} chỗ sửa đổi; báo cáo được đọc như đã chấp nhận mọi sửa đổi."
            yield _tell("tracked-changes", message)

    def _embedded(self) -> Iterator[ParseIssue]:
        if self.pictures:
            message = f"Tệp có {self.pictures} hình ảnh; chữ trong ảnh không được đọc."
            yield _tell("image-skipped", message, count=self.pictures)
        if self.large:
            message = f"Tệp có {self.large} hình lớn, có thể là trang quét; chữ trong đó không được đọc."
            yield _warn("large-image-skipped", message, count=self.large)
        if self.objects:
            message = f"Tệp có {self.objects} đối tượng nhúng (OLE: bảng tính, công thức ...); không được đọc."
            yield _warn("object-skipped", message)
        if self.charts or self.diagrams:
            kinds = ((self.charts, "biểu đồ"), (self.diagrams, "sơ đồ (SmartArt)"))
            told = " và ".join(f"{count} {what}" for count, what in kinds if count)
            yield _warn("drawing-skipped", f"Tệp có {told}; chữ và số trong đó không được đọc.")
        if self.word_art:
            yield _warn("word-art-skipped", f"Tệp có {self.word_art} dòng chữ nghệ thuật (WordArt); không được đọc.")
        if self.imported:
            message = f"Tệp chèn {self.imported} tài liệu con (altChunk, subDoc); phần đó không được đọc."
            yield _warn("import-skipped", message)
        if self.macros:
            yield _tell("macros-ignored", "Tệp có macro; chỉ chữ được đọc, macro không được chạy.")

    def _beside(self) -> Iterator[ParseIssue]:
        if self.comments:
            yield _tell(
                "comments-skipped", f"Tệp có {self.comments} nhận xét bên lề; không thuộc báo cáo, được bỏ qua."
            )
        if self.headers:
            message = f"Đầu trang, chân trang có {self.headers} ký tự chữ; không đưa vào bài."
            yield _tell("page-header-skipped", message)
        if self.contents:
            yield _tell("contents-skipped", f"Mục lục ({self.contents} dòng) không đưa vào bài.")
        if self.prompts:
            yield _tell("prompts-skipped", f"Tệp có {self.prompts} ô còn lời nhắc nhập, chưa điền; được bỏ qua.")
        if self.symbols:
            yield _tell("symbols-unknown", f"Tệp có {self.symbols} ký hiệu không rõ; được viết thành “•”.")
        if self.nested:
            yield _tell("nested-table", f"Tệp có {self.nested} bảng nằm trong ô của bảng khác; được đọc theo từng ô.")
        if self.legacy:
            message = f"Tệp có {self.legacy} ký tự phông chữ cũ (TCVN3 hoặc VNI); đã chuyển mã sang Unicode."
            yield _tell("legacy-font", message)


def _tell(code: str, message: str, *, count: int = 1) -> ParseIssue:
    return ParseIssue(code, message, Severity.INFO, count=count)


def _warn(code: str, message: str, *, count: int = 1) -> ParseIssue:
    return ParseIssue(code, message, Severity.WARNING, count=count)
