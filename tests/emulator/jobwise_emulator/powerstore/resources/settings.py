# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the array: security_config, cluster, recycle_bin_config (PowerStore REST 4.0)."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names

STIG_TIMEOUTS = (300, 600, 1200)


def modify_security(call: Call) -> Effect:
    """STIG mode can only be switched on; the idle timeout can only be changed in STIG mode, to three values."""
    settings, body = call.target, call.body
    stig = settings["is_stig_enabled"] or body.get("is_stig_enabled")
    if body.get("is_stig_enabled") is False and settings["is_stig_enabled"]:
        raise Refused(422, "0xE09040060010", "STIG mode cannot be disabled.")
    if "idle_timeout" in body:
        if not stig:
            raise Refused(422, "0xE09040060011", "The idle timeout can only be changed in STIG mode.")
        if body["idle_timeout"] not in STIG_TIMEOUTS:
            raise Refused(422, "0xE09040060012", f"The idle timeout must be one of {STIG_TIMEOUTS} seconds.")

    def effect() -> None:
        if body.get("is_stig_enabled") and not settings["is_stig_enabled"]:
            settings["idle_timeout"] = 600
        settings.update(body)

    return effect


def modify_cluster(call: Call) -> Effect:
    """Name and MTU of the cluster. The MTU is the upper limit of all networks; that a lower one is 422 is assumed."""
    cluster, body = call.target, call.body
    limit = body.get("physical_mtu")
    above = [one["name"] for one in call.world.store.all("network") if limit and (one["mtu"] or 0) > limit]
    if above:
        raise Refused(422, "0xE0C010030032", f"The MTU of network {above[0]} is larger than {limit}.", above[0])
    names.printable(body.get("name") or "", "name")
    return lambda: cluster.update(body)


def create_cluster(call: Call) -> Effect:
    """A cluster is configured once."""
    raise Refused(422, "0xE0C010030031", "The cluster is configured already.")


def modify_bin(call: Call) -> Effect:
    """How many days the recycle bin keeps things."""
    return lambda: call.target.update(call.body)


RULES = {
    "security_config": Rules({"modify": modify_security}),
    "cluster": Rules({"create": create_cluster, "modify": modify_cluster}),
    "recycle_bin_config": Rules({"modify": modify_bin}),
}
