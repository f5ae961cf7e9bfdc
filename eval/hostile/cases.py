"""What a hostile file is, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file and the name it comes under. ``kind``: what it tries.

    ``never``: words that may not stand in what is read of it. ``must_refuse``: reading it as text is no good end.
    """

    kind: str
    name: str
    data: bytes = field(repr=False)
    never: tuple[str, ...] = ()
    must_refuse: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a file.

    ``end``: "read", or the code it was refused with. ``seconds`` of processor time,
    ours and the child's, starting it included.
    ``wrong``: what should not have happened; () when all is well.
    """

    file: HostileFile
    end: str
    seconds: float
    wrong: tuple[str, ...] = ()
