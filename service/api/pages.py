"""The pages and their files. The pages hold no key; only /embed may be shown in a frame (see ``envelope``)."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

WEB = Path(__file__).parent.parent / "web"
# Files change with the program only, but without names that change with them: the browser asks each time (ETag).
_ASK_AGAIN = {"Cache-Control": "no-cache"}


def install(app: FastAPI) -> None:
    """Serve the web chat, its frame and the script that puts the frame into a portal."""

    def page(name: str, media_type: str) -> FileResponse:
        return FileResponse(WEB / name, media_type=media_type, headers=_ASK_AGAIN)

    @app.get("/", include_in_schema=False)
    def chat() -> FileResponse:
        return page("index.html", "text/html; charset=utf-8")

    @app.get("/embed", include_in_schema=False)
    def embed() -> FileResponse:
        return page("embed.html", "text/html; charset=utf-8")

    @app.get("/embed.js", include_in_schema=False)
    def embed_script() -> FileResponse:
        return page("embed.js", "text/javascript; charset=utf-8")

    app.mount("/static", StaticFiles(directory=WEB, check_dir=False), name="static")
