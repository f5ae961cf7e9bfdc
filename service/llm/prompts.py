"""Prompt files: a front matter that declares version and variables, and a template that uses exactly those.

PromptError is a programming error, not one of a request: it is raised when the service is built.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files

_FRONT = re.compile(
    r"\A---\nversion: (?P<version>\d+)\nvariables: \[(?P<names>[a-z_, ]*)\]\n---\n(?P<body>.*)\Z", re.DOTALL
)
_SLOT = re.compile(r"\{([a-z_]+)\}")


class PromptError(Exception):
    """A prompt file is malformed, or was filled with other variables than it declares."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template. ``version`` is "name/number/first 8 digits of its SHA-256", as recorded in each answer."""

    version: str
    variables: frozenset[str]
    body: str

    def fill(self, **values: str) -> str:
        """Return the text with every variable replaced once; values are not searched for slots.

        Raises ``PromptError`` for a missing or an unknown variable.
        """
        if values.keys() != self.variables:
            raise PromptError(f"{self.version}: expected {sorted(self.variables)}, got {sorted(values)}")
        return _SLOT.sub(lambda slot: values[slot.group(1)], self.body)


def load(name: str) -> Prompt:
    """Return the prompt ``prompts/<name>.md``. Raises ``PromptError``."""
    return parse(name, files("prompts").joinpath(f"{name}.md").read_text("utf-8"))


def parse(name: str, text: str) -> Prompt:
    """Return the prompt in ``text``. Raises ``PromptError`` when declared and used variables differ."""
    front = _FRONT.match(text)
    if front is None:
        raise PromptError(f"{name}: no front matter with version and variables")
    declared = frozenset(n.strip() for n in front["names"].split(",") if n.strip())
    used = frozenset(_SLOT.findall(front["body"]))
    if declared != used:
        raise PromptError(f"{name}: declares {sorted(declared)}, uses {sorted(used)}")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Prompt(f"{name}/{front['version']}/{digest}", declared, front["body"])
