# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the options of a command line to an appliance: reads the seed and the objects, and creates the platform."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jobwise_emulator import fault_words, platforms
from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json
from jobwise_emulator.faults import Faults
from jobwise_emulator.oneview.access import INFRASTRUCTURE
from jobwise_emulator.platforms import OrderError
from jobwise_emulator.powerstore.twin.document import parse

DESCRIBED = "powerstore"
"""The platform whose seed is a document. On the others, it lists objects."""


def platform_name(options: argparse.Namespace) -> str:
    """Which appliance it is to be."""
    if options.platform or not options.seed:
        if not options.platform:
            raise OrderError("--platform is missing: powerstore, oneview or ontap_select")
        return str(options.platform)
    return DESCRIBED


def create(options: argparse.Namespace, clock: Clock, certificate: str = "") -> platforms.Platform:
    """The appliance that the options describe; raises ``OrderError``, or ``OSError`` for a file."""
    name = platform_name(options)
    document = None
    objects = read_objects(options.objects)
    if options.seed and name == DESCRIBED:
        document = options.seed.read_text(encoding="utf-8")
    elif options.seed:
        objects = {**(read_objects(options.seed) or {}), **(objects or {})}
    if name != DESCRIBED and (options.username or options.password):
        objects = with_login(name, objects, options)
    return platforms.create(
        name,
        platforms.Options(
            clock=clock,
            seed=objects,
            bulk={"volumes": options.volumes, "groups": options.groups},
            api_version=options.api_version,
            cluster=options.cluster,
            certificate=certificate,
            document=document,
            username=options.username,
            password=options.password,
        ),
    )


def read_objects(path: Path | None) -> Json | None:
    """The objects in a file, by type."""
    if path is None:
        return None
    found: Any = parse(path.read_text(encoding="utf-8"), path.name)
    if not isinstance(found, dict):
        raise OrderError(f"{path.name} must be a JSON object or a YAML dictionary: types with their objects")
    return found


def with_login(name: str, objects: Json | None, options: argparse.Namespace) -> Json:
    """The objects with a user who may do everything."""
    username, password = options.username or "admin", options.password or "Password123!"
    if name == "ontap_select":
        return {**(objects or {}), "users": {username: password}}
    rights = [{"roleName": INFRASTRUCTURE, "scopeUri": None}]
    user: Json = {"userName": username, "password": password, "permissions": rights}
    return {**(objects or {}), "users": [*(objects or {}).get("users", []), user]}


def arm(faults: Faults, words: list[str], platform: platforms.Platform) -> None:
    """Arm faults in words."""
    for text in words:
        faults.arm(fault_words.order_of(text, platform.types()))
