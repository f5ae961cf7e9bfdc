"""Questions about the document itself: who signed it, its number, its date, whom it went to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Passage, PassageKind, Report, Span
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from service.answer.candidates import age_key
from service.answer.tokens import bag, keys
from service.domain import Abstention, Claim, Draft, Evidence, Notice, Query, ReportRef, Status
from service.understand.places import same_place

_LABELS = {
    "signer": "Người ký",
    "signer_role": "Chức vụ người ký",
    "recipients": "Nơi nhận",
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "title": "Tên văn bản",
}
_ASKING = frozenset("ai nguoi ky ki ban hanh phat so hieu duyet ten mang ngay thay chu tich pho".split())  # noqa: SIM905
# A kind of document named without "này" need not be the one at hand; "báo cáo" and "văn bản" always are.
_OTHER_KIND = re.compile(
    r"(?<!\w)(?:chi thi|thong bao|ke hoach|nghi quyet|quyet dinh|cong van|to trinh|cong dien|chuong trinh|de an"
    r"|ket luan|bien ban|huong dan|phuong an|quy che)(?!\w)(?!(?: \w+){0,2} nay(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A visible report with its tree and passages."""

    ref: ReportRef
    report: Report
    passages: tuple[Passage, ...]


def answer_about_document(query: Query, documents: Sequence[Document]) -> Draft | Abstention:
    """Return the asked header or signature field of the newest fitting report, cited where it was read."""
    label = _LABELS[query.meta_field]
    fitting = [d for d in documents if _fits(query, d.ref)]
    fitting = [d for d in fitting if _of_kind(query, d.ref)] or fitting
    known = [d for d in fitting if query.meta_field in d.report.meta.spans]
    if not known:
        what = (
            "không có báo cáo nào khớp với kỳ hoặc địa bàn được hỏi" if not fitting else "phần đầu và phần ký không ghi"
        )
        return Abstention(f"Không tìm thấy {label.lower()}: {what}.")
    areas = {fold(d.ref.place): d for d in known}
    if len(areas) > 1:
        names = sorted({d.ref.place for d in known})
        return Abstention(
            f"Có báo cáo của nhiều nơi: {', '.join(names)}. Cần hỏi báo cáo của nơi nào?",
            status=Status.CLARIFY,
            suggestions=tuple(f"{query.text.rstrip(' ?')} ({name})?" for name in names[:3]),
        )
    chosen = max(known, key=lambda d: age_key(d.ref))
    return _draft(query, chosen, label, several=len(known) > 1)


def asks_about_document(query: Query, documents: Sequence[Document]) -> bool:
    """Tell whether a question asks about one of the ``documents`` themselves.

    "Quyết định thanh tra số mấy" asks about a decision that a report cites, unless one of them is a decision.
    """
    if not query.meta_field:
        return False
    other = _OTHER_KIND.search(fold(query.text)) is not None
    return not other or not documents or any(_is_called(query, document.ref) for document in documents)


def _is_called(query: Query, ref: ReportRef) -> bool:
    """Tell whether a report is of the kind a question names, and its head says most of the rest, all numbers of it."""
    named = bag(ref.doc_type, ref.title, ref.number, ref.issuer, ref.area).folded
    words = {fold(word) for term in query.terms for word in keys(term)} - _ASKING
    words -= {fold(word) for word in keys(ref.doc_type)}
    missing = words - named
    return _of_kind(query, ref) and 2 * len(missing) <= len(words) and not any(word[0].isdigit() for word in missing)


def _of_kind(query: Query, ref: ReportRef) -> bool:
    return bool(ref.doc_type) and fold(ref.doc_type) in fold(query.text)


def _draft(query: Query, document: Document, label: str, *, several: bool) -> Draft:
    span = document.report.meta.spans[query.meta_field]
    value = " ".join(span.of(document.report.text).replace("*", "").split())
    role = document.report.meta.signer_role if query.meta_field == "signer" else ""
    evidence = [Evidence(document.ref, _passage_at(document, span), span)]
    role_span = document.report.meta.spans.get("signer_role")
    text = f"{label}: {value}"
    if role and role_span is not None:
        text += f" ({' '.join(role.split())})"
        evidence.append(Evidence(document.ref, _passage_at(document, role_span), role_span))
    notices = (Notice("newest-report", f"Lấy theo báo cáo mới nhất: {document.ref.title}."),) if several else ()
    return Draft(
        claims=(Claim(text, tuple(range(len(evidence)))),),
        evidence=tuple(evidence),
        short_answer=value[:200],
        warnings=notices,
    )


def _fits(query: Query, ref: ReportRef) -> bool:
    if query.place is not None and not same_place(query.place, ref.area):
        return False
    if query.period is None:
        return True
    return ref.period is not None and same(query.period, ref.period, default_year=query.period.year or ref.period.year)


def _passage_at(document: Document, span: Span) -> Passage:
    for passage in document.passages:
        if any(piece.start <= span.start < piece.end for piece in passage.spans):
            return passage
    fallback = [p for p in document.passages if p.kind in (PassageKind.HEADER, PassageKind.SIGNATURE)]
    return (fallback or list(document.passages))[0]
