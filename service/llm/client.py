"""The one OpenAI-compatible client: llama-index's OpenAILike, no retries, one deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

# An answer is three short sentences; a model that runs on is cut here.
MAX_ANSWER_TOKENS = 400
MAX_REPLY_CHARS = 8_000


class LlmUnavailable(Exception):
    """The endpoint is absent, slow, refuses, or its reply cannot be read."""


@dataclass(slots=True)
class LlmClient:
    """A connection to one model. llama-index is imported at the first call, so start-up does not pay for it."""

    base_url: str
    model: str
    api_key: str
    timeout_s: float
    _llm: OpenAILike | None = None

    def complete(self, prompt: str) -> str:
        """Return the model's reply, at most ``MAX_REPLY_CHARS`` characters. Raises ``LlmUnavailable``."""
        try:
            reply = self._connected().complete(prompt)
        # The declared edge to llama-index, openai and httpx: each raises a tree of its own, and a broken endpoint
        # may make them raise anything (bad JSON, wrong UTF-8, missing keys).
        except Exception as error:
            raise LlmUnavailable(f"{type(error).__name__}: {error}") from error
        text = reply.text or ""
        if not text.strip():
            raise LlmUnavailable("empty reply")
        return text[:MAX_REPLY_CHARS]

    def _connected(self) -> OpenAILike:
        if self._llm is None:
            from llama_index.llms.openai_like import OpenAILike

            self._llm = OpenAILike(
                model=self.model,
                api_base=self.base_url,
                api_key=self.api_key or "none",
                is_chat_model=True,
                max_retries=0,
                timeout=self.timeout_s,
                temperature=0.0,
                max_tokens=MAX_ANSWER_TOKENS,
                context_window=8192,
            )
        return self._llm
