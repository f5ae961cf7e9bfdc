"""Yes or no by the words of the sentence that speaks of what is asked: denials, results, tasks to come."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.domain import FigureRole
from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, choose, sentence_candidates
from service.answer.opposites import told_way, way_asked
from service.answer.query_words import Scorer, scorer
from service.answer.scope import looks_ahead
from service.answer.scoring import title_bag
from service.answer.tokens import bag, key, keys
from service.answer.views import segments
from service.domain import Query, Want
from service.understand import stance
from service.understand.stance import Direction

# Words of a yes/no question that ask and name nothing.
_ASKING = frozenset(
    """xay ra tinh trang dien phat sinh ghi nhan nao hoan thanh xong tat duoc bi thuc hien to chuc trien khai vua roi
    tung dang dem dung nham de phai dung hay nua lam""".split()  # noqa: SIM905
)
_NEGATION = (
    r"(?:không(?! (?:gian|khí|chỉ|ngừng|tính|kể|những|thường xuyên|quân|còn lại))|chưa(?! kể)|chấm dứt|hết)(?!\w)"
)
_NEGATED = re.compile(rf"(?<!\w)(?<!hàng ){_NEGATION}")
_DENYING = re.compile(r"(?<!\w)(?:không(?! (?:gian|khí|chỉ|ngừng|quân))|chưa|(?:đã|còn) hết)(?!\w)")
_AHEAD = re.compile(
    r"(?<!\w)(?:sẽ|dự kiến|phấn đấu|nếu|đề nghị|kiến nghị|chuẩn bị|yêu cầu|cần|đang|giao|mục tiêu|kế hoạch)(?!\w)"
)
_FINISHED = re.compile(r"(?<!\w)(?:hoàn thành|hoàn tất|xong|đã|khánh thành|bàn giao|tổ chức|công nhận)(?!\w)")
# "đã phân bổ hết chưa": what is left undone answers, whatever else was done.
_ALL_ASKED = re.compile(r"(?<!\w)(?:het|toan bo|tat ca|day du|du|xong|dut diem)(?!\w)")
_LEFT_UNDONE = re.compile(r"(?<!\w)còn(?: lại)? (?:[^;]{0,60} )?(?:chưa|phải) [^,;.]*")
_OPPOSITES = (
    (
        re.compile(r"(?<!\w)(?:dung (?:thoi )?han|dung tien do|kip(?: thoi)?|som)(?!\w)"),
        re.compile(r"(?<!\w)(?:chậm|trễ|muộn|quá hạn)(?!\w)"),
    ),
    (re.compile(r"(?<!\w)du(?!\w)(?! (?:an|toan|kien|phong))"), re.compile(r"(?<!\w)thiếu(?! (?:nhi|niên)(?!\w))")),
)
_IN_TIME = frozenset(("dung", "thoi", "han", "kip", "som", "du"))
_AIM = r"(?:mục tiêu|kế hoạch|chỉ tiêu|dự toán|yêu cầu|tiến độ|nghị quyết)"
_AIM_MISSED = re.compile(
    rf"(?<!\w)(?:(?:chưa|không) (?:đạt|hoàn thành|bảo đảm|đảm bảo|đáp ứng)(?: được| kịp)?"
    rf"(?: {_AIM}|(?=\s*(?:[,;.)]|$)))"
    rf"|(?:thấp hơn|kém|hụt|chậm)(?: so với| hơn)? (?:[\d.,%]+ (?:\w+ ){{0,3}})?{_AIM})(?!\w)"
)
_AIM_MET = re.compile(
    rf"(?<!\w)(?<!chưa )(?<!không )(?:(?:đạt|hoàn thành)(?: và vượt| (?:các|toàn bộ|100%))? {_AIM}"
    rf"|(?:vượt|cao hơn)(?: mức| so với)? (?:[\d.,%]+ (?:\w+ ){{0,3}})?{_AIM})(?!\w)(?! (?:là )?\d)"
)
_AIM_OF_YEAR = re.compile(r"(?:ke hoach|du toan|chi tieu|muc tieu)(?: ca)? nam(?! \d)(?!\w)")
_MISSED = re.compile(r"(?:không|chưa) (?:đạt|hoàn thành|bảo đảm|đảm bảo)|hụt|thấp hơn")
_MET = re.compile(r"(?<!\w)(?:vượt|đạt|hoàn thành|đủ)(?!\w)")
# "thấp hơn cấp tỉnh" tells of no rise or fall.
_THAN_BEFORE = r" hơn(?=\s*(?:[\d,;.)]|$|so với|cùng kỳ|năm|quý|tháng|kỳ|trước))"
_RISEN = re.compile(rf"(?<!\w)(?:tăng|(?:cao|nhiều){_THAN_BEFORE})")
_FALLEN = re.compile(rf"(?<!\w)(?:giảm|(?:thấp|ít){_THAN_BEFORE})")
# "có ai thiệt mạng không": denied in other words as well.
_FATE = re.compile(
    r"(?<!\w)(?:thiet mang|tu vong|chet|bi thuong|thuong vong|thiet hai ve nguoi|thiet hai (?:tinh )?mang)(?!\w)"
)
_NO_HARM = re.compile(
    r"không (?:có |gây |xảy ra |bị |ghi nhận |làm )*(?:ai |người |ca |trường hợp )?(?:bị )?"
    r"(?:thiệt hại|thương vong|ảnh hưởng|tử vong|chết|thiệt mạng|bị thương)(?: về)? ?(?:người|tính mạng)?"
)
_FATE_WORDS = frozenset(["thiet", "mang", "tu", "vong", "chet", "bi", "thuong", "ai", "nguoi", "hai", "ve", "lam"])
_BORDER = re.compile(r";|,(?!\d)|\.(?=\s|$)|[()]")
# The share of a question's weight that the very piece of the sentence must have before it decides anything.
_DECIDES = 0.85
_PREDICATE_WORDS = 2
_SUBJECT = 0.75  # share of what is asked about that a clause with its headings must say


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words between two commas, semicolons or brackets: ``share`` of the question's weight found in them.

    Where they have the last words of the question (what is said of its subject), the words before them count too.
    """

    low: str
    share: float
    denied: bool = False  # the row of things it ends is denied before its first comma: "không thiếu gạo, muối"


