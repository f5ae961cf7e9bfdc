"""The signature block: Nơi nhận, signing formula, name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.domain import Reading, Span
from ingest.parse.blocks import Para
from ingest.parse.patterns import OFFICE, RECIPIENTS, SIGNING, is_capitals
from ingest.vi.letters import pattern
from ingest.vi.normalise import fold

_NAME = pattern(r"(?:[{UP}][{LOW}’'-]+|[{UP}]\.?)(?:\s+[{UP}][{LOW}’'-]*){1,5}|[{UP}]{2,}(?:\s+[{UP}]{2,}){1,5}")
_RANK = re.compile(r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|(?:GS|PGS|TS|ThS|BS|KS)\.?)\s+", re.IGNORECASE)
_SEALED = re.compile(r"^\(?(?:da ky|ky, dong dau|da ky ten.*|ky ten.*)\)?$")
_LAST = re.compile(r"luu\b.*[.]\s*$|luu\s*:.*")
_BULLET = re.compile(r"^[-–+•]\s*")
# What ends a line of the left column where both are typed into one line: "- UBND tỉnh;       KT. CHỦ TỊCH".
_COLUMN_END = re.compile(r"[;:.,]\s")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as what, and who receives it; "" and () where the block does not say."""

    signer: str = ""
    role: str = ""
    recipients: tuple[str, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)


def read_signature(lines: Sequence[Para]) -> Signature:
    """Return what the lines of a signature block say. No lines: an empty Signature."""
    right: list[Para] = []
    left: list[Para] = []
    in_list, cell = False, None
    for line, beside in _columns(lines):
        text = line.reading.text
        if beside:
            right.append(line)
        elif RECIPIENTS.match(fold(text)):
            in_list, cell = True, line.block.cell
            left.append(line)
        elif in_list and not _leaves_list(line, text, cell, left[-1].reading.text):
            left.append(line)
        else:
            in_list = False
            right.append(line)
    spans: dict[str, Span] = {}
    signer, rest = _signer(right)
    if signer is not None:
        spans["signer"] = _span(signer)
    roles = [line for line in rest if is_capitals(line.reading.text) and _is_role(line.reading.text)]
    role = roles[-1] if roles else None
    if role is not None:
        spans["signer_role"] = _span(role)
    if left:
        spans["recipients"] = Span(left[0].start, left[-1].spans[-1].end)
    return Signature(
        signer.reading.text.strip(" *") if signer else "",
        role.reading.text.strip(" *,") if role else "",
        _recipients(left),
        spans,
    )


def _columns(lines: Sequence[Para]) -> Iterator[tuple[Para, bool]]:
    """Yield the lines; of two columns typed beside each other first the recipient, then, with True, what stands beside
    it: what is signed with."""
    for line in lines:
        text = line.reading.text
        split = next((m for m in _COLUMN_END.finditer(text) if _signs(text[m.end() :])), None)
        if split is None or is_capitals(text):
            yield line, False
        else:
            yield _piece(line, 0, split.start() + 1), False
            yield _piece(line, split.end(), len(text)), True


def _piece(line: Para, start: int, end: int) -> Para:
    spans = line.reading.spans(start, end)
    return Para(line.block, spans, Reading(line.reading.text[start:end], line.reading.offsets[start:end], spans))


def _signs(text: str) -> bool:
    return is_capitals(text) and _is_role(text)


def _leaves_list(line: Para, text: str, cell: int | None, before: str) -> bool:
    """Tell whether a line is none of the recipients: of another cell, what is signed with, or a name behind them."""
    if cell is not None:
        return line.block.cell != cell
    return _signs(text) or (_LAST.match(_bare(before)) is not None and is_name(text))


def _bare(text: str) -> str:
    return fold(_BULLET.sub("", text))


def _signer(lines: Sequence[Para]) -> tuple[Para | None, list[Para]]:
    """Return (line of the name, other lines): the last line that reads as a person's name."""
    for number in range(len(lines) - 1, -1, -1):
        text = lines[number].reading.text.strip(" *.")
        if _SEALED.match(fold(text)) or _is_role(text):
            continue
        if is_name(text):
            return lines[number], [*lines[:number], *lines[number + 1 :]]
    return None, list(lines)


def is_name(text: str) -> bool:
    """Tell whether a line is a person's name, with or without rank or degree, and nothing else."""
    return _NAME.fullmatch(_RANK.sub("", text.strip(" *."))) is not None


def _is_role(text: str) -> bool:
    bare = text.strip(" *")
    return (SIGNING.match(bare) or OFFICE.match(bare)) is not None


def _recipients(lines: Sequence[Para]) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        text = line.reading.text
        head = RECIPIENTS.match(fold(text))
        text = text[head.end() :].strip() if head else text
        if not text:
            continue
        if found and _LAST.match(fold(found[-1])) and not _BULLET.match(text):
            # "Lưu: VT." ends the list; what follows is a brace or remark beside it.
            break
        if found and not _BULLET.match(text) and not found[-1].endswith((";", ".")):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(_BULLET.sub("", text))
    return tuple(one.strip(" ;.") for one in found if one.strip(" ;."))


def _span(line: Para) -> Span:
    return Span(line.reading.offsets[0], line.reading.offsets[-1] + 1)
