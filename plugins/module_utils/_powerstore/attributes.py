# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attributes that several resource tables of PowerStore share. Source: PowerStore REST API 4.0, volume_group."""

from __future__ import annotations

from .._engine.resource_type import Attribute, text

DESCRIPTION = Attribute("description", same=text, max_length=256)

PROTECTION_POLICY = Attribute(
    "protection_policy",
    wire="protection_policy_id",
    refers_to="policy",
    kind="Protection",
    relation="protection_policy",
)

QOS_PERFORMANCE_POLICY = Attribute(
    "qos_performance_policy",
    wire="qos_performance_policy_id",
    refers_to="policy",
    kind="QoS",
    relation="qos_performance_policy",
    since="4.0",
)

NOT_IN_NAMES = '<>"`\\/{}?#%&=@'
"""Characters with a meaning in URLs or HTML. The documents permit "no special HTTP characters" in a group's name."""
