"""Three bundled reports of a district that does not exist, as .docx and .txt, to try the service with."""

from pathlib import Path

GOLDEN_SUFFIX = ".tree.txt"


def sample_paths(suffix: str) -> list[Path]:
    """Return the bundled reports with this suffix (".docx" or ".txt"), by name; golden trees are left out."""
    found = Path(__file__).parent.glob(f"*{suffix}")
    return sorted(path for path in found if not path.name.endswith(GOLDEN_SUFFIX))
