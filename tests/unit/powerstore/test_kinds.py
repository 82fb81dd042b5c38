# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that are not identified by a name alone: exports of a file system, settings, and ports."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    EXISTING,
    SINGLETON,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.define import define
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.table_handler import TableHandler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login

EXPORT = define(
    "nfs_export", title="NFS export", identity=("name", "file_system"), offer=("file_system", "description")
)
SMTP = define("smtp_config", title="SMTP settings", kind=SINGLETON, offer=("address", "source_email"))
SERVICE = define(
    "service_config", title="SSH access", kind=EXISTING, identity=("appliance",), offer=("is_ssh_enabled",)
)
WINDOW = define("maintenance_window", kind=EXISTING, identity=("appliance",), offer=("is_enabled",))
ACCOUNT = define("ldap_account", title="LDAP account", identity=("name", "domain"), offer=("domain", "role"))
CONTACT = define("remote_support_contact", title="support contact", kind=EXISTING, identity=("id",), offer=("email",))
PORT = define("eth_port", title="Ethernet port", kind=EXISTING, offer=("requested_speed",), renames=False)


def options(resource: ResourceType, **given: t.Any) -> dict[str, t.Any]:
    """Return all options of a task, as Ansible fills them in."""
    return {**{name: one.get("default") for name, one in resource.argument_spec().items()}, **given}


def handler(array: MakeArray, resource: ResourceType, given: dict[str, t.Any], *answers: t.Any) -> t.Any:
    rest = [Answer(200, one) for one in answers[1:]]
    one = array(*([login(answers[0])] if answers else []), *rest)
    return one, TableHandler(one.client, resource, options(resource, **given))


class TestIdentity:
    """The same name on two file systems is two exports."""

    def test_the_object_beside_the_name_narrows_the_search(self, array: MakeArray) -> None:
        """The array returns the name of the file system with each export, so nothing has to be looked up."""
        given = {"name": "e1", "file_system": "FS1", "description": "new"}
        rows = [export(number, f"fs{number}") for number in (1, 2)]
        one, sought = handler(array, EXPORT, given, rows)
        current = sought.read()
        assert one.queries[0]["name"] == "eq.e1" and current["id"] == "x1"
        assert [step.summary for step in sought.plan(current, NEW_RUN).steps] == ["change description of NFS export e1"]

    def test_by_id_the_array_narrows_it(self, array: MakeArray) -> None:
        one, sought = handler(array, EXPORT, {"name": "e1", "file_system": "id:f2"}, [export(2, "fs2")])
        assert sought.read()["id"] == "x2"
        assert one.queries[0]["file_system_id"] == "eq.f2"

    def test_a_new_one_belongs_to_it(self, array: MakeArray) -> None:
        given = {"name": "e1", "file_system": "fs1"}
        dummy, sought = handler(array, EXPORT, given, [export(2, "fs2")], [{"id": "f1", "name": "fs1"}])
        assert sought.plan(sought.read(), NEW_RUN).steps[0].body == {"name": "e1", "file_system_id": "f1"}

    def test_without_it_nothing_is_there_to_remove(self, array: MakeArray) -> None:
        given = {"name": "e1", "file_system": "gone", "state": "absent"}
        dummy, sought = handler(array, EXPORT, given, [export(1, "fs1")])
        assert sought.read() is None

    def test_without_it_nothing_can_be_made(self, array: MakeArray) -> None:
        known = [{"id": "f", "name": "gene"}]
        dummy, sought = handler(array, EXPORT, {"name": "e1", "file_system": "gone"}, [], [], known)
        with pytest.raises(InputError, match="file_system: the array has no file system gone. Did you mean gene?"):
            sought.read()

    def test_a_name_alone_is_refused(self, array: MakeArray) -> None:
        with pytest.raises(InputError, match="Give file_system, too: NFS exports are identified by name and file"):
            handler(array, EXPORT, {"name": "e1"})


