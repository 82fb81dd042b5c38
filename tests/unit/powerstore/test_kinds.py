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
        given = {"name": "e1", "file_system": "fs1", "description": "new"}
        fs1 = [{"id": "f1", "name": "fs1"}]
        rows = [{"id": "x1", "name": "e1", "description": "old", "file_system_id": "f1", "file_system": fs1[0]}]
        one, sought = handler(array, EXPORT, given, fs1, rows)
        current = sought.read()
        assert one.queries[0]["name"] == "in.(fs1)"
        assert (one.queries[1]["name"], one.queries[1]["file_system_id"]) == ("eq.e1", "eq.f1")
        assert [step.summary for step in sought.plan(current, NEW_RUN).steps] == ["change description of NFS export e1"]

    def test_a_new_one_belongs_to_it(self, array: MakeArray) -> None:
        given = {"name": "e1", "file_system": "fs1"}
        dummy, sought = handler(array, EXPORT, given, [{"id": "f1", "name": "fs1"}], [])
        assert sought.plan(sought.read(), NEW_RUN).steps[0].body == {"name": "e1", "file_system_id": "f1"}

    def test_without_it_nothing_is_there_to_remove(self, array: MakeArray) -> None:
        dummy, sought = handler(array, EXPORT, {"name": "e1", "file_system": "gone", "state": "absent"}, [])
        assert sought.read() is None

    def test_without_it_nothing_can_be_made(self, array: MakeArray) -> None:
        dummy, sought = handler(array, EXPORT, {"name": "e1", "file_system": "gone"}, [], [{"id": "f", "name": "gene"}])
        with pytest.raises(InputError, match="file_system: the array has no file system gone. Did you mean gene?"):
            sought.read()

    def test_a_name_alone_is_refused(self, array: MakeArray) -> None:
        with pytest.raises(InputError, match="Give file_system, too: NFS exports are identified by name and file"):
            handler(array, EXPORT, {"name": "e1"})


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
