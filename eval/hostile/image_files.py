"""Images made to do harm (R25): floods of pixels, animations, odd colours, metadata that unpacks or loops, scripts."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageDraw

from eval.hostile.cases import HostileFile

_SIGN = b"\x89PNG\r\n\x1a\n"
_GREY = b"\x08\x00\x00\x00\x00"  # 8 bits a pixel, no interlacing
_PAPER = (620, 200)  # pixels: small, so that what is measured is not the reading of print


def image_files(canary: str) -> tuple[HostileFile, ...]:
    """Return the files; ``canary`` is the address (http://...) that a script would call."""
    return (*_floods(), *_frames(), *_colours(), *_metadata(), *_scripts(canary), *_broken())


def _floods() -> Iterator[HostileFile]:
    told = _png(_header(60_000, 60_000), _chunk(b"IDAT", zlib.compress(bytes(1_000))))
    yield HostileFile("pixel flood, declared", "anh.png", told, must_refuse=True)
    rows = zlib.compress(bytes(20_001 * 20_000), 9)
    yield HostileFile(
        "pixel flood, packed", "anh.png", _png(_header(20_000, 20_000), _chunk(b"IDAT", rows)), must_refuse=True
    )
    jpeg = bytearray(_saved("JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    yield HostileFile("pixel flood, JPEG", "anh.jpg", bytes(jpeg), must_refuse=True)
    yield HostileFile("pixel flood, TIFF", "anh.tif", _tiff([_directory(100_000, 100_000)]), must_refuse=True)
    yield HostileFile("no pixels at all", "anh.png", _png(_header(0, 0)), must_refuse=True)


def _frames() -> Iterator[HostileFile]:
    pages = [Image.new("L", (8, 8), shade) for shade in range(200)]
    yield HostileFile("animated PNG of 200 frames", "dong.png", _saved("PNG", pages))
    yield HostileFile("animated GIF", "dong.gif", _saved("GIF", pages[:20]), must_refuse=True)
    yield HostileFile("TIFF of 1,000 pages", "dai.tif", _tiff([_directory(8, 8)] * 1_000), must_refuse=True)
    yield HostileFile("TIFF whose pages run in a ring", "vong.tif", _tiff([_directory(8, 8)] * 2, ring=True))


def _colours() -> Iterator[HostileFile]:
    yield HostileFile("CMYK", "in.jpg", _saved("JPEG", mode="CMYK"))
    yield HostileFile("one bit a pixel", "den-trang.tif", _saved("TIFF", mode="1"))
    yield HostileFile("sixteen bits a pixel", "xam.png", _saved("PNG", mode="I;16"))
    yield HostileFile("transparent", "trong.png", _saved("PNG", mode="RGBA"))


def _metadata() -> Iterator[HostileFile]:
    for name, packed in ((b"zTXt", b"a\x00\x00"), (b"iCCP", b"a\x00\x00"), (b"iTXt", b"a\x00\x01\x00\x00\x00")):
        bomb = _chunk(name, packed + zlib.compress(bytes(200_000_000), 9))
        yield HostileFile(f"metadata bomb ({name.decode()})", "bom.png", _with_chunk(bomb))
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)  # the directory of a photograph's data is the one it stands in
    looped = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00" + entry + b"\x08\x00\x00\x00"
    yield HostileFile("EXIF that holds itself", "exif.jpg", _with_segment(looped))
    many = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff" + b"\x01\x12\x00\x03\xff\xff\xff\xff\x00\x00\x00\x00" * 5_000
    yield HostileFile("EXIF with values of 4 GB", "exif.jpg", _with_segment(many))


def _scripts(canary: str) -> Iterator[HostileFile]:
    script = f'<script>fetch("{canary}")</script><text>12</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{script}</svg>'
    yield HostileFile("SVG with a script", "ve.svg", svg.encode(), ("fetch(", "alert("), must_refuse=True)
    entity = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "{canary}/x">]><svg>&x;</svg>'
    yield HostileFile("SVG with an entity", "ve.png", entity.encode(), must_refuse=True)
    yield HostileFile("script behind an image", "anh.png", _saved("PNG") + svg.encode(), ("fetch(",))


def _broken() -> Iterator[HostileFile]:
    for kind, suffix in (("PNG", "png"), ("JPEG", "jpg"), ("TIFF", "tif")):
        whole = _saved(kind)
        for part in (0.1, 0.5, 0.9):
            yield HostileFile(f"truncated {kind}", f"cut.{suffix}", whole[: int(len(whole) * part)])


def _saved(kind: str, frames: list[Image.Image] | None = None, *, mode: str = "L") -> bytes:
    """Return a picture of a line of print, or of ``frames``, as a file."""
    out = io.BytesIO()
    if frames:
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        return out.getvalue()
    page = Image.new("L", _PAPER, 255)
    ImageDraw.Draw(page).text((40, 60), "Toan xa co 12 ho ngheo.", fill=0, font_size=40)
    page.convert(mode).save(out, kind)
    return out.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _header(width: int, height: int) -> bytes:
    return _chunk(b"IHDR", struct.pack(">II", width, height) + _GREY)


def _png(*chunks: bytes) -> bytes:
    return b"".join((_SIGN, *chunks, _chunk(b"IEND", b"")))


def _with_chunk(chunk: bytes) -> bytes:
    whole = _saved("PNG")
    behind_header = len(_SIGN) + 25
    return whole[:behind_header] + chunk + whole[behind_header:]


def _with_segment(content: bytes) -> bytes:
    whole = _saved("JPEG")
    return whole[:2] + b"\xff\xe1" + struct.pack(">H", min(len(content) + 2, 65_535)) + content[:65_533] + whole[2:]


def _directory(width: int, height: int) -> bytes:
    """Return the entries of a page of a TIFF: one strip of eight bytes at the beginning of the file, grey."""
    told = ((256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, height), (279, 64))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in told)
    return struct.pack("<H", len(told)) + entries


def _tiff(pages: list[bytes], *, ring: bool = False) -> bytes:
    """Return a TIFF of these pages; ``ring``: behind the last comes the first again."""
    body = bytearray(b"II*\x00\x08\x00\x00\x00")
    for number, page in enumerate(pages):
        following = len(body) + len(page) + 4
        last = number == len(pages) - 1
        body += page + struct.pack("<I", (8 if ring else 0) if last else following)
    return bytes(body + bytes(64))
