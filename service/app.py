"""Makes the web application from the services: routes, error shape, surroundings. No logic of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from service.api import answers, conversations, index, jobs, pages, problems, reading, reports, system
from service.api.envelope import Envelope
from service.api.limits import BodyLimit
from service.api.openapi import complete
from service.ports import Services

SHUTDOWN_S = 20  # the longest wait for a report that is being read


def create_app(services: Services) -> FastAPI:
    """Return the application; its lifespan starts and stops the worker, not the services."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.worker.start()
        services.rebuilds.give_up_interrupted()
        yield
        services.worker.stop(timeout_s=SHUTDOWN_S)

    app = FastAPI(
        title="Hỏi Báo Cáo",
        version=system.program_version(),
        summary="Hỏi đáp trên báo cáo hành chính, mọi số liệu đều dẫn nguồn.",
        docs_url=None,  # the built-in pages load scripts from a CDN
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.services = services
    for module in (answers, reports, reading, index, jobs, conversations, system):
        app.include_router(module.router)
    pages.install(app)
    problems.install(app)
    complete(app)
    # The last one added stands outermost.
    app.add_middleware(BodyLimit, max_upload_bytes=services.settings.limits.max_upload_bytes)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(services.settings.portal.cors_origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "X-API-Key", "Content-Type", "X-Request-ID"],
        expose_headers=["X-Request-ID", "Location", "ETag", "Content-Disposition"],
    )
    app.add_middleware(Envelope, frame_ancestors=services.settings.portal.frame_ancestors)
    return app
