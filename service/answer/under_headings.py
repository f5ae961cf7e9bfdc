"""Questions for what a heading gathers: shortcomings, causes, solutions, proposals ("còn những hạn chế gì")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.domain import PassageKind
from ingest.vi.normalise import fold
from service.answer import weights
from service.answer.candidates import Candidate, Material, sentence_candidates
from service.answer.drafting import evidence_of
from service.answer.phrases import LIST_MARK
from service.answer.query_words import Scorer, scorer
from service.answer.scope import period_fits, place_fits
from service.answer.scoring import Score
from service.answer.shortest import SHORT_MAX_CHARS
from service.answer.tokens import bag, key, keys
from service.answer.views import PassageView, Stretch
from service.domain import Claim, Draft, Evidence, Hit, Query, Want

# What is asked for -> the words of a heading that gathers it (both folded): "khó khăn" stands under "Tồn tại, hạn chế".
_LACKS = r"han che|ton tai|kho khan|vuong mac|bat cap|yeu kem|thieu sot|khuyet diem"
_KINDS = (
    (re.compile(rf"(?<!\w)(?:{_LACKS})(?!\w)"), re.compile(rf"(?<!\w)(?:{_LACKS})(?!\w)")),
    (re.compile(r"(?<!\w)(?:nguyen nhan|ly do|vi sao|tai sao|do dau)(?!\w)"), re.compile(r"(?<!\w)nguyen nhan(?!\w)")),
    (re.compile(r"(?<!\w)(?:giai phap|bien phap)(?!\w)"), re.compile(r"(?<!\w)(?:giai phap|bien phap)(?!\w)")),
    (re.compile(r"(?<!\w)(?:kien nghi|de xuat)(?!\w)"), re.compile(r"(?<!\w)(?:kien nghi|de xuat)(?!\w)")),
)
_NAMES = (*_LACKS.split("|"), "nguyen nhan", "ly do", "giai phap", "bien phap", "kien nghi", "de xuat", "cong tac")
# "Để gỡ khó ...": the word must be what is asked for, not the occasion.
_ASKED = re.compile(
    rf"(?:{_LACKS}|nguyen nhan|ly do|giai phap|bien phap|kien nghi|de xuat)"
    r"(?: (?!de |nham |cho |ve viec )\w+){0,14}? (?:gi|nao|(?:nhu )?the nao|ra sao)(?!\w)"
    r"|(?:nhung|cac|con|gap) (?:\w+ )?(?:han che|ton tai|kho khan|vuong mac|bat cap)"
    r"|(?:vi|tai) sao|do dau|^(?:cac |nhung )?nguyen nhan"
)
_CLOSING = re.compile(r"\W*(?:tren day la|kinh (?:de nghi|trinh|bao cao|mong))(?!\w)")
# What causes are asked of and headings do not repeat: "nguyên nhân của các vi phạm".
_FAULTS = ("vi pham", "sai pham")
_SORTS = {"chu quan": "khach quan", "khach quan": "chu quan"}
_HOW = frozenset(
    """tang giam cham thap kem cao nhieu it chua khong dat con gap gay nay tot khien dan den lam cho ra viec cua chi neu
    thay danh gia phat hien doan bao cao duoc""".split()  # noqa: SIM905
)
_TOPIC = 0.8  # share of the topic that headings and title must say
_SPOKEN = 0.9  # a sentence that gives a reason for just that goes before a whole section
_MOST_SENTENCES = 8
_TOGETHER = 0.1  # times the share of the topic's neighbouring words that stand together in the headings


@dataclass(frozen=True, slots=True)
class _Section:
    hit: Hit
    view: PassageView
    said: float


def gathered(query: Query, material: Material) -> Draft | None:
    """Return the sentences under the heading that gathers what is asked for, in order, each cited; None for none.

    The topic has to be said by the headings or the title of the report: "giải pháp giải ngân" is answered by "2. Về
    giải ngân" under "III. Giải pháp", a question about one road is not.
    """
    folded = fold(query.text)
    named = [(match.start(), heads) for asked, heads in _KINDS if (match := asked.search(folded))]
    kind = min(named, key=lambda one: one[0])[1] if named else None  # "nguyên nhân của hạn chế" asks for causes
    wanted = (Want.LIST, Want.REASON, Want.NAME, Want.TEXT)
    if kind is None or query.want not in wanted or query.others or not _ASKED.search(folded):
        return None
    topic = _topic(query)
    if query.want is Want.REASON and ("nguyen nhan" not in folded if not topic.terms else _spoken(query, material)):
        return None
    found = _best(list(_sections(topic, kind, query, material)))
    pieces = _pieces(folded, found)
    return _draft(pieces) if pieces else None


def _topic(query: Query) -> Query:
    """Return the query without the words that name the kind of section and those that say how something went."""
    words = f" {' '.join(fold(key(t)) for t in query.terms)} "
    for name in (*_NAMES, *_SORTS, *_FAULTS):
        words = words.replace(f" {name} ", f" {' '.join('-' * len(name.split()))} ")
    kept = zip(query.terms, words.split(), strict=True)
    return replace(query, terms=tuple(t for t, word in kept if word != "-" and word not in _HOW))


def _spoken(query: Query, material: Material) -> bool:
    ranked = sentence_candidates(scorer(query, material.rarity), material)
    return bool(ranked) and max(c.score.fit for c in ranked) >= _SPOKEN


def _sections(topic: Query, kind: re.Pattern[str], query: Query, material: Material) -> Iterator[_Section]:
    one = scorer(topic, material.rarity)
    for hit, view in zip(material.hits, material.views, strict=True):
        path = view.passage.section_path
        if view.passage.kind is not PassageKind.SECTION or not any(kind.search(fold(name)) for name in path):
            continue
        if period_fits(query.period, None, hit.report.period) and place_fits(query, hit, view, None):
            said = _said(one, hit, path)
            if said >= _TOPIC:
                yield _Section(hit, view, said)


def _said(one: Scorer, hit: Hit, path: Sequence[str]) -> float:
    if not one.terms:
        return 1.0
    around = bag(hit.report.title, hit.report.issuer)
    told = f" {' '.join(fold(k) for k in keys(' '.join(path)))} "
    pairs = sum(f" {pair} " in told for pair in one.pairs) / len(one.pairs) if one.pairs else 0.0
    return one.coverage(((bag(*path), 1.0), (around, weights.OTHER_WORDS))) + _TOGETHER * pairs


def _best(found: Sequence[_Section]) -> list[_Section]:
    """Return the sections of one report that say most of the topic, in document order; of reports the best hit's."""
    if not found:
        return []
    most = max(section.said for section in found)
    near = [section for section in found if section.said >= most - 1e-9]
    first = min(near, key=lambda section: section.hit.rank)
    own = [s for s in near if s.hit.report.version_id == first.hit.report.version_id]
    return sorted(own, key=lambda section: section.view.passage.ordinal)


