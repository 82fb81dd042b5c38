# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File systems: what is refused before the first write, and two of the same name on different NAS servers."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.items import Item, ItemType
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.clients import Clients
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.listing import Array, is_known
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_systems.handler import (
    FileSystemHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.formats import (
    as_host,
    file_size,
    is_host,
    limit,
    retention,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.references import reference
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_rules import (
    OnlyGeneral,
    RetentionOrder,
    SoftLimit,
    days,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_systems import FILE_SYSTEM
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import attribute_at, facts_of
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login

GIB = 1024**3
HOME: dict[str, t.Any] = {
    "id": "f1",
    "name": "home",
    "filesystem_type": "Primary",
    "nas_server_id": "n1",
    "nas_server": {"id": "n1", "name": "nas1"},
    "size_total": 10 * GIB,
    "size_used": 4 * GIB,
}


def handler(array: MakeArray, given: dict[str, t.Any], *answers: t.Any) -> FileSystemHandler:
    rest = [Answer(200, one) for one in answers[1:]]
    options = {**FILE_SYSTEM.no_options(), "name": "home", "nas_server": "nas1", **given}
    return FileSystemHandler(array(login(answers[0]), *rest).client, FILE_SYSTEM, options)


def refusal(array: MakeArray, given: dict[str, t.Any], *answers: t.Any) -> str:
    """Return what the task says before its first write."""
    one = handler(array, given, *answers)
    current = one.read()
    plan = one.plan(current, NEW_RUN)
    with pytest.raises(InputError) as caught:
        one.preflight(current, plan)
    return f"{caught.value} {caught.value.hint}"


def test_the_same_name_on_another_nas_server_is_another_file_system(array: MakeArray) -> None:
    other = {**HOME, "id": "f2", "nas_server_id": "n2", "nas_server": {"id": "n2", "name": "nas2"}}
    one = handler(array, {"size": "10 GiB", "nas_server": "NAS2"}, [HOME, other])
    assert (one.read() or {})["id"] == "f2"


def test_a_snapshot_has_taken_the_name(array: MakeArray) -> None:
    """File systems and snapshots of a NAS server share a set of names."""
    snapshot = {**HOME, "filesystem_type": "Snapshot"}
    said = refusal(array, {"size": "10 GiB"}, [snapshot], [{"id": "n1", "name": "nas1"}])
    assert "The name home is taken by home (f1), which is of type Snapshot." in said


def test_an_id_of_a_snapshot_is_refused(array: MakeArray) -> None:
    given = {"id": "f1", "name": None, "nas_server": None}
    with pytest.raises(InputError, match="is not a file system but of type Snapshot"):
        handler(array, given, {**HOME, "filesystem_type": "Snapshot"}).read()


def test_it_does_not_shrink_below_what_is_used(array: MakeArray) -> None:
    assert "4 GiB of the file system are in use, so it cannot shrink to 3 GiB" in refusal(
        array, {"size": "3 GiB"}, [HOME]
    )


def test_a_deletion_names_all_that_forbids_it(array: MakeArray) -> None:
    used = {
        **HOME,
        "nfs_exports": [{"id": "e1", "name": "home"}],
        "smb_shares": [{"id": "s1", "name": "h"}, {"id": "s2", "name": "a"}],
        "flr_attributes": {"mode": "Compliance", "has_protected_files": True},
    }
    said = refusal(array, {"state": "absent"}, [used], [{"id": "f3", "name": "nightly"}])
    for words in ("1 NFS export (home)", "2 SMB shares (a, h)", "1 snapshot (nightly)", "has locked files"):
        assert words in said
    assert said.count("Delete that first.") == said.count("first.") == 1


def test_a_part_of_a_structure_has_its_path_and_the_release_of_the_whole() -> None:
    part = attribute_at(facts_of("file_system").attributes, "flr_attributes.minimum_retention")
    assert (part.name, part.default, part.since) == ("flr_attributes.minimum_retention", "1D", "3.0")
    with pytest.raises(KeyError):
        attribute_at(facts_of("file_system").attributes, "flr_attributes.colour")


def test_values_are_rounded_as_the_array_does() -> None:
    assert file_size("5119.5 MiB", "size") == 5 * GIB
    assert (limit(1, "hard_limit"), limit("8K", "hard_limit"), limit(0, "hard_limit")) == (8192, 8192, 0)


@pytest.mark.parametrize("text, shown", [("30d", "30D"), ("Infinite", "infinite"), (" 2Y ", "2Y")])
def test_retention_times(text: str, shown: str) -> None:
    assert retention(text, "flr_minimum_retention") == shown
    assert days("11M") < days("1Y") < days("infinite")


@pytest.mark.parametrize("text", ["", "5", "D5", "forever", "1W"])
def test_what_is_no_retention_time(text: str) -> None:
    with pytest.raises(InputError, match="such as 30D, 6M or 2Y, or infinite"):
        retention(text, "flr_minimum_retention")


def test_what_vmware_does_not_take() -> None:
    vmware = {"config_type": "VMware"}
    given = {"is_smb_op_locks_enabled": False, "default_hard_limit": 8192, "file_events_publishing_mode": "All"}
    assert "is_smb_op_locks_enabled, default_hard_limit, file_events" in OnlyGeneral().broken(vmware, given)
    usual = {"is_smb_op_locks_enabled": True, "default_hard_limit": 0, "file_events_publishing_mode": "NFS_Only"}
    assert OnlyGeneral().broken(vmware, usual) == OnlyGeneral().broken({"config_type": "General"}, given) == ""


def test_limits_and_retention_count_with_what_the_file_system_has() -> None:
    rule = SoftLimit("soft", "hard")
    assert rule.broken({"soft": 2 * GIB, "hard": 3 * GIB}, {"hard": GIB}) == (
        "soft, 2 GiB, must not be above hard, 1 GiB."
    )
    assert rule.broken({"soft": 2, "hard": 3}, {"hard": 0}) == rule.broken({"soft": 2, "hard": 1}, {}) == ""
    now = {"flr_default_retention": "1Y", "flr_maximum_retention": "infinite"}
    assert "flr_minimum_retention, 2Y, must not be" in RetentionOrder().broken(now, {"flr_minimum_retention": "2Y"})
    assert RetentionOrder().broken(now, {"flr_minimum_retention": "12M"}) == ""


@pytest.mark.parametrize(
    "written, shown",
    [
        ("192.0.2.7/255.255.255.255", "192.0.2.7"),
        ("192.0.2.77/26", "192.0.2.64/26"),
        ("2001:DB8::7/128", "2001:db8::7"),
        ("Client01.example.com", "client01.example.com"),
        ("@Builders", "@Builders"),
    ],
)
def test_hosts_in_any_notation(written: str, shown: str) -> None:
    assert as_host(written) == shown and is_host(written)


@pytest.mark.parametrize("text", ["10.0.0", "two words", "@", "192.0.2.0/33", "host/24", "2001:db8::g"])
def test_what_is_no_host(text: str) -> None:
    assert not is_host(text)


def test_a_document_promises_one_on_each_nas_server(array: MakeArray) -> None:
    """What the array has on one NAS server is not what the document creates on another one. Both have id and name,
    because other items may name them by either."""
    type_ = ItemType("file_system", FILE_SYSTEM, FileSystemHandler)
    nothing = FILE_SYSTEM.no_options()
    items = [
        Item(type_, f"file_system[{nas}]", f"home, {nas}", {**nothing, "name": "home", "nas_server": nas})
        for nas in ("nas1", "nas2")
    ]
    servers = [HOME["nas_server"], {"id": "n2", "name": "nas2"}]
    clients = Clients(array(login(servers)).client, items)
    planning = clients.planning(items[0], (), False)
    found: list[t.Any] = []
    clients.together([lambda: found.extend(planning.promised("file_system", [reference("HOME")], [HOME]))])
    assert [row["nas_server"] for row in found] == [{"id": "n2", "name": "nas2"}]
    assert found[0]["filesystem_type"] == "Primary"


def test_a_release_that_knows_file_systems_has_their_kind() -> None:
    type_ = ItemType("file_system", FILE_SYSTEM, FileSystemHandler)
    assert is_known(Array("array", "id", "3.0.0.0", 1), type_)
