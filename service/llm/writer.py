"""Wording by a language model: numbered excerpts in, cited claims out. The guard decides what survives."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Protocol

from ingest.vi.periods import period_label
from ingest.vi.sentences import sentences
from service.answer.candidates import Material
from service.answer.views import text_of
from service.domain import Claim, Draft, Evidence, Query
from service.llm.client import LlmUnavailable
from service.llm.prompts import Prompt

log = logging.getLogger(__name__)

MAX_EXCERPTS = 6
_MARK = re.compile(r"\[(\d{1,2})\]")
_REFUSAL = re.compile(r"^\W*không có\W*$", re.IGNORECASE)


class Completer(Protocol):
    """Anything that completes a prompt; ``model`` is recorded in the answer."""

    model: str

    def complete(self, prompt: str) -> str:
        """Return the reply. Raises ``LlmUnavailable``."""
        ...


@dataclass(frozen=True, slots=True)
class LlmWriter:
    """Words answers with ``client`` from the prompt ``prompts/answer.md``."""

    client: Completer
    prompt: Prompt

    def draft(self, query: Query, material: Material, found: Draft) -> Draft | None:
        """Return the worded draft over the extractive evidence and the best passages; None when it failed.

        The short answer and the figures stay those of the extractive draft: the model only words.
        """
        evidence = _excerpts(found, material)
        quoted = "\n".join(f"[{n}] {text}" for n, (_, text) in enumerate(evidence, start=1))
        period = period_label(query.period) if query.period else "không nêu"
        try:
            reply = self.client.complete(self.prompt.fill(question=query.text, excerpts=quoted, period=period))
        except LlmUnavailable as error:
            log.warning("language model unavailable: %s", error)
            return None
        claims = claims_of(reply, excerpts=len(evidence))
        if not claims:
            return None
        return Draft(
            claims=claims,
            evidence=tuple(one for one, _ in evidence),
            short_answer=found.short_answer,
            figures=found.figures,
            warnings=found.warnings,
            engine="llm",
            model=self.client.model,
            prompt_version=self.prompt.version,
        )


def claims_of(reply: str, *, excerpts: int) -> tuple[Claim, ...]:
    """Return the sentences of a reply with the 0-based excerpts they cite; () for a refusal or an empty reply.

    A sentence without a mark keeps no evidence, so the guard drops it; a mark beyond ``excerpts`` does the same.
    """
    text = " ".join(reply.split())
    if not text or _REFUSAL.match(text):
        return ()
    claims: list[Claim] = []
    for start, end in _marked_sentences(text):
        part = text[start:end]
        cited = tuple(dict.fromkeys(int(n) - 1 for n in _MARK.findall(part)))
        words = " ".join(_MARK.sub("", part).replace(" .", ".").split())
        if words.strip(" .*-"):
            claims.append(Claim(words, cited if all(0 <= c < excerpts for c in cited) else ()))
    return tuple(claims)


def _marked_sentences(text: str) -> list[tuple[int, int]]:
    """Split into sentences, a run of [n] after a full stop staying with the sentence before it."""
    bounds = sentences(text)
    joined: list[tuple[int, int]] = []
    for start, end in bounds:
        lead = re.match(r"(?:\s*\[\d{1,2}\])+[.\s]*", text[start:end])
        if lead and joined:
            joined[-1] = (joined[-1][0], start + lead.end())
            start += lead.end()
        if text[start:end].strip():
            joined.append((start, end))
    return joined


def _excerpts(found: Draft, material: Material) -> list[tuple[Evidence, str]]:
    """Return the extractive evidence first, then the best passages, each with the text shown to the model."""
    seen: list[tuple[Evidence, str]] = []
    for one in found.evidence:
        reading = next((v.reading for v in material.views if v.passage.id == one.passage.id), None)
        seen.append((one, text_of(reading, one.span).strip() if reading else ""))
    for hit, opened in zip(material.hits, material.views, strict=True):
        if len(seen) >= MAX_EXCERPTS:
            break
        for span in opened.passage.spans[:1]:
            evidence = Evidence(hit.report, opened.passage, span)
            seen.append((evidence, text_of(opened.reading, span).strip()))
    return [(one, text) for one, text in seen if text]