def export(number: int, file_system: str, nas: str = "") -> dict[str, t.Any]:
    """Return an export as it reads back. nas: the NAS server of its file system, if the task reads it."""
    home: dict[str, t.Any] = {"id": f"f{number}", "name": file_system}
    home.update({"nas_server": {"id": f"n{nas}", "name": nas}} if nas else {})
    return {"id": f"x{number}", "name": "e1", "description": "old", "file_system_id": home["id"], "file_system": home}


OWNED = define(
    "nfs_export",
    title="NFS export",
    identity=("name", "file_system.nas_server"),
    offer=("file_system", "description", "path"),
)


class TestOwner:
    """An export belongs to a file system, whose NAS server makes its name unique."""

    def test_it_is_an_option_and_never_in_a_body(self, array: MakeArray) -> None:
        assert "nas_server" in OWNED.argument_spec() and OWNED.identity == ("name", "nas_server")
        assert OWNED.fields({})["file_system"] == ("id", "name", "nas_server(id,name)")

    def test_it_narrows_the_search_without_a_look_up(self, array: MakeArray) -> None:
        given = {"name": "e1", "nas_server": "NAS2", "description": "new"}
        rows = [export(1, "fs1", "nas1"), export(2, "fs2", "nas2")]
        one, sought = handler(array, OWNED, given, rows)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert one.talk == ["GET nfs_export"] and [step.path for step in plan.steps] == ["nfs_export/x2"]
        assert plan.before == {"name": "e1", "nas_server": "nas2", "description": "old"}

    def test_two_objects_are_refused_with_their_ids(self, array: MakeArray) -> None:
        rows = [export(1, "fs1", "nas1"), export(2, "fs2", "nas1")]
        dummy, sought = handler(array, OWNED, {"name": "e1", "nas_server": "nas1"}, rows)
        with pytest.raises(InputError, match=r"2 have it \(x1, x2\)"):
            sought.read()

    def test_what_a_new_one_refers_to_belongs_to_it(self, array: MakeArray) -> None:
        given = {"name": "e1", "nas_server": "nas2", "file_system": "fs", "path": "/fs"}
        servers = [{"id": "nnas2", "name": "nas2"}]
        systems = [
            {"id": f"f{nas}", "name": "fs", "nas_server": {"id": f"nnas{nas}", "name": f"nas{nas}"}} for nas in "12"
        ]
        dummy, sought = handler(array, OWNED, given, [], servers, systems)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert plan.steps[0].body == {"name": "e1", "file_system_id": "f2", "path": "/fs"}
        assert plan.after == {"name": "e1", "nas_server": "nas2", "file_system": "fs", "path": "/fs"}

    def test_what_another_one_owns_is_not_meant(self, array: MakeArray) -> None:
        given = {"name": "e1", "nas_server": "nas2", "file_system": "fs", "path": "/fs"}
        systems = [{"id": "f1", "name": "fs", "nas_server": {"id": "nnas1", "name": "nas1"}}]
        dummy, sought = handler(array, OWNED, given, [], [{"id": "nnas2", "name": "nas2"}], systems, [])
        with pytest.raises(InputError, match="file_system: the array has no file system fs in nas2"):
            sought.read()


DNS = define("file_dns", title="DNS settings", identity=("nas_server",), offer=("nas_server", "domain", "ip_addresses"))
INTERFACE = define(
    "file_interface",
    identity=("nas_server", "ip_address"),
    offer=("nas_server", "ip_address", "prefix_length"),
    normalize={"ip_address": lambda value: str(value).lower()},
)


