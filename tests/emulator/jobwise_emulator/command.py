# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the emulator and its life from start to end."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

from jobwise_emulator import platforms
from jobwise_emulator.application import Emulation
from jobwise_emulator.certificates import Identity
from jobwise_emulator.clock import Clock
from jobwise_emulator.server import Server
from jobwise_emulator.transport import Transport

LOOK_EVERY = 0.5


def entry() -> int:
    """Be the program ``jobwise-emulator``."""
    return main(sys.argv[1:])


def main(arguments: list[str]) -> int:
    """Run until stopped. Exit status 0 after a clean stop, 2 for wrong arguments or a wrong seed."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if not options.address.startswith("127."):
        parser.error("--address must be a loopback address")
    clock = Clock(options.speed)
    identity = Identity()
    try:
        seed = json.loads(options.seed.read_text(encoding="utf-8")) if options.seed else None
        if not isinstance(seed, dict | None):
            raise platforms.OrderError("the seed must be a JSON object")
        bulk = {"volumes": options.volumes, "groups": options.groups}
        chosen = platforms.Options(clock, seed, bulk, options.api_version, options.cluster, identity.chain)
        platform = platforms.create(options.platform, chosen)
    except (OSError, ValueError) as error:
        parser.error(f"cannot use the seed: {error}")
    asyncio.run(serve(options, clock, platform, identity))
    return 0


def build_parser() -> argparse.ArgumentParser:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m jobwise_emulator", description="Emulate an appliance on loopback.")
    parser.add_argument("--platform", choices=platforms.KNOWN, required=True)
    parser.add_argument("--port", type=int, default=0, help="0: the system chooses one")
    parser.add_argument("--address", default="127.0.0.1", help="a loopback address (the certificate names 127.0.0.1)")
    parser.add_argument("--state-dir", type=Path, required=True, help="gets url, ca.pem and pid when ready")
    parser.add_argument("--journal", type=Path, help="append one JSON line per exchange")
    parser.add_argument("--speed", type=positive, default=1.0, help="durations of jobs are divided by this")
    parser.add_argument("--seed", type=Path, help="JSON file with the objects to start with")
    parser.add_argument("--volumes", type=int, default=0, help="add so many volumes (bulk0001, ...)")
    parser.add_argument("--groups", type=int, default=0, help="add so many volume groups (bulk0001, ...)")
    parser.add_argument("--api-version", default="", help="version of the API to follow (platform's default if empty)")
    parser.add_argument("--cluster", default="", help="name of the cluster; its global id is PS and this name")
    parser.add_argument("--lifetime", type=float, default=3600.0, help="stop after so many seconds")
    return parser


def positive(text: str) -> float:
    """A number above zero."""
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return value


async def serve(options: argparse.Namespace, clock: Clock, platform: platforms.Platform, identity: Identity) -> None:
    """Serve one platform until stopped, out of time, or without a state folder."""
    folder: Path = options.state_dir
    folder.mkdir(parents=True, exist_ok=True)
    transport = Transport(options.address, options.port, identity.server_context(folder / "ca.pem"))
    emulation = Emulation(platform, clock, transport, options.journal)
    server = Server(emulation.application(), transport, lambda: announce(folder, transport))
    emulation.stop = server.stop
    watch = asyncio.create_task(watch_over(folder, options.lifetime, server))
    try:
        await server.serve()
    finally:
        watch.cancel()
        for name in ("url", "pid", "ca.pem"):
            (folder / name).unlink(missing_ok=True)


def announce(folder: Path, transport: Transport) -> None:
    """Tell where the emulator is: each file appears whole, ``url`` last."""
    write_whole(folder / "pid", f"{os.getpid()}\n")
    write_whole(folder / "url", f"https://{transport.address}:{transport.port}\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that nobody sees half of it."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


async def watch_over(folder: Path, lifetime: float, server: Server) -> None:
    """Stop the server when its time is over or nobody can find it any more."""
    left = lifetime
    while left > 0 and folder.is_dir():
        await asyncio.sleep(min(LOOK_EVERY, left))
        left -= LOOK_EVERY
    server.stop()
