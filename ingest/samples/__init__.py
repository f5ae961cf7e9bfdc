"""Three bundled reports of a district that does not exist, as .docx and .txt, to try the service with."""

from pathlib import Path


def sample_paths(suffix: str) -> list[Path]:
    """Return the bundled files with this suffix (".docx" or ".txt"), in the order of their names."""
    return sorted(Path(__file__).parent.glob(f"*{suffix}"))
