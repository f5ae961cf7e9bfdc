"""Three bundled reports of a district that does not exist, as .docx and .txt, to try the service with."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

GOLDEN_SUFFIX = ".tree.txt"


def sample_paths(suffix: str) -> list[Path]:
    """Return the bundled reports with this suffix (".docx" or ".txt"), by name; golden trees are left out."""
    found = Path(__file__).parent.glob(f"*{suffix}")
    return sorted(path for path in found if not path.name.endswith(GOLDEN_SUFFIX))


@lru_cache(maxsize=1)
def sample_digests() -> frozenset[str]:
    """Return the SHA-256, in hex, of every bundled report: how a report taken in is known to be one of them."""
    paths = [*sample_paths(".docx"), *sample_paths(".txt")]
    return frozenset(sha256(path.read_bytes()).hexdigest() for path in paths)
