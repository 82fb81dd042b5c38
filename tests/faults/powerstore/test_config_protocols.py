# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents with what rests on the server of a protocol, which no option names: exports need an NFS server."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_config_mistakes import mistakes

TASK = powerstore_config.TASK
EXPORTS: dict[str, t.Any] = {
    "nfs_export": [
        {"name": "home", "nas_server": nas, "file_system": "home", "path": "/home"} for nas in ("nas1", "nas2")
    ],
    "nfs_server": [{"nas_server": "NAS2"}, {"nas_server": "nas1", "is_nfsv4_enabled": True}],
    "file_system": [{"name": "home", "nas_server": nas, "size": "3 GiB"} for nas in ("nas1", "nas2")],
    "nas_server": [{"name": "nas1"}, {"name": "nas2"}],
}


def without(document: dict[str, t.Any], names: t.Collection[str] = ()) -> dict[str, t.Any]:
    """Return a document whose items of these types, all without names, are to be absent."""
    left = copy.deepcopy(document)
    for name, items in left.items():
        for item in items if name in names or not names else ():
            keys = [key for key in ("name", "nas_server") if key in item]
            kept = {key: item[key] for key in keys}
            item.clear()
            item.update(kept, state="absent")
    return left


def before(plan: t.Sequence[str], first: str, second: str) -> bool:
    """Return whether the step that contains a text comes before the one with another."""
    places = [next(at for at, step in enumerate(plan) if text in step) for text in (first, second)]
    return places[0] < places[1]


def done(run: Runner, config: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the result of a document that is carried out."""
    result: dict[str, t.Any] = run(TASK, config=config)
    assert not result.get("failed"), result["msg"]
    return result


def test_a_server_comes_before_its_exports_and_goes_after_them(run: Runner) -> None:
    """In a document that creates all, that adds some to what is there, and that removes all."""
    checked = run(TASK, config=EXPORTS, check=True)
    made = done(run, EXPORTS)
    assert checked["plan"] == made["plan"] and before(made["plan"], "NFS server nas2", "create NFS export home")
    assert run(TASK, config=EXPORTS)["changed"] is False
    removed = done(run, without(EXPORTS))
    assert before(removed["plan"], "delete NFS export home", "delete NFS server nas1")
    assert done(run, without(EXPORTS))["changed"] is False


def test_what_no_document_can_have(run: Runner, emulator: Emulator) -> None:
    """Exports without a server, and a server that goes while they come or stay."""
    none = {name: items for name, items in EXPORTS.items() if name != "nfs_server"}
    found = mistakes(run, none)
    assert list(found) == ["nfs_export[0] (home, nas1)", "nfs_export[1] (home, nas2)"]
    assert "NAS server nas1 has no NFS server, which an NFS export needs." in found["nfs_export[0] (home, nas1)"][0]
    done(run, {name: EXPORTS[name] for name in ("nas_server", "nfs_server", "file_system")})
    begin = len(emulator.requests()["requests"])
    gone = without(EXPORTS, ("nfs_server",))
    found = mistakes(run, gone, begin)
    assert found["nfs_export[1] (home, nas2)"] == [
        "nfs_export[1] (home, nas2) cannot be without the NFS server NAS2, which nfs_server[0] (NAS2) removes."
    ]
    done(run, EXPORTS)
    begin = len(emulator.requests()["requests"])
    found = mistakes(run, {"nfs_server": gone["nfs_server"]}, begin)
    assert "has 1 NFS export (home), which need the NFS server" in found["nfs_server[0] (NAS2)"][0]