def by_words(query: Query, material: Material) -> tuple[Choice, bool | None] | None:
    """Return the sentence that speaks of what is asked with the verdict its words give; None for no such sentence.

    The verdict is None where the words do not decide: part of what is asked is missing, or it is still to come.
    """
    told = _by_opposites(query, material)
    if told is not None:
        return told
    speaking = _speaking(query, material)
    if stance.asks_done(query):  # what is still to be done does not tell what is
        speaking = [c for c in speaking if not looks_ahead(c.hit.passage.section_path)] or speaking
    choice = choose(speaking, weights.ANSWERABLE_TEXT)
    if choice is None or asks_fate(query):
        return None
    return choice, _verdict(query, material, choice.best)


def plan_told(query: Query, material: Material) -> tuple[Choice, bool] | None:
    """Return the sentence that says in words whether what is asked about met its aim; None where none does.

    "đạt 71%, chưa đạt mục tiêu": the first such words behind the subject count, up to the end of its part of the
    sentence.
    """
    subject = replace(stance.as_figure(query, FigureRole.PLAN_RATIO), want=Want.TEXT, role=None)
    if _AIM_OF_YEAR.search(fold(query.text)):
        subject = replace(subject, terms=tuple(t for t in subject.terms if fold(t) != "nam") or subject.terms)
    one = scorer(subject, material.rarity)
    for candidate in sentence_candidates(one, material) if one.terms else ():
        if candidate.score.fit < weights.ANSWERABLE_TEXT:
            break
        told = _aim_told(one, candidate)
        if told is not None:
            return Choice(candidate, (), older=False), told
    return None


def _aim_told(one: Scorer, candidate: Candidate) -> bool | None:
    text = candidate.view.reading.text
    for part in segments(text, candidate.stretch.start, candidate.stretch.end):
        clause = text[part.start : part.end]
        if one.coverage(((bag(clause), 1.0), (candidate.view.heading, weights.ZONE_HEADING))) < _SUBJECT:
            continue
        low = unify(clause)
        first: dict[str, int] = {}
        for match in re.finditer(r"\w+", low):
            first.setdefault(fold(key(match.group())), match.end())
        begin = max((first[folded] for _, folded, _ in one.terms if folded in first), default=None)
        if begin is None:
            continue
        met, missed = _AIM_MET.search(low, begin), _AIM_MISSED.search(low, begin)
        if met or missed:
            return missed is None or (met is not None and met.start() < missed.start())
    return None


def _by_opposites(query: Query, material: Material) -> tuple[Choice, bool] | None:
    """Decide "... có cao không" by a sentence that calls it high or low."""
    asked = way_asked(query) if stance.direction(query) is None and not asks_fate(query) else None
    told = told_way(query, material) if asked is not None else None
    return (told.choice, told.way is asked) if told is not None else None


def asks_fate(query: Query) -> bool:
    """Tell whether a question is about people killed or hurt."""
    return _FATE.search(fold(query.text)) is not None


def unharmed(query: Query, material: Material) -> Choice | None:
    """Return the sentence that speaks of what happened and says that nobody came to harm; None for none."""
    for candidate in _speaking(query, material):
        if candidate.score.fit < weights.ANSWERABLE_TEXT:
            return None
        low = unify(candidate.view.reading.text[candidate.stretch.start : candidate.stretch.end])
        if _NO_HARM.search(low):
            return Choice(candidate, (), older=False)
    return None


def denied(query: Query, material: Material) -> Choice | None:
    """Return the sentence that denies all that is asked ("không xảy ra ..."); None for none."""
    if asks_fate(query):
        return unharmed(query, material)
    for candidate in _speaking(query, material):
        if candidate.score.fit < _DECIDES:
            return None
        pieces = _pieces(query, material, candidate)
        if any(p.share >= _DECIDES and (_NEGATED.search(p.low) or p.denied) for p in pieces):
            return Choice(candidate, (), older=False)
    return None


