"""Images of the pages of one report, bound into one file: a zip container that holds nothing else, pages in order.

Nothing is decoded and nothing is packed again: the images stay the bytes they were. Any zip of images is read so.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from ingest.errors import UnreadableReport

MAX_PAGES = 200
_ENDINGS = {b"\x89PNG\r\n": ".png", b"\xff\xd8\xff": ".jpg", b"II*\x00": ".tif", b"MM\x00*": ".tif"}
_NUMBERS = re.compile(r"\d+")
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the time of every page, so that the same pages are the same file
_LONGEST = max(len(magic) for magic in _ENDINGS)


def image_ending(head: bytes) -> str | None:
    """Return the file ending of the image that begins with ``head``, None where it is no image that is read."""
    return next((ending for magic, ending in _ENDINGS.items() if head.startswith(magic)), None)


def bound(pages: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Return the name and the bytes of one file that holds ``pages``, each (file name, bytes); one alone stays itself.

    Where the names differ by their numbers alone ("trang 2.jpg", "trang 10.jpg") these give the order, else it is
    the order given. Equal pages give equal bytes. Raises UnreadableReport: not-page-images (one is no image, or none
    is there), file-too-large (more than MAX_PAGES).
    """
    if len(pages) == 1:
        return pages[0]
    if len(pages) > MAX_PAGES:
        raise UnreadableReport(f"Nhiều nhất {MAX_PAGES} ảnh cho một báo cáo.", code="file-too-large")
    ordered = [pages[at] for at in page_order([name for name, _ in pages])]
    if not ordered:
        raise UnreadableReport("Không có ảnh trang nào.", code="not-page-images")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for number, (name, data) in enumerate(ordered, start=1):
            ending = image_ending(data[:_LONGEST])
            if ending is None:
                message = f"Chỉ ghép được ảnh (.png, .jpg, .tif) thành một báo cáo; {name} không phải là ảnh."
                raise UnreadableReport(message, code="not-page-images")
            target.writestr(zipfile.ZipInfo(f"trang-{number:03d}{ending}", _OLDEST), data)
    return f"{PurePosixPath(ordered[0][0]).stem} ({len(ordered)} trang).zip", out.getvalue()


def page_order(names: Sequence[str]) -> list[int]:
    """Return the places of ``names`` in the order of their pages (see ``bound``)."""
    places = list(range(len(names)))
    if len({_NUMBERS.sub("0", name) for name in names}) > 1:
        return places
    return sorted(places, key=lambda at: [int(found) for found in _NUMBERS.findall(names[at])])


def pages_in(package: zipfile.ZipFile) -> list[str]:
    """Return the names of the images in ``package``, in page order; [] where anything else is in it, too."""
    inside = [one for one in package.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    for entry in inside:
        try:
            with package.open(entry) as stream:
                head = stream.read(_LONGEST)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
        ):  # also NotImplementedError
            return []
        if image_ending(head) is None:
            return []
    names = [entry.filename for entry in inside]
    return [names[at] for at in page_order(names)]
