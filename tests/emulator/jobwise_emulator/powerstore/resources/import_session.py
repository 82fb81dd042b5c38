# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import sessions: create, reschedule, delete and the actions (PowerStore REST 4.0, import_session).

Creating one is a short job; the migration itself is seen on ``state``, which ``import_clock`` moves.
"""

from __future__ import annotations

from collections.abc import Callable

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Check, Rules
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import (
    import_clock,
    import_destination,
    import_group,
    import_request,
    import_sources,
    import_states,
    protection,
)
from jobwise_emulator.powerstore.resources.import_request import Sides
from jobwise_emulator.powerstore.resources.import_sources import Source
from jobwise_emulator.powerstore.resources.import_states import is_group
from jobwise_emulator.powerstore.resources.policies import check_policies

KIND = "import_session"
DEFAULT_TYPE = "Non_Disruptive"
HIDDEN: Json = {
    "@group": False,
    "@due": None,
    "@frozen": False,
    "@queued": None,
    "@copied": 0.0,
    "@copying_since": None,
    "@hosts": [],
    "@forced": False,
}
PLAIN = (
    *("name", "description", "global_storage_discovery_address", "remote_system_id", "source_resource_id"),
    *("volume_group_id", "protection_policy_id", "scheduled_timestamp"),
)


def create(call: Call) -> Effect:
    """A new session, with one for each member when a consistency group is imported."""
    world, body = call.world, call.body
    kind = str(body.get("type") or DEFAULT_TYPE)
    import_request.check_plain(world, body)
    remote = world.find("remote_system", body["remote_system_id"])
    source = import_sources.find(world, remote, body["source_resource_id"])
    import_sources.check_system(world, remote, kind)
    import_sources.check_importable(source, kind)
    import_request.check_group(world, body, source)
    check_policies(world, body)
    import_request.check_schedule(world, body)
    hosts = import_request.check_hosts(call, source, kind)

    def effect() -> Json:
        import_request.refuse_replication(world, body)
        session = new_session(world, body, kind, source.entry)
        world.store.add(KIND, session)
        if source.is_group:
            session["@group"] = True
            add_members(world, session, source, hosts)
        else:
            session["@hosts"] = hosts[str(source.entry["wwn"])]
        begin(world, session)
        import_clock.run(world)
        return {"id": session["id"]}

    return effect


def new_session(world: ApplianceState, body: Json, kind: str, source: Json) -> Json:
    """A session that has not begun; its source counts as being imported from now on."""
    plain = {name: body.get(name) for name in PLAIN}
    session = world.new(KIND, type=kind, automatic_cutover=bool(body.get("automatic_cutover")))
    session.update({**HIDDEN, **plain})
    import_sources.claim(session, source)
    return session


def add_members(world: ApplianceState, session: Json, source: Source, hosts: Sides) -> None:
    """The sessions of a consistency group's members, named after the group's session and the volume."""
    for volume in source.members:
        name = f"{session['name']}.{volume['name'] or volume['wwn']}".replace(" ", "_")[:128]
        body = {**session, "name": name, "source_resource_id": volume["id"]}
        member = new_session(world, body, str(session["type"]), volume)
        member.update(parent_session_id=session["id"])
        member["@hosts"] = hosts[str(volume["wwn"])]
        world.store.add(KIND, member)


def begin(world: ApplianceState, session: Json) -> None:
    """Scheduled or queued, with the sessions of the members."""
    now, when = world.clock.now(), session["scheduled_timestamp"]
    if when is None:
        import_clock.queue(world, session, now)
        return
    for one in [session, *import_group.members(world, session)]:
        import_clock.enter(world, one, "Scheduled", now)
    session["@due"] = protection.moment(when).timestamp()


def modify(call: Call) -> Effect:
    """Another time for a session that is scheduled."""
    import_clock.run(call.world)
    import_states.check(call.target, "modify")
    import_request.check_schedule(call.world, call.body)

    def effect() -> None:
        if "scheduled_timestamp" in call.body:
            call.target["scheduled_timestamp"] = call.body["scheduled_timestamp"]
            begin(call.world, call.target)
            for one in import_group.members(call.world, call.target):
                one["scheduled_timestamp"] = call.body["scheduled_timestamp"]

    return effect


def delete(call: Call) -> Effect:
    """Remove the record of a session that is over, with those of its members; what was imported stays."""
    import_clock.run(call.world)
    import_states.check(call.target, "delete")

    def effect() -> None:
        for one in [call.target, *import_group.members(call.world, call.target)]:
            call.world.store.remove(KIND, one["id"])

    return effect


def action(name: str, effect: Callable[[Call, float], None]) -> Check:
    """The check of an action: brought up to date, then held against the state."""

    def check(call: Call) -> Effect:
        import_clock.run(call.world)
        also = name == "pause" and is_group(call.target) and import_group.any_copying(call.world, call.target)
        import_states.check(call.target, name, also)

        def done() -> None:
            effect(call, call.world.clock.now())
            import_clock.run(call.world)

        return done

    return check


def cancel(call: Call, now: float) -> None:
    """Stop an import and roll it back."""
    import_clock.cancel(call.world, call.target, now, bool(call.body.get("force")))


def pause(call: Call, now: float) -> None:
    """Stop the copy for a while."""
    (import_group.pause if is_group(call.target) else import_clock.pause)(call.world, call.target, now)


def resume(call: Call, now: float) -> None:
    """Go on with the copy."""
    (import_group.resume if is_group(call.target) else import_clock.copy)(call.world, call.target, now)


def cut_over(call: Call, now: float) -> None:
    """Commit the import."""
    import_clock.cut_over(call.world, call.target, now)


def enable(call: Call, now: float) -> None:
    """Let hosts see the destination volume."""
    import_destination.prepare(call.world, call.target)
    import_destination.enable(call.world, call.target)
    import_clock.enter(call.world, call.target, "Ready_To_Start_Copy", now)


def start_copy(call: Call, now: float) -> None:
    """Start the copy of an agentless import, or hold it when its group is paused."""
    paused = import_group.is_paused(call.world, call.target)
    (import_clock.pause if paused else import_clock.copy)(call.world, call.target, now)


def clean_up(call: Call, now: float) -> None:
    """Clean up after a roll-back that did not work."""
    import_clock.clean_up(call.world, call.target, now)


def complete(world: ApplianceState, session: Json) -> None:
    """Fill in a seeded session: one that names a state stays in it until an action, any other begins."""
    found = import_sources.locate(world, session["source_resource_id"] or "")
    for name, value in HIDDEN.items():
        session.setdefault(name, value)
    session["@group"] = found[1].is_group if found else session["destination_resource_type"] == "volume_group"
    session["type"] = session["type"] or DEFAULT_TYPE
    given = {name: value for name, value in session.items() if value is not None}
    if session["state"]:
        import_clock.force(world, session, given)
    else:
        begin(world, session)


def changed(world: ApplianceState, session: Json, values: Json) -> None:
    """Hold a session in the state that somebody else's change gave it."""
    if "state" in values:
        import_clock.force(world, session, values)


RULES = {
    KIND: Rules(
        {
            "create": create,
            "modify": modify,
            "delete": delete,
            "cancel": action("cancel", cancel),
            "pause": action("pause", pause),
            "resume": action("resume", resume),
            "cutover": action("cutover", cut_over),
            "enable_destination_volume": action("enable_destination_volume", enable),
            "start_copy": action("start_copy", start_copy),
            "cleanup": action("cleanup", clean_up),
        },
        complete,
        changed=changed,
    )
}