def _pieces(folded: str, sections: Sequence[_Section]) -> list[Candidate]:
    """Return the sentences of ``sections``; of causes called "chủ quan" or "khách quan" only those asked for."""
    sort = next((sort for sort in _SORTS if sort in folded), "")
    taking = not sort
    found: list[Candidate] = []
    for section in sections:
        above = fold(" ".join(section.view.passage.section_path[-1:]))
        for sentence in section.view.sentences:
            text = f"{above} {fold(section.view.reading.text[sentence.at.start : sentence.at.end])}"
            if sort:
                taking = sort in text or (taking and _SORTS[sort] not in text)
            if taking and not _CLOSING.match(text.removeprefix(above)):
                found.append(Candidate(Score(section.said, section.said), section.hit, section.view, None, sentence.at))
    return found[:_MOST_SENTENCES]


def _draft(pieces: Sequence[Candidate]) -> Draft:
    claims: list[Claim] = []
    evidence: list[Evidence] = []
    shorts: list[str] = []
    for piece in pieces:
        cited = evidence_of(piece, piece.stretch)
        text = _plain(piece.view, piece.stretch)
        claims.append(Claim(f"\n{text}" if claims else text, tuple(range(len(evidence), len(evidence) + len(cited)))))
        evidence += cited
        shorts.append(text.rstrip(" .;"))
    short = "; ".join(shorts)
    return Draft(tuple(claims), tuple(evidence), short if len(short) <= SHORT_MAX_CHARS else None)


def _plain(view: PassageView, at: Stretch) -> str:
    return LIST_MARK.sub("", view.reading.text[at.start : at.end]).strip()
