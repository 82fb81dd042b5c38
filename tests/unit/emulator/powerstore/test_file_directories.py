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


KERBEROS_REALM: Json = {"nas_server_id": "name:nas1", "realm": "EXAMPLE.COM", "kdc_addresses": ["kdc1.example.com"]}


def test_a_realm_has_servers_with_names(nas: Array) -> None:
    for wrong in (["192.0.2.1"], [], ["KDC1.example.com", "kdc1.example.com"]):
        assert nas.refused("POST", "file_kerberos", {**KERBEROS_REALM, "kdc_addresses": wrong})[0] == 400
    path = f"file_kerberos/{nas.do('POST', 'file_kerberos', KERBEROS_REALM)['id']}"
    assert nas.get(path, select="port_number") == {"port_number": 88}
    assert nas.refused("PATCH", path, {"add_kdc_addresses": ["2001:db8::1"]})[0] == 400
    assert nas.refused("POST", "file_kerberos", KERBEROS_REALM)[0] == 422
    assert nas.call("GET", f"{path}/download_keytab").status == 422
    assert upload(nas, f"{path}/upload_keytab", form(b"\x05\x02\xff")).status == 204
    assert nas.call("GET", f"{path}/download_keytab").payload() == b"\x05\x02\xff"


def test_secure_nfs_keeps_its_realm(nas: Array) -> None:
    path = f"file_kerberos/{nas.do('POST', 'file_kerberos', KERBEROS_REALM)['id']}"
    server = {"id": "n1", "nas_server_id": nas.key("nas_server", "nas1"), "is_secure_enabled": True}
    nas.platform.change({"type": "nfs_server", "create": server})
    assert nas.refused("DELETE", path)[0] == 422
    nas.platform.change({"type": "nfs_server", "id": "n1", "set": {"is_secure_enabled": False}})
    nas.do("DELETE", path)


def test_the_account_of_the_smb_server_needs_no_password(nas: Array) -> None:
    nas.do("POST", "file_ldap", {**KERBEROS, "is_smb_account_used": True})
