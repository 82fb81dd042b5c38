# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attributes that several resource tables of PowerStore share. Source: PowerStore REST API 4.0, volume_group."""

from __future__ import annotations

from .._engine.attribute import Attribute, as_text
from .._engine.references import Ref

DESCRIPTION = Attribute("description", normalize=as_text, max_length=256)

PROTECTION_POLICY = Attribute(
    "protection_policy",
    api_name="protection_policy_id",
    read="protection_policy",
    ref=Ref("policy", ("Protection",)),
)

QOS_PERFORMANCE_POLICY = Attribute(
    "qos_performance_policy",
    api_name="qos_performance_policy_id",
    read="qos_performance_policy",
    ref=Ref("policy", ("QoS",)),
    since="4.0",
)

NOT_IN_NAMES = '<>"`\\/{}?#%&=@'
"""Characters with a meaning in URLs or HTML. The documents permit "no special HTTP characters" in a group's name."""
