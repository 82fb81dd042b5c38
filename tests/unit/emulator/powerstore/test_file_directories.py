# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the directories that NAS servers ask."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.test_files import form, upload

LDAP: Json = {"nas_server_id": "name:nas1", "base_DN": "dc=x", "addresses": [], "port_number": 636}
ANONYMOUS, SIMPLE, KERBEROS = ({**LDAP, "authentication_type": kind} for kind in ("Anonymous", "Simple", "Kerberos"))


@pytest.fixture(name="nas")
def array_with_a_nas_server(array: Array) -> Array:
    array.do("POST", "nas_server", {"name": "nas1"})
    return array


def test_a_new_ldap_encrypts_and_shows_what_is_uploaded(nas: Array) -> None:
    path = f"file_ldap/{nas.do('POST', 'file_ldap', ANONYMOUS)['id']}"
    texts = "bind_DN,principal,realm,profile_DN"
    assert nas.get(path, select=texts) == dict.fromkeys(texts.split(","))
    assert nas.get(path, select="protocol,schema_type") == {"protocol": "LDAPS", "schema_type": "Unknown"}
    assert nas.refused("PATCH", path, {"is_verify_server_certificate": True})[0] == 422
    assert upload(nas, f"{path}/upload_certificate", form(b"PEM")).status == 204
    shown = nas.get(path, select="is_certificate_uploaded,is_config_file_uploaded")
    assert shown == {"is_certificate_uploaded": True, "is_config_file_uploaded": False}
    nas.do("PATCH", path, {"is_verify_server_certificate": True})
    nas.do("PATCH", "nas_server/name:nas1", {"current_unix_directory_service": "Local_Then_LDAP"})
    assert nas.refused("DELETE", path)[0] == 422


@pytest.mark.parametrize(
    "body",
    [
        {**SIMPLE, "bind_password": "x"},
        {**SIMPLE, "bind_DN": "cn=x"},
        {**KERBEROS, "principal": "x", "password": "x"},
        {**ANONYMOUS, "is_verify_server_certificate": True},
    ],
)
def test_an_ldap_needs_what_its_login_needs(nas: Array, body: Json) -> None:
    assert nas.refused("POST", "file_ldap", body)[0] == 422
    whole = {"bind_DN": "cn=x", "bind_password": "x", "realm": "X", "is_verify_server_certificate": False}
    nas.do("POST", "file_ldap", {**body, **whole})


def test_the_account_of_the_smb_server_needs_no_password(nas: Array) -> None:
    nas.do("POST", "file_ldap", {**KERBEROS, "is_smb_account_used": True})
