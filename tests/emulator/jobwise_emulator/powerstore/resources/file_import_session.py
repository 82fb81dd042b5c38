# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File imports: create, modify, delete and the actions.

Source: PowerStore REST 4.0, 4.1, file_import_session and file_import_nas_server. The texts name no codes. That missing
logins, a source of another system and a forced action are checked at once, with 422, is a guess.
"""

from __future__ import annotations

from collections.abc import Callable

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Check, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid, not_found
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import file_import_clock as clock
from jobwise_emulator.powerstore.resources import file_import_destination as destination
from jobwise_emulator.powerstore.resources import file_import_report, file_import_states, names, protection
from jobwise_emulator.powerstore.resources.import_request import check_schedule, refuse_replication

KIND = clock.KIND
CODE = "0xE08010090002"
LOGINS = {
    "source_smb_admin": "the SMB server of the source",
    "source_dhsm": "the DHSM server of the source, which has file systems with file-level retention",
    "cta_admin": "the Cloud Tiering Appliance",
}


def check_name(body: Json) -> None:
    """400 for a name with white space or special characters, and for a description that cannot be printed."""
    if "name" in body:
        names.plain(body["name"])
        if any(character.isspace() for character in body["name"]):
            raise invalid(f"The name {body['name']} contains white space.", body["name"])
    names.printable(body.get("description") or "", "description")


def check_create(call: Call) -> None:
    """A source that can be imported from a system that answers, with the logins that it needs."""
    world, body = call.world, call.body
    check_name(body)
    remote = world.find("remote_system", body["remote_system_id"])
    source = world.find(destination.SOURCE, body["source_resource_id"])
    if source["remote_system_id"] != remote["id"]:
        text = f"NAS server {source['name']} is not on remote system {remote['name']}."
        raise Refused(422, CODE, text, str(source["name"]), str(remote["name"]))
    if remote["state"] == "Management_Connection_Lost":
        text = f"The management connection to remote system {remote['name']} is lost."
        raise Refused(422, CODE, text, str(remote["name"]))
    if source["is_importable"] is False:
        criteria = ", ".join(source["non_importable_criteria"] or ())
        raise Refused(422, CODE, f"NAS server {source['name']} cannot be imported: {criteria}.", str(source["name"]))
    check_logins(source, body)
    check_ports(world, source, body)
    if body.get("protection_policy_id"):
        policy = world.find("policy", body["protection_policy_id"])
        if policy["type"] != "Protection":
            raise Refused(422, CODE, f"Policy {policy['name']} is of type {policy['type']}.", str(policy["name"]))
        refuse_replication(world, body)
    check_schedule(world, body)


def check_logins(source: Json, body: Json) -> None:
    """422 for a login that the source needs and the body lacks."""
    locked = any(one.get("is_flr_enabled") for one in source["file_systems"] or ())
    needed = {
        "source_smb_admin": "SMB" in str(source["protocol_type"]),
        "source_dhsm": locked,
        "cta_admin": bool(source.get("is_cta_configured")),
    }
    for login, is_needed in needed.items():
        if is_needed and not (body.get(f"{login}_username") and body.get(f"{login}_password")):
            raise Refused(422, CODE, f"{login}_username and password are required for {LOGINS[login]}.", login)


def check_ports(world: ApplianceState, source: Json, body: Json) -> None:
    """404 for a port that does not exist, 422 for an interface that the source does not have."""
    known = [one["name"] for one in source["file_interfaces"] or ()]
    for one in body.get("file_interfaces") or ():
        if one["name"] not in known:
            text = f"NAS server {source['name']} has no interface {one['name']}."
            raise Refused(422, CODE, text, str(one["name"]))
        if world.store.get("ip_port", one["ip_port_id"]) is None:
            raise not_found("ip_port", str(one["ip_port_id"]))


def after_create(call: Call, session: Json) -> None:
    """The source is taken, and the session moves."""
    world = call.world
    session["@ports"] = {one["name"]: one["ip_port_id"] for one in call.body.get("file_interfaces") or ()}
    destination.claim(world, session)
    clock.run(world)


def begin(world: ApplianceState, session: Json) -> None:
    """Scheduled or queued."""
    now, when = world.clock.now(), session["scheduled_timestamp"]
    if when is None:
        clock.queue(world, session, now)
        return
    clock.enter(world, session, "Scheduled", None, now)
    session["@due"] = protection.moment(when).timestamp()


def check_modify(call: Call) -> None:
    """Names as for a new one, and another time only for a session that awaits its time."""
    clock.run(call.world)
    check_name(call.body)
    if "scheduled_timestamp" in call.body:
        file_import_states.check(call.target, "schedule")
        check_schedule(call.world, call.body)


def after_modify(call: Call, session: Json) -> None:
    """Another time counts from now on."""
    if "scheduled_timestamp" in call.body:
        begin(call.world, session)


def check_delete(call: Call) -> None:
    """Only the record of what is over."""
    clock.run(call.world)
    file_import_states.check(call.target, "delete")


def action(name: str, effect: Callable[[Call, float], None], before: Callable[[Call], None] | None = None) -> Check:
    """The check of an action: the session brought up to date, then held against its state."""

    def check(call: Call) -> Effect:
        clock.run(call.world)
        file_import_states.check(call.target, name)
        if before:
            before(call)

        def done() -> None:
            effect(call, call.world.clock.now())
            clock.run(call.world)

        return done

    return check


def check_answers(call: Call) -> None:
    """422 if the source does not answer and nobody forces the action."""
    if destination.unreachable(call.world, call.target) and not call.body.get("force"):
        text = f"The source system of file import session {call.target['name']} does not respond."
        raise Refused(422, CODE, text, str(call.target["name"]))


def check_domain(call: Call) -> None:
    """422 without a user of the domain that the SMB server of the source is joined to."""
    server = destination.source_of(call.world, call.target).get("smb_server") or {}
    if server.get("is_standalone") is False and not call.body.get("domain_admin_username"):
        text = "domain_admin_username and domain_admin_password are required: the SMB server is joined to a domain."
        raise Refused(422, CODE, text)


def check_cancel(call: Call) -> None:
    """The source answers; the domain matters only once the server has moved."""
    check_answers(call)
    if call.target["current_operation"] in file_import_states.CUT_OVER:
        check_domain(call)


def cut_over(call: Call, now: float) -> None:
    """The production interfaces move to this array."""
    call.target["error"] = None
    clock.work(call.world, call.target, "Cutting_Over", now)


def commit(call: Call, now: float) -> None:
    """The import ends for good."""
    clock.work(call.world, call.target, "Committing", now)


def pause(call: Call, now: float) -> None:
    """The copy stops for a while."""
    session = call.target
    session["@copied"] = clock.copied_share(call.world, session, now)
    clock.enter(call.world, session, "Pausing", session["current_operation"], now, clock.STEP_SECONDS)


def resume(call: Call, now: float) -> None:
    """The operation goes on where it stopped."""
    call.target["error"] = None
    clock.work(call.world, call.target, str(call.target["current_operation"] or "Initial_Provisioning"), now)


def cancel(call: Call, now: float) -> None:
    """All that was made goes away, one step from now."""
    clock.enter(call.world, call.target, "Cancelling", call.target["current_operation"], now, clock.STEP_SECONDS)


def report(call: Call) -> Effect:
    """The report, at any time."""
    clock.run(call.world)
    return lambda: file_import_report.of(call.world, call.target)


def complete(world: ApplianceState, session: Json) -> None:
    """Fill in a session: a seeded one that names a state stays in it until an action, any other begins."""
    hidden: Json = {"@due": None, "@queued": None, "@copied": 0.0, "@since": None, "@ports": {}}
    for name, value in hidden.items():
        session.setdefault(name, value)
    session["@created"] = world.now()
    if session["state"] is None:
        begin(world, session)
    else:
        session["current_operation_progress_percentage"] = file_import_states.progress(session)


def changed(world: ApplianceState, session: Json, values: Json) -> None:
    """Hold a session in the state that somebody else's change gave it."""
    if {"state", "current_operation"} & set(values):
        session.update({"@due": None, "@queued": None, "@since": None, "last_update_timestamp": world.now()})


RULES = {
    KIND: Rules(
        {
            "cutover": action("cutover", cut_over, check_domain),
            "commit": action("commit", commit, check_answers),
            "pause": action("pause", pause),
            "resume": action("resume", resume),
            "cancel": action("cancel", cancel, check_cancel),
            "report": report,
        },
        complete,
        changed=changed,
        before={"create": check_create, "modify": check_modify, "delete": check_delete},
        after={"create": after_create, "modify": after_modify},
    )
}