class TestReferences:
    """Objects without names, which are identified by what they refer to."""

    def test_they_are_found_in_one_read(self, array: MakeArray) -> None:
        rows = [
            {"id": f"d{nas}", "domain": "old", "nas_server": {"id": f"n{nas}", "name": f"nas{nas}"}} for nas in "12"
        ]
        one, sought = handler(array, DNS, {"nas_server": "NAS2", "domain": "new"}, rows)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert one.talk == ["GET file_dns"] and "name" not in one.queries[0]["select"].split(",")
        assert sought.label == "DNS settings NAS2"
        assert plan.sentences() == ["change domain of DNS settings nas2"]
        assert plan.before == {"nas_server": "nas2", "domain": "old"}

    def test_a_new_one(self, array: MakeArray) -> None:
        given = {"nas_server": "nas1", "domain": "d", "ip_addresses": ["192.0.2.1"]}
        dummy, sought = handler(array, DNS, given, [], [{"id": "n1", "name": "nas1"}])
        plan = sought.plan(sought.read(), NEW_RUN)
        assert plan.sentences() == ["create DNS settings nas1"]
        assert plan.steps[0].body == {"nas_server_id": "n1", "domain": "d", "ip_addresses": ["192.0.2.1"]}
        assert plan.after == given
        sought.preflight(None, plan)

    def test_a_removal(self, array: MakeArray) -> None:
        rows = [{"id": "d1", "domain": "old", "nas_server": {"id": "n1", "name": "nas1"}}]
        dummy, sought = handler(array, DNS, {"nas_server": "nas1", "state": "absent"}, rows)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert plan.sentences() == ["delete DNS settings nas1"] and plan.before == {"id": "d1", "nas_server": "nas1"}

    def test_several_attributes_together(self, array: MakeArray) -> None:
        rows = [
            {
                "id": f"i{end}",
                "ip_address": f"fd00::{end}",
                "prefix_length": 64,
                "nas_server": {"id": "n1", "name": "nas1"},
            }
            for end in "ab"
        ]
        given = {"nas_server": "nas1", "ip_address": "FD00::B", "prefix_length": 48}
        one, sought = handler(array, INTERFACE, given, rows)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert [step.path for step in plan.steps] == ["file_interface/ib"]
        assert plan.sentences() == ["change prefix_length of file interface nas1, fd00::b"]
        with pytest.raises(InputError, match="Give ip_address, too: file interfaces are identified by nas_server and"):
            handler(array, INTERFACE, {"nas_server": "nas1"})

    def test_two_objects_are_refused(self, array: MakeArray) -> None:
        rows = [{"id": f"d{number}", "nas_server": {"id": "n1", "name": "nas1"}} for number in (1, 2)]
        dummy, sought = handler(array, DNS, {"nas_server": "nas1"}, rows)
        with pytest.raises(InputError, match="2 objects match DNS settings nas1: d1, d2"):
            sought.read()


class TestSingleton:
    """The array has exactly one: a task neither names nor creates it."""

    def test_it_has_no_name_and_no_state(self) -> None:
        assert set(SMTP.argument_spec()) == {"address", "source_email"}
        assert SMTP.argument_rules() == {}

    def test_it_is_read_from_its_collection_and_changed_by_id(self, array: MakeArray) -> None:
        current = [{"id": "0", "address": "mail1", "source_email": "a@example.com"}]
        one, sought = handler(array, SMTP, {"address": "mail2"}, current)
        plan = sought.plan(sought.read(), NEW_RUN)
        (step,) = plan.steps
        assert one.talk == ["GET smtp_config"]
        assert (step.verb, step.path, step.body) == ("PATCH", "smtp_config/0", {"address": "mail2"})
        assert step.summary == "change address of SMTP settings"
        assert (plan.before, plan.after) == ({"address": "mail1"}, {"address": "mail2"})

    def test_an_array_without_it_says_so(self, array: MakeArray) -> None:
        dummy, sought = handler(array, SMTP, {"address": "mail2"}, [])
        with pytest.raises(InputError, match="has no SMTP settings"):
            sought.plan(sought.read(), NEW_RUN)


