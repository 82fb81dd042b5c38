# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage containers: their names and quotas, and the virtual volumes in them.

Source: PowerStore REST 4.0, storage_container (create, modify, delete). That a new container speaks SCSI is an
assumption, and so are the codes.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import names
from jobwise_emulator.powerstore.verbs import use

KIND = "storage_container"
FORBIDDEN = set('/\\%"\u201c[]')
BYTES = 127
LEAST = 10 * 1024**3


def virtual_volumes(world: ApplianceState, container: Json) -> list[Json]:
    """The virtual volumes in a container."""
    return world.store.where("virtual_volume", "storage_container_id", container["id"])


def check_name(body: Json) -> None:
    """400 for a name with a forbidden character, or one that is too long in UTF-8."""
    name = body.get("name")
    if name is None:
        return
    names.visible(name)
    found = "".join(sorted(FORBIDDEN & set(name)))
    if found or len(name.encode()) > BYTES:
        raise Refused(
            400, "0xE0A110010001", f"The name {name} is too long or has characters not allowed: {found}", name
        )


def check_new(call: Call) -> None:
    """A quota is none at all (0), or more than 10 GB."""
    check_name(call.body)
    if 0 < (call.body.get("quota") or 0) <= LEAST:
        raise Refused(400, "0xE0A110010002", "The quota must be 0 or more than 10 GB.")


def check_change(call: Call) -> None:
    """A quota counts what is provisioned. It cannot be below 10 GB, nor below the sizes of the virtual volumes."""
    check_name(call.body)
    used = sum(one["size"] or 0 for one in virtual_volumes(call.world, call.target))
    quota = call.body.get("quota") or 0
    if 0 < quota < max(LEAST, used):
        raise Refused(422, "0xE0A110010003", f"The quota must be 0, or at least 10 GB and the {used} bytes in use.")


def check_delete(call: Call) -> None:
    """422 for a container with virtual volumes, unless it is forced."""
    if virtual_volumes(call.world, call.target) and not (call.body or {}).get("force"):
        name = call.target["name"]
        raise Refused(422, "0xE0A110010004", f"Storage container {name} contains virtual volumes.", name)


def complete(world: ApplianceState, container: Json) -> None:
    """The protocol of a new container."""
    container["storage_protocol"] = container["storage_protocol"] or "SCSI"


def check_destination(call: Call) -> None:
    """Only another PowerStore has storage containers. That the array refuses other systems is an assumption."""
    remote = call.world.store.get("remote_system", call.body["remote_system_id"])
    if remote and remote["type"] != "PowerStore":
        text = f"Remote system {remote['name']} is of type {remote['type']} and has no storage containers."
        raise Refused(422, "0xE0A110010005", text, remote["name"])


def remove(world: ApplianceState, container: Json) -> None:
    """Take a container out with its virtual volumes."""
    for one in virtual_volumes(world, container):
        use.remove(world, "virtual_volume", one)
    use.remove(world, KIND, container)


RULES = {
    KIND: Rules(
        before={"create": check_new, "modify": check_change, "delete": check_delete},
        complete=complete,
        remove=remove,
    ),
    "storage_container_destination": Rules(before={"create": check_destination}),
}
