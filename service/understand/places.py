"""Place names: read from a report's text, and found again in a question however it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ingest.domain import Span
from ingest.vi.normalise import fold, unify
from ingest.vi.places import find_places, type_of, without_type

# Words after which a bare proper name is a place and not the tail of a longer name.
_BEFORE_A_PLACE = tuple(
    "ở tại của cho và với còn bên riêng hay hoặc đâu sao , : "  # noqa: SIM905
    "xã huyện tỉnh địa bàn thị trấn phường quận thôn phố ấp buôn xóm".split()
)
_TYPED = re.compile(r"(?<!\w)(?<!toan )(?<!cac )(xa|phuong|thi tran|thi xa|huyen|quan|tinh) ([a-z]+) ([a-z]+)(?!\w)")
_NEXT_WORD = re.compile(r" ([a-z]+)(?!\w)")
_NAMELESS = re.compile(
    r"(?<!\w)(?<!các )(?<!những )(?<!mỗi )(?<!từng )(?<!nhiêu )(?<!mấy )(?<!phường, )(?<!xã, )(?<!xã )(?<!và )(?<!\d )"
    r"(thị trấn|thị xã)(?! (?:nào|và|gì|,))(?!,)(?!\w)"
)
# Folded words that never begin or end a place's name in a question.
_NO_NAME = frozenset(
    """nao nay do la co da duoc bi dang se hien con dat hoan lam thu chi trong tai o cua cho va voi den theo ve bao
    may gi quy thang nam ky xong roi khong chua het hoi minh ta toi ban tang giam xay thuc so tong bang nhieu it
    cao thap nhat giao a nhe nhi vay the nhu ra sao ai moi cac nhung ho nguoi phai luot can de tu bo to chuc xin
    han quan ly trien khai muon mua bat xu phat cap giai ngan tra nghi kiem dong ton cham vuot no thieu du ung
    van hanh duy tri goi ten biet nhan gui lap ket nap nuoi dau sau truoc cuoi giua ngoai khac rieng chung cung
    nhau lai them vua qua kia day khoan phan muc hang loai dung""".split()  # noqa: SIM905
)
# Of two places of one bare name the type that stands first here is meant.
_ORDER = ("xã", "phường", "thị trấn", "thị xã", "huyện", "quận", "thành phố", "tỉnh")


def place_names(text: str) -> frozenset[str]:
    """Return the places canonical ``text`` names, type first ("xã Hòa Bình"); an empty set where there is none."""
    return frozenset(place.name for place in find_places(text, unify(text)))


def vocabulary(names: Iterable[str]) -> dict[str, str]:
    """Return folded form -> name as written, for full names and for bare names of two syllables or more.

    A bare name that two places share (xã X, thôn X) stands for the one of the larger type, in the order of types.
    """
    order = {kind: rank for rank, kind in enumerate(_ORDER)}
    ranked = sorted(names, key=lambda name: (order.get(type_of(name), len(order)), name))
    table: dict[str, str] = {}
    for name in ranked:
        table.setdefault(fold(name), name)
        bare = bare_name(name)
        if " " in bare:
            table.setdefault(fold(bare), name)
    return table


def bare_name(name: str) -> str:
    """Return ``name`` without its type: "xã Hòa Bình" -> "Hòa Bình"; unchanged when it has none."""
    return without_type(name)


def find_place(question: str, known: Mapping[str, str]) -> tuple[str, Span] | None:
    """Return the place a question names, as written in the reports, and where; None when it names none.

    A place that is written with its type and capitals but is in no report is returned as typed: the caller must
    then say that the reports have nothing on it.
    """
    folded, unified = fold(question), unify(question)
    # "cho X" and "chợ X" differ only by accents: where there are some, they decide.
    read, before = (unified, _BEFORE_A_PLACE) if unified != folded else (folded, tuple(map(fold, _BEFORE_A_PLACE)))
    best: tuple[str, Span] | None = None
    for form, name in known.items():
        for at in _occurrences(folded, form):
            if form != fold(name) and _part_of_name(read[:at], before):
                continue
            if _begins_a_word(question, at, name):
                continue
            if best is None or len(form) > len(best[1]):
                best = (name, Span(at, at + len(form)))
            break
    mentions = find_places(question, unified)
    if best is None:
        return next(((known.get(fold(m.name), m.name), Span(m.start, m.end)) for m in mentions), None)
    name, span = best
    around = next((m for m in mentions if m.start <= span.start and span.end <= m.end), None)
    if around is None or (around.start, around.end) == (span.start, span.end):
        return best
    # "thôn Bản Mới" is the "bản Mới" of the reports; "huyện X" is not their "xã X".
    other = bare_name(around.name) == bare_name(name) and type_of(around.name) != type_of(name)
    return (around.name if other else name), Span(around.start, around.end)


def nameless_place(question: str, known: Mapping[str, str]) -> tuple[str, Span] | None:
    """Return the place that a type without a name means ("thị trấn thu được bao nhiêu"): the only one of its type.

    The bare type where the reports name none or several: which one is meant is not said. Types that are also said of
    the whole area or of any commune ("huyện", "xã") are left alone.
    """
    match = _NAMELESS.search(unify(question))
    if match is None:
        return None
    own = {name for name in known.values() if type_of(name) == match[1]}
    return (own.pop() if len(own) == 1 else match[1]), Span(match.start(1), match.end(1))


def unknown_place(question: str, said: Callable[[str], bool]) -> tuple[str, Span] | None:
    """Return a place typed without capitals that no report names ("thu ngân sách huyện phú xuyên"), and where.

    After a type of place stand two words that are neither question words nor, side by side, in any report: then they
    are a name and not the start of a phrase ("huyện thu ngân sách"). ``said``: whether a folded phrase is in a report.
    """
    folded, unified = fold(question), unify(question)
    for match in _TYPED.finditer(folded):
        if unified != folded and unified[match.start() : match.end(1)] not in _ORDER:
            continue  # "tình trạng đốt" is no "tỉnh"
        behind = _NEXT_WORD.match(folded, match.end())  # "xã giờ trung bình": the second word begins a phrase
        phrase = behind is not None and said(f"{match.group(3)} {behind.group(1)}")
        if not phrase and not _NO_NAME.intersection(match.group(2, 3)) and not said(" ".join(match.group(2, 3))):
            return question[match.start() : match.end()].lower(), Span(match.start(), match.end())
    return None


@lru_cache(maxsize=4096)
def same_place(left: str, right: str) -> bool:
    """Tell whether two place names mean the same place, with or without type, accents or capitals."""
    a, b = fold(left).strip(), fold(right).strip()
    if a == b:
        return True
    bare_a, bare_b = fold(bare_name(left)).strip(), fold(bare_name(right)).strip()
    return bare_a == bare_b and (a == bare_a or b == bare_b)


def _begins_a_word(question: str, at: int, name: str) -> bool:
    """Tell whether a name of one syllable stands small among capitals: "Huyện tổ chức Hội nghị" names no "huyện Tổ"."""
    bare = bare_name(name)
    own = at + len(name) - len(bare)
    return " " not in bare and question[own : own + 1].islower() and any(ch.isupper() for ch in question[1:])


def _part_of_name(read: str, before: Sequence[str]) -> bool:
    """Tell whether the last word of ``read`` makes a bare name part of another ("cụm công nghiệp X", "chợ X")."""
    words = re.sub(r"[,:]", r" \g<0> ", read).split()
    return bool(words) and words[-1] not in before and not words[-1].isdigit()


def _occurrences(text: str, form: str) -> Iterator[int]:
    """Yield where ``form`` stands in ``text`` as whole words."""
    at = text.find(form)
    while at >= 0:
        if _whole(text, at, at + len(form)):
            yield at
        at = text.find(form, at + 1)


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and not after.isalnum()
