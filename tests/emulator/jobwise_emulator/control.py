# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface below ``/_emulator/``: no login, never journaled, never counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jobwise_emulator import fault_words
from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError

if TYPE_CHECKING:
    from jobwise_emulator.application import Emulation

Handler = Callable[[Json], Any]


def routes(emulation: Emulation) -> list[Route]:
    """The control routes over one emulation."""
    platform, faults = emulation.platform, emulation.faults

    def arm(order: Json) -> Json:
        if set(order) == {"words"}:
            order = fault_words.order_of(str(order["words"]), platform.types())
        return faults.arm(order)

    def clear_faults(dummy: Json) -> Json:
        faults.clear()
        platform.faults_cleared()
        return faults.report()

    def advance(order: Json) -> Json:
        emulation.clock.advance(float(order.get("advance", 0)))
        return {"now": emulation.clock.now()}

    def reset(dummy: Json) -> Json:
        emulation.reset()
        return {}

    def stop(dummy: Json) -> Json:
        emulation.stop()
        return {}

    table: list[tuple[str, str, Handler]] = [
        ("GET", "/sessions", lambda dummy: platform.sessions()),
        ("GET", "/requests", lambda dummy: emulation.requests()),
        ("GET", "/report", lambda dummy: emulation.report()),
        ("GET", "/faults", lambda dummy: faults.report()),
        ("POST", "/faults", arm),
        ("DELETE", "/faults", clear_faults),
        ("POST", "/change", platform.change),
        ("POST", "/jobs", platform.start_job),
        ("POST", "/peer", platform.peer),
        ("POST", "/clock", advance),
        ("POST", "/reset", reset),
        ("POST", "/stop", stop),
    ]
    return [Route(path, endpoint(handler), methods=[method]) for method, path, handler in table]


def endpoint(handler: Handler) -> Callable[[HttpRequest], Awaitable[Response]]:
    """Wrap a handler: JSON in (if any), JSON out, 400 with the reason for an order that makes no sense."""

    async def answer(request: HttpRequest) -> Response:
        body = await request.body()
        try:
            order = await request.json() if body else {}
            if not isinstance(order, dict):
                raise OrderError("the order must be a JSON object")
            return JSONResponse(handler(order))
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer
