"""Questions that pick among things set out side by side: of what kind, under which condition, all of them or how many.

Read from the folded question: what tells these apart are short common words, which accents tell from few others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.vi.normalise import fold
from ingest.vi.numbers import find_numbers
from ingest.vi.units import match_unit

_NOUN = r"[a-z]+(?: [a-z]+){0,2}"
_SEVERAL = (
    rf"(?<!\w)(?:nhung|cac) (?:\d+ )?(?P<kind>{_NOUN})(?: \w+){{0,5}}? (?:nao|gi)(?!\w)",
    rf"(?:^|[:,] )(?:hay |xin |cho (?:toi |biet )?)?(?:ke ten|ke ra|liet ke|neu ten|neu|danh sach|cho biet ten|ten)"
    rf"(?: (?:ra|day du|tat ca|toan bo|ten|cac|nhung|tung|\d+))* (?P<kind>{_NOUN})(?!\w)",
    rf"(?<!\w)gom (?:co )?(?:nhung |cac )?(?P<kind>{_NOUN}) nao(?!\w)",
    rf"(?<![\w.,/])\d+ (?P<kind>{_NOUN})(?: \w+){{0,6}}?(?: la| gom|:)? (?:nhung|cac) \w+(?: \w+)? nao(?!\w)",
)
_WHICH = r"(?P<before>(?:\w+ )+)nao(?!\w)"
_HOW_MANY = rf"(?<!\w)(?:may|bao nhieu) (?P<kind>{_NOUN})(?!\w)"
_WORD = re.compile(r"\w+")
_NOUN_WORDS = 5  # before "nào": of what kind, and which of that kind
_BOUNDS = (
    (r"(?:tren|hon|qua|cao hon|lon hon|nhieu hon|vuot(?: muc)?)", "", "more"),
    (r"tu", r"(?: tro len)", "at least"),
    (r"(?:it nhat|toi thieu|khong duoi)", "", "at least"),
    (r"(?:duoi|thap hon|it hon|nho hon|kem|chua (?:den|toi|dat|duoc|day)|khong (?:den|toi|dat|duoc))", "", "less"),
    (r"tu", r"(?: tro xuong)", "at most"),
    (r"(?:toi da|khong qua|nhieu nhat)", "", "at most"),
    (r"(?:dat|bang|du|la)", "", "equal"),
)


class Bound(StrEnum):
    """How a value has to stand to a limit."""

    MORE = "more"
    AT_LEAST = "at least"
    LESS = "less"
    AT_MOST = "at most"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to meet: a value ``bound`` by ``limit`` of ``unit`` ("" where none is said).

    ``measure``: what is bound where it is no plain level: "plan", "none" (0), "change" (a rise is more than
    0), "rise", "fall"; else "".
    """

    bound: Bound
    limit: Decimal
    unit: str = ""
    measure: str = ""

    def holds(self, value: Decimal) -> bool:
        """Tell whether ``value``, in the unit of the limit, meets the condition."""
        match self.bound:
            case Bound.MORE:
                return value > self.limit
            case Bound.AT_LEAST:
                return value >= self.limit
            case Bound.LESS:
                return value < self.limit
            case Bound.AT_MOST:
                return value <= self.limit
        return value == self.limit


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """``kinds``: folded words, each of which may begin with the noun asked for; ``several``: all of them are asked for;
    ``counted``: how many they are. ``condition`` None for none; ``used``: the folded words that say it.
    """

    kinds: tuple[str, ...]
    condition: Condition | None
    used: frozenset[str]
    several: bool = False
    counted: bool = False


def rows_asked(text: str) -> RowsAsked | None:
    """Return what a question picks, None for one that picks nothing ("X nào", "những X gì", "kể tên X", "mấy X")."""
    folded = " ".join(fold(text).replace("?", " ").split())
    condition, used = _condition(folded)
    several = next((m for p in _SEVERAL if (m := re.search(p, folded))), None)
    if several is not None:
        return RowsAsked((several["kind"],), condition, used, several=True)
    which = re.search(_WHICH, folded)
    if which is not None:
        words = which["before"].split()[-_NOUN_WORDS:]
        kinds = tuple(" ".join(words[at:]) for at in range(len(words)))
        return RowsAsked(kinds, condition, used)
    how_many = re.search(_HOW_MANY, folded)
    if how_many is not None:
        return RowsAsked((how_many["kind"],), condition, used, several=True, counted=True)
    return None


def _condition(folded: str) -> tuple[Condition | None, frozenset[str]]:
    for number in find_numbers(folded):
        unit = match_unit(folded, number.end)
        end = unit[1] if unit else number.end
        for before, behind, bound in _BOUNDS:
            lead = re.search(rf"(?<!\w){before}\s?$", folded[: number.start])
            tail = re.match(behind, folded[end:]) if behind else None
            if lead is not None and (not behind or tail is not None):
                if bound == "equal" and not (unit and (unit[0] == "%" or lead[0].strip() == "du")):
                    continue
                moved = re.search(r"(?<!\w)(tang|giam)(?: len| xuong)?\s$", folded[: lead.start()])
                measure = {"tang": "rise", "giam": "fall"}[moved[1]] if moved else ""
                stretch = folded[(moved or lead).start() : end + (tail.end() if tail else 0)]
                limit = Condition(Bound(bound), number.value, unit[0] if unit else "", measure)
                return limit, frozenset(_WORD.findall(stretch))
    return _direction(folded)


def _direction(folded: str) -> tuple[Condition | None, frozenset[str]]:
    plan = re.search(
        r"(?<!\w)(?P<no>chua|khong)?(?: (?:the|duoc))? ?(?P<how>hoan thanh|dat|vuot)(?: duoc)?(?: muc| chi tieu)?"
        r" (?:ke hoach|du toan|chi tieu|muc tieu)(?: nam| giao| de ra)*(?!\w)",
        folded,
    )
    if plan is not None:
        bound = Bound.LESS if plan["no"] else Bound.MORE if plan["how"] == "vuot" else Bound.AT_LEAST
        return Condition(bound, Decimal(100), "%", "plan"), frozenset(plan[0].split())
    without = re.search(r"(?<= nao )(?:van )?(?:khong|chua) (?:co|bi|de xay ra|xay ra|phat sinh)(?!\w)", folded)
    if without is not None:
        return Condition(Bound.EQUAL, Decimal(0), "", "none"), frozenset(_WORD.findall(without[0]))
    moved = re.search(
        r"(?<!\w)(?:bi |co )?(?P<way>tang|giam|sut giam|di xuong|di len)(?! bao| may| ngheo| truong)"
        r"(?: so (?:voi )?(?:cung ky|nam (?:truoc|ngoai)|quy truoc|thang truoc))?(?!\w)",
        folded,
    )
    if moved is None:
        return None, frozenset()
    up = moved["way"] in ("tang", "di len")
    return Condition(Bound.MORE if up else Bound.LESS, Decimal(0), "", "change"), frozenset(moved[0].split())