def asks_all(query: Query) -> bool:
    """Tell whether a question asks if all of something is done ("xong hết chưa", "đủ chưa")."""
    return stance.asks_done(query) and _ALL_ASKED.search(fold(query.text)) is not None


def finished(candidate: Candidate) -> bool:
    """Tell whether the words before a figure in its part of the sentence say that it counts what is done."""
    figure, text = candidate.figure, candidate.view.reading.text
    return figure is not None and _FINISHED.search(unify(text[figure.segment.start : figure.at.start])) is not None


def left_undone(query: Query, material: Material) -> Choice | None:
    """Return the sentence that says of what "đã ... hết chưa" asks about that some is left; None for none."""
    if not asks_all(query):
        return None
    asked = {fold(key(t)) for t in _named(query).terms}
    for candidate in _speaking(query, material):
        if candidate.score.fit < _DECIDES:
            return None
        low = unify(candidate.view.reading.text[candidate.stretch.start : candidate.stretch.end])
        if any(2 * len(asked & {fold(k) for k in keys(m[0])}) >= _PREDICATE_WORDS for m in _LEFT_UNDONE.finditer(low)):
            return Choice(candidate, (), older=False)
    return None


def _speaking(query: Query, material: Material) -> list[Candidate]:
    one = scorer(_named(query), material.rarity)
    return sentence_candidates(one, material) if one.terms else []


def _named(query: Query) -> Query:
    """Return the query with the words that name something only."""
    role = stance.as_figure(query, None)
    kept = tuple(t for t in role.terms if fold(t) not in _ASKING)
    if any(asked.search(fold(query.text)) for asked, _ in _OPPOSITES):
        kept = tuple(t for t in kept if fold(t) not in _IN_TIME) or kept
    if _FATE.search(fold(query.text)):
        kept = tuple(t for t in kept if fold(t) not in _FATE_WORDS) or kept
    return replace(query, terms=kept or query.terms)


def _verdict(query: Query, material: Material, best: Candidate) -> bool | None:
    pieces = [p for p in _pieces(query, material, best) if p.share >= _DECIDES]
    if not pieces or _DENYING.search(unify(query.text.rstrip(" ?."))[:-6]):
        return None
    said = max(pieces, key=lambda p: p.share)
    low = said.low
    if stance.asks_plan(query) or stance.bound(query) is not None:
        return _met(low)
    asked = stance.direction(query)
    if asked is not None:
        return _went(low, asked)
    if _NEGATED.search(low) or said.denied or _opposed(query, low):
        return False
    if looks_ahead(best.hit.passage.section_path) or _AHEAD.search(low):
        return None
    return True if not stance.asks_done(query) or _FINISHED.search(low) else None


def _opposed(query: Query, low: str) -> bool:
    """Tell whether the clause says the opposite of what is asked: "chậm" of "đúng hạn", "thiếu" of "đủ"."""
    asked = fold(query.text)
    return any(one.search(asked) and other.search(low) for one, other in _OPPOSITES)


def _met(low: str) -> bool | None:
    if _MISSED.search(low):
        return False
    return True if _MET.search(low) and not _AHEAD.search(low.replace("kế hoạch", "").replace("mục tiêu", "")) else None


def _went(low: str, asked: Direction) -> bool | None:
    up, down = _RISEN.search(low) is not None, _FALLEN.search(low) is not None
    if up == down or _NEGATED.search(low):
        return None
    return up is (asked is Direction.UP)


def _pieces(query: Query, material: Material, candidate: Candidate) -> list[_Piece]:
    """Cut the candidate's sentence at commas, semicolons and brackets."""
    text = candidate.view.reading.text[candidate.stretch.start : candidate.stretch.end]
    cuts = [0, *(m.end() for m in _BORDER.finditer(text)), len(text)]
    named = _named(query)
    rare = {fold(key(t)): material.rarity.of(key(t), accents=named.accents) for t in named.terms}
    total = sum(rare.values()) or 1.0
    heading = candidate.view.heading.folded | title_bag(candidate.hit.report).folded
    last = {fold(key(t)) for t in named.terms[-_PREDICATE_WORDS:]}
    found: list[_Piece] = []
    before: set[str] = set()
    row: set[str] = set()  # what stands from a denial on
    for start, end in pairwise(cuts):
        low = unify(text[start:end])
        said = {fold(k) for k in keys(text[start:end])}
        before |= said
        denial = _NEGATED.search(low)
        if denial is not None:
            row = {fold(k) for k in keys(low[denial.start() :])}
        elif row and text[start - 1] == "," and start:
            row |= said
        else:
            row = set()
        words = before if last <= said else said
        in_row = bool(row) and rare.keys() <= row | heading and bool(row & rare.keys())
        words = row if in_row else words
        have = sum(w for word, w in rare.items() if word in words or word in heading)
        found.append(_Piece(low, have / total if said & rare.keys() else 0.0, denied=in_row))
    return found
