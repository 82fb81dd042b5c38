# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Deploy VM tells of itself: identity, images, mediators, events and jobs."""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import reading
from jobwise_emulator.ontap_select.appliance_state import Call
from jobwise_emulator.ontap_select.errors import not_found
from jobwise_emulator.ontap_select.routes import Routes, not_public


def identity(call: Call) -> Reply:
    """The VM: host name and system id."""
    return reading.one(call, "deploy", call.world.deploy)


def jobs(call: Call) -> Reply:
    """All jobs."""
    return reading.many(call, "job", [job.describe() for job in call.world.jobs.jobs.values()])


def job(call: Call) -> Reply:
    """One job. The parameters of a long poll were dealt with when the request was held."""
    return reading.one(call, "job", found(call), "poll_timeout", "last_modified")


def found(call: Call) -> Json:
    """The job that a path names."""
    entry = call.world.jobs.jobs.get(call.keys[0])
    if entry is None:
        raise not_found("job", call.keys[0])
    return entry.describe()


ROUTES: Routes = {
    "deploy": {"GET": identity, "PATCH": not_public},
    "images": {"GET": reading.listing("image")},
    "images/{}": {"GET": reading.reading("image")},
    "mediators": {"GET": reading.listing("mediator"), "POST": not_public},
    "mediators/{}": {"GET": reading.reading("mediator")},
    "events": {"GET": reading.listing("event")},
    "events/{}": {"GET": reading.reading("event")},
    "jobs": {"GET": jobs},
    "jobs/{}": {"GET": job},
}
