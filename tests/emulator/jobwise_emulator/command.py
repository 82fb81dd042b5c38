# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program ``jobwise-emulator``: which command was given, and the life of an appliance from start to end."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from jobwise_emulator import greeting, options, orders, platforms, starting
from jobwise_emulator.application import Emulation
from jobwise_emulator.certificates import Identity
from jobwise_emulator.clock import Clock
from jobwise_emulator.server import Server
from jobwise_emulator.transport import Transport

LOOK_EVERY = 0.5
FILES = ("url", "environment", "pid", "ca.pem")


def entry() -> int:
    """Be the program ``jobwise-emulator``."""
    return main(sys.argv[1:])


def main(arguments: list[str]) -> int:
    """Carry out a command; without one, start an appliance. Exit status 2 for wrong arguments or a wrong seed."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name == "replay":
        from jobwise_emulator.replay import command  # imported only then

        return command.main(rest)
    if name in orders.COMMANDS:
        return orders.main(name, rest)
    return start(rest if name == "start" else arguments)


def start(arguments: list[str]) -> int:
    """Run an appliance until it is stopped. Exit status 0 after a clean stop."""
    parser = options.start_parser()
    if not arguments:
        parser.print_help()
        return 2
    given = parser.parse_args(arguments)
    if not given.address.startswith("127."):
        parser.error("--address must be a loopback address")
    if given.job_seconds:
        given.speed = options.ORDINARY_JOB / given.job_seconds
    clock = Clock(given.speed)
    identity = Identity()
    try:
        platform = starting.create(given, clock, identity.chain)
        given.platform = starting.platform_name(given)
    except (OSError, ValueError) as error:
        parser.error(f"cannot use the seed: {error}")
    with contextlib.ExitStack() as stack:
        if given.state_dir is None:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="jobwise-emulator-", ignore_cleanup_errors=True)
            )
            given.state_dir = Path(folder)
        try:
            asyncio.run(serve(given, clock, platform, identity))
        except OSError as error:
            parser.error(f"cannot listen at {given.address} port {given.port}: {error.strerror or error}")
        except platforms.OrderError as error:
            parser.error(str(error))
    return 0


async def serve(given: argparse.Namespace, clock: Clock, platform: platforms.Platform, identity: Identity) -> None:
    """Serve one platform until stopped, out of time, or without a state folder."""
    folder: Path = given.state_dir
    folder.mkdir(parents=True, exist_ok=True)
    transport = Transport(given.address, given.port, identity.server_context(folder / "ca.pem"))
    emulation = Emulation(platform, clock, transport, given.journal)
    starting.arm(emulation.faults, given.fault, platform)
    server = Server(emulation.application(), transport, lambda: announce(given, transport))
    emulation.stop = server.stop
    watch = asyncio.create_task(watch_over(folder, given.lifetime, server))
    try:
        await server.serve()
    finally:
        watch.cancel()
        for name in FILES:
            (folder / name).unlink(missing_ok=True)


def announce(given: argparse.Namespace, transport: Transport) -> None:
    """Tell where the emulator is: each file appears whole, ``url`` last."""
    folder: Path = given.state_dir
    access = greeting.Access(given, transport.port)
    write_whole(folder / "pid", f"{os.getpid()}\n")
    write_whole(folder / "environment", access.environment())
    write_whole(folder / "url", f"https://{transport.address}:{transport.port}\n")
    print(access.text(), flush=True)


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
