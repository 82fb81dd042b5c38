# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the vCenter that an array is connected to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.emulator.powerstore.array import Array

LOGIN = {"address": "vc1.example.com", "username": "array", "password": "First!secret1"}
THUMBPRINT = "9f" * 32


def test_credentials_register_the_provider(array: Array) -> None:
    vcenter = array.do("POST", "vcenter", LOGIN)["id"]
    shown = "is_verify_server_cert,vendor_provider_status"
    assert array.get(f"vcenter/{vcenter}", select=shown) == {
        "is_verify_server_cert": True,
        "vendor_provider_status": "Not_Registered",
    }
    array.do("PATCH", f"vcenter/{vcenter}", {"vasa_provider_credentials": {"username": "vasa", "password": "pw"}})
    assert array.get(f"vcenter/{vcenter}", select=shown)["vendor_provider_status"] == "Online"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"username": "other"}, "password is required"),
        ({"is_verify_server_cert": True}, "server_cert_thumbprint is required"),
    ],
)
def test_what_a_change_needs(array: Array, body: dict[str, Any], words: str) -> None:
    vcenter = array.do("POST", "vcenter", LOGIN)["id"]
    status, message = array.refused("PATCH", f"vcenter/{vcenter}", body)
    assert status == 422 and words in message
    array.do("PATCH", f"vcenter/{vcenter}", {**body, "password": "pw", "server_cert_thumbprint": THUMBPRINT})
