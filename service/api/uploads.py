"""The uploaded file: read within limits, looked at, named safely."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from ingest.disk_room import is_no_room
from ingest.errors import DiskFull
from ingest.parse.page_bundle import MAX_PAGES, bound
from ingest.vi.normalise import canonical, fold
from service.api.limits import too_large
from service.errors import ContentTypeRefused, RequestInvalid
from service.ports import Look

NAME_MAX_CHARS = 200
_FIELDS = {"file", "replace"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is worth a job. ``replace``: the report it takes the place of, or None."""

    data: bytes
    name: str
    replace: str | None


async def read_upload(request: Request, *, max_bytes: int, look: Look) -> Upload:
    """Read the multipart body of ``request``: a part ``file`` (several: page images of one report), maybe ``replace``.

    Raises ``ContentTypeRefused``, ``RequestInvalid``, ``FileTooLarge``, ``DiskFull``, and what ``look`` raises (nothing
    was kept then). Broken multipart raises Starlette's HTTPException 400.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise ContentTypeRefused("Hãy gửi tệp bằng multipart/form-data, trường «file».")
    with _room_told():
        async with request.form(max_files=MAX_PAGES, max_fields=1) as form:
            data, name, replace = await _parts(form, max_bytes=max_bytes)
    await run_in_threadpool(look, data, name)
    return Upload(data=data, name=name, replace=replace)


async def _parts(form: FormData, *, max_bytes: int) -> tuple[bytes, str, str | None]:
    """Return the file's bytes, its name fit to be shown, and the report it replaces, if any."""
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
    replace = form.get("replace")
    if len(files) != len(form.getlist("file")) or not files or set(form) - _FIELDS or isinstance(replace, UploadFile):
        message = "Hãy gửi một tệp (hoặc ảnh các trang của một báo cáo) trong trường «file»; «replace» không bắt buộc."
        raise RequestInvalid(message)
    if sum(file.size or 0 for file in files) > max_bytes:
        raise too_large(max_bytes)
    name, data = bound([(safe_name(file.filename or ""), await file.read()) for file in files])
    return data, name, replace or None


@contextmanager
def _room_told() -> Iterator[None]:
    """Raise ``DiskFull`` where a large body finds no room for its temporary file."""
    try:
        yield
    except OSError as error:
        if is_no_room(error):
            raise DiskFull from error
        raise


def safe_name(name: str) -> str:
    """Return a file name fit to be shown: NFC, no folders, no control or direction marks, "bao-cao" if nothing is left.

    It is never used as a path.
    """
    last = canonical(name).replace("\\", "/").rpartition("/")[2]
    # Cf holds the marks that turn the reading direction and so disguise an extension.
    shown = "".join(ch for ch in last if unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip(" .")
    if len(shown) > NAME_MAX_CHARS:
        stem, dot, ending = shown.rpartition(".")
        keep = f"{dot}{ending}" if stem and len(ending) <= 8 else ""
        shown = shown[: NAME_MAX_CHARS - len(keep)] + keep
    return shown or "bao-cao"


def attachment(name: str) -> str:
    """Return a Content-Disposition (RFC 6266) that saves under ``name``: plain ASCII and UTF-8 form."""
    safe = safe_name(name)
    bare = "".join(ch if ch.isascii() else fold(ch) for ch in safe)
    plain = "".join(ch if ch.isascii() and (ch.isalnum() or ch in "-_. ") else "_" for ch in bare)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
