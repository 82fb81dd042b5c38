# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command ``jobwise-emulator replay``: replays a recording, and reports for people or as JSON."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from jobwise_emulator import options, starting
from jobwise_emulator.certificates import Identity
from jobwise_emulator.clock import ManualClock
from jobwise_emulator.exchange import Json
from jobwise_emulator.greeting import PASSWORD, TITLES, USUAL_USER
from jobwise_emulator.replay.comparison import Difference
from jobwise_emulator.replay.player import Login, Player
from jobwise_emulator.replay.recording import Exchange, exchanges_of

ABOUT = """\
Replay what tasks have recorded with JOBWISE_RECORD against an emulated appliance, and show where the emulator differs
from the real one: in the status of answers, error codes, attributes, types of values, and in how jobs ended. Values,
ids and times may differ. The seed should be what the real appliance was gathered into before the recording."""
MOST_LINES = 5
FOLLOWS = "about something that the emulator has refused to make, see above"


@dataclasses.dataclass
class Outcome:
    """What came of a replay. ``found``: by route, the differences, each with the lines of the recording."""

    alike: int = 0
    differing: int = 0
    left_out: Counter[str] = dataclasses.field(default_factory=Counter)
    found: dict[str, dict[Difference, list[int]]] = dataclasses.field(default_factory=dict)
    platforms: set[str] = dataclasses.field(default_factory=set)

    def add(self, exchange: Exchange, differences: list[Difference]) -> None:
        """Note one exchange."""
        self.platforms.add(exchange.platform)
        self.alike += not differences
        self.differing += bool(differences)
        for one in differences:
            self.found.setdefault(exchange.route, {}).setdefault(one, []).append(exchange.number)

    def as_json(self) -> Json:
        """The outcome as data."""
        rows = [
            {"request": route, "place": one.place, "difference": one.what, "lines": numbers}
            for route, differences in sorted(self.found.items())
            for one, numbers in sorted(differences.items())
        ]
        return {
            "alike": self.alike,
            "differing": self.differing,
            "not_replayed": dict(self.left_out),
            "differences": rows,
        }

    def as_text(self) -> str:
        """The outcome for people."""
        titles = " and ".join(TITLES[name] for name in sorted(self.platforms)) or "nothing"
        lines = [f"Replayed against {titles}: {self.alike} exchanges alike, {self.differing} differ."]
        for route, differences in sorted(self.found.items()):
            lines += ["", route]
            for one, numbers in sorted(differences.items()):
                shown = ", ".join(map(str, numbers[:MOST_LINES])) + (", ..." if len(numbers) > MOST_LINES else "")
                lines.append(f"  {one.place}: {one.what} (line {shown})")
        if self.left_out:
            lines += ["", "Not replayed:", *(f"  {count} x {why}" for why, count in sorted(self.left_out.items()))]
        return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Replay a recording. Exit status 0 if all is alike, 1 if something differs, 2 if it cannot be replayed."""
    parser = argparse.ArgumentParser(prog=f"{options.PROGRAM} replay", description=ABOUT)
    parser.add_argument("recording", type=Path, metavar="FILE", help="what tasks have recorded")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    options.add_world(parser)
    given = parser.parse_args(arguments)
    try:
        outcome = asyncio.run(replayed(exchanges_of(given.recording), given))
    except (OSError, ValueError) as error:
        print(f"{options.PROGRAM} replay: {error}", file=sys.stderr)
        return 2
    print(json.dumps(outcome.as_json(), indent=2) if given.format == "json" else outcome.as_text())
    return 1 if outcome.found else 0


async def replayed(exchanges: Iterable[Exchange], given: argparse.Namespace) -> Outcome:
    """Replay exchanges; each appliance of the recording is an emulated one of its own."""
    outcome = Outcome()
    players: dict[tuple[str, str], Player] = {}
    for exchange in exchanges:
        why = exchange.why_not() if exchange.platform else "a path of no known appliance"
        if why:
            outcome.left_out[why] += 1
            continue
        key = (exchange.platform, exchange.appliance)
        if key not in players:
            players[key] = player_of(exchange, given)
        if players[key].is_elsewhere(exchange):
            outcome.left_out[FOLLOWS] += 1
            continue
        outcome.add(exchange, await players[key].play(exchange))
    return outcome


def player_of(exchange: Exchange, given: argparse.Namespace) -> Player:
    """An emulated appliance for the one of an exchange."""
    clock = ManualClock(exchange.seconds_since_1970)
    chosen = argparse.Namespace(**{**vars(given), "platform": exchange.platform})
    platform = starting.create(chosen, clock, Identity().chain)
    username = given.username or USUAL_USER.get(exchange.platform, "admin")
    return Player(platform, clock, Login(username, given.password or PASSWORD))
