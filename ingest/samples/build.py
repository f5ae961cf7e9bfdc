"""Make the sample reports: `python -m ingest.samples.build` rewrites every .docx and .txt from `source/`."""

from pathlib import Path

from ingest.samples.docx_writer import to_docx
from ingest.samples.markup import parse
from ingest.samples.text_writer import to_text

HERE = Path(__file__).parent
SOURCES = HERE / "source"


def build(source: Path) -> dict[str, bytes]:
    """Return the files made from one source: name to bytes."""
    report = parse(source.read_text(encoding="utf-8"))
    return {
        f"{source.stem}.docx": to_docx(report),
        f"{source.stem}.txt": to_text(report).encode("utf-8"),
    }


def build_all(folder: Path) -> list[Path]:
    """Write the files of every source into `folder` and return their paths."""
    written = []
    for source in sorted(SOURCES.glob("*.md")):
        for name, content in build(source).items():
            path = folder / name
            path.write_bytes(content)
            written.append(path)
    return written


def main() -> None:
    """Rebuild the bundled files in place."""
    for path in build_all(HERE):
        print(path.name)


if __name__ == "__main__":
    main()