class TestExisting:
    """A port is changed, never created or deleted."""

    def test_it_has_no_state(self) -> None:
        assert set(PORT.argument_spec()) == {"id", "name", "requested_speed"}

    def test_it_is_changed(self, array: MakeArray) -> None:
        speed = PORT.attributes[0].spec["choices"][0]
        dummy, sought = handler(array, PORT, {"name": "p1", "requested_speed": speed}, [{"id": "1", "name": "p1"}])
        assert [step.path for step in sought.plan(sought.read(), NEW_RUN).steps] == ["eth_port/1"]

    def test_it_is_never_created(self, array: MakeArray) -> None:
        speed = PORT.attributes[0].spec["choices"][0]
        dummy, sought = handler(array, PORT, {"name": "p9", "requested_speed": speed}, [])
        with pytest.raises(InputError, match="There is no Ethernet port p9.*does not create one"):
            sought.plan(sought.read(), NEW_RUN)


class TestBelonging:
    """An object that exists because of another one, which people name: the settings of an appliance."""

    def test_what_it_belongs_to_is_an_option_and_in_no_request(self, array: MakeArray) -> None:
        rows = [
            {
                "id": str(n),
                "is_enabled": False,
                "appliance_id": f"A{n}",
                "appliance": {"id": f"A{n}", "name": f"app{n}"},
            }
            for n in (1, 2)
        ]
        assert set(WINDOW.argument_spec()) == {"id", "appliance", "is_enabled"}
        one, sought = handler(array, WINDOW, {"appliance": "APP2", "is_enabled": True}, rows)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert one.talk == ["GET maintenance_window"] and plan.steps[0].body == {"is_enabled": True}
        assert plan.sentences() == ["change is_enabled of maintenance window app2"]
        assert plan.before == {"appliance": "app2", "is_enabled": False}

    def test_an_id_alone_is_looked_up(self, array: MakeArray) -> None:
        """The array compares nothing and returns no name."""
        rows = [{"id": f"A{n}", "appliance_id": f"A{n}", "is_ssh_enabled": False} for n in (1, 2)]
        names = [{"id": "A2", "name": "app2"}]
        one, sought = handler(array, SERVICE, {"appliance": "app2", "is_ssh_enabled": True}, names, rows)
        plan = sought.plan(sought.read(), NEW_RUN)
        assert one.talk == ["GET appliance", "GET service_config"] and "appliance_id" not in one.queries[1]
        assert [step.path for step in plan.steps] == ["service_config/A2"]
        assert plan.before == {"appliance": "app2", "is_ssh_enabled": False}

    def test_an_unknown_one(self, array: MakeArray) -> None:
        dummy, sought = handler(
            array, SERVICE, {"appliance": "app3", "is_ssh_enabled": True}, [], [{"id": "A2", "name": "app2"}]
        )
        with pytest.raises(InputError, match="the array has no appliance app3. Did you mean app2?"):
            sought.read()

    def test_a_namesake_elsewhere_is_another_object(self, array: MakeArray) -> None:
        """The array takes no filters for accounts."""
        rows = [{"id": str(n), "name": "eve", "domain_id": str(n), "role_id": "1"} for n in (1, 2)]
        given = {"name": "eve", "domain": "two.example.com", "role": "Operator"}
        domains, roles = [{"id": "2", "domain_name": "two.example.com"}], [{"id": "5", "name": "Operator"}]
        dummy, sought = handler(array, ACCOUNT, given, domains, rows, roles)
        assert sought.read()["id"] == "2"


class TestById:
    """An object that nothing but its id tells apart from others."""

    def test_its_id_is_required(self) -> None:
        assert set(CONTACT.argument_spec()) == {"id", "email"} and CONTACT.argument_spec()["id"]["required"]
        assert CONTACT.argument_rules() == {} and CONTACT.fields({}) == {"id": (), "email": ()}

    def test_it_is_changed(self, array: MakeArray) -> None:
        one, sought = handler(array, CONTACT, {"id": "1", "email": "b@example.com"}, {"id": "1", "email": None})
        plan = sought.plan(sought.read(), NEW_RUN)
        assert one.talk == ["GET remote_support_contact/1"] and plan.sentences() == [
            "change email of support contact 1"
        ]
        assert plan.steps[0].body == {"email": "b@example.com"} and plan.before == {"id": "1", "email": None}
        sought.preflight({"id": "1", "email": None}, plan)
