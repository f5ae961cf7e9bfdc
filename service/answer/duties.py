"""What an organisation has to do: "Sở X được giao những nhiệm vụ gì?", out of its list of duties or what charges it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.domain import PassageKind
from ingest.vi.normalise import fold, unify
from service.answer.candidates import Candidate, Material
from service.answer.drafting import evidence_of
from service.answer.offices import given_to, office_above, offices
from service.answer.phrases import claim_text
from service.answer.scoring import Score
from service.answer.shortest import SHORT_MAX_CHARS
from service.answer.tokens import keys
from service.answer.views import PassageView, Stretch
from service.domain import Claim, Draft, Evidence, Query

_ASKED = re.compile(
    r"(?<!\w)(?:nhiệm vụ|công việc|việc|trách nhiệm|nội dung)(?: \w+){0,3} (?:gì|nào)(?!\w)"
    r"|(?<!\w)(?:làm|chủ trì|phụ trách|chịu trách nhiệm|thực hiện)(?: những| các)?(?: nhiệm vụ| việc)? gì(?!\w)"
    r"|(?<!\w)nhiệm vụ (?:của|được giao|giao cho)"
)
# Words of such a question that name nothing.
_GENERAL = frozenset(
    fold(
        "được giao nhiệm vụ việc công trách nhiệm chịu phải cần làm thực hiện yêu cầu có những các gì nào nội dung"
        " chủ trì phụ trách là của cho trong theo này kế hoạch chỉ thị thông báo nghị quyết kết luận văn bản báo cáo cụ"
        " thể nêu kể tên liệt đề nghị sẽ đó tại"
    ).split()
)
_SHOWN = 8
_LIST_MARK = re.compile(r"^\s*(?:[-+•*–]|\(?(?:[ivx]+|\d{1,2}|[a-zđ])[.)])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Duty:
    """A sentence that says something to be done, as a candidate, and the part of it that says it."""

    candidate: Candidate
    told: str


def asked_office(query: Query) -> str | None:
    """Return the one organisation whose tasks a question asks for; None where it asks for anything else."""
    if not query.accents or _ASKED.search(unify(query.text)) is None:
        return None
    named = offices(query.text)
    if len(named) != 1:
        return None
    name = query.text[named[0].start : named[0].end]
    rest = f"{query.text[: named[0].start]} {query.text[named[0].end :]}"
    return name if all(fold(word) in _GENERAL for word in keys(rest)) else None


def duties(query: Query, material: Material) -> Draft | None:
    """Return what the organisation a question names is to do, each duty cited; None where no report charges it."""
    office = asked_office(query)
    if office is None:
        return None
    found = list(_listed(office, material)) or list(_charged(office, material))
    if not found:
        return None
    first = found[0].candidate.hit.report.version_id
    found = [duty for duty in found if duty.candidate.hit.report.version_id == first]
    claims: list[Claim] = []
    evidence: list[Evidence] = []
    for duty in found[:_SHOWN]:
        pieces = evidence_of(duty.candidate, duty.candidate.stretch)
        text = claim_text(duty.candidate.view, duty.candidate.stretch, None)
        claims.append(Claim(f"\n{text}" if claims else text, tuple(range(len(evidence), len(evidence) + len(pieces)))))
        evidence += pieces
    return Draft(claims=tuple(claims), evidence=tuple(evidence), short_answer=_short(found))


def _listed(office: str, material: Material) -> Iterator[_Duty]:
    """Yield the sentences of the lists of duties whose heading begins with the organisation, in document order."""
    for at in _in_order(material):
        view = material.views[at]
        above = office_above(view.passage.section_path)
        if above is None or not _same(office, above):
            continue
        for stretch in _items(view):
            told = view.reading.text[stretch.start : stretch.end]
            yield _Duty(Candidate(Score(1.0, 1.0), material.hits[at], view, None, stretch), told)


def _items(view: PassageView) -> list[Stretch]:
    """Return the items of a list of duties, each with the sentences that belong to it; all where none is marked.

    Behind the last item only its own sentence is taken: what a document closes with follows without a heading.
    """
    text = view.reading.text
    marked = [n for n, one in enumerate(view.sentences) if _LIST_MARK.match(text[one.at.start : one.at.end])]
    if not marked:
        return [one.at for one in view.sentences]
    ends = [*(n - 1 for n in marked[1:]), marked[-1]]
    return [
        Stretch(view.sentences[n].at.start, view.sentences[end].at.end) for n, end in zip(marked, ends, strict=True)
    ]


def _charged(office: str, material: Material) -> Iterator[_Duty]:
    """Yield the sentences elsewhere that give the organisation a task, or begin with it."""
    for at in _in_order(material):
        view = material.views[at]
        for sentence in view.sentences if view.passage.kind is PassageKind.SECTION else ():
            text = view.reading.text[sentence.at.start : sentence.at.end]
            end = given_to(office, text)
            if end is not None:
                yield _Duty(Candidate(Score(1.0, 1.0), material.hits[at], view, None, sentence.at), text[end:])


def _in_order(material: Material) -> list[int]:
    """Return the places of the passages: report by report as found, in each as it is written."""
    reports = list(dict.fromkeys(hit.report.version_id for hit in material.hits))
    order = {version: rank for rank, version in enumerate(reports)}
    hits = material.hits
    return sorted(range(len(hits)), key=lambda at: (order[hits[at].report.version_id], hits[at].passage.ordinal))


def _same(office: str, above: str) -> bool:
    asked, named = fold(office), fold(above)
    return named == asked or re.match(rf"{re.escape(asked)}\s?(?:[,;]|va )", named) is not None


def _short(found: Sequence[_Duty]) -> str | None:
    """Return all duties joined with "; "; None where that is long: half a list of duties is a wrong one."""
    told = "; ".join(_LIST_MARK.sub("", duty.told).strip(" ,;:.") for duty in found)
    return told if len(told) <= SHORT_MAX_CHARS else None
