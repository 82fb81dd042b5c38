# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What two environment variables do: one records connections, one keeps a rehearsal away from real appliances."""

from __future__ import annotations

import os
import typing as t

from .._engine.errors import InputError
from .endpoint import Endpoint
from .secrets import Secrets
from .transport import Transport

RECORD = "JOBWISE_RECORD"
"""Names the file to which all exchanges are appended."""

REHEARSAL = "JOBWISE_REHEARSAL"
"""Lists the only addresses that tasks may talk to, such as ``127.0.0.1:8443``."""


def open_transport(endpoint: Endpoint, warn: t.Callable[[str], None], secrets: Secrets | None = None) -> Transport:
    """Return a connection to an endpoint, which records if the environment asks for it.

    warn: takes a warning for the user. secrets: those of the client, shared by its connections.
    Raises InputError for an address that the rehearsal does not permit, or a file that cannot be a recording.
    """
    only = os.environ.get(REHEARSAL)
    if only:
        _check_rehearsal(endpoint, only)
    path = os.environ.get(RECORD)
    if not path:
        return Transport(endpoint, secrets=secrets)
    from .recording import RecordFile, RecordingTransport  # only who records pays for the import

    return RecordingTransport(endpoint, RecordFile(path), warn, secrets)


def _check_rehearsal(endpoint: Endpoint, only: str) -> None:
    address = f"{endpoint.host}:{endpoint.port}"
    if address not in only.replace(",", " ").split():
        raise InputError(
            f"This is a rehearsal at {only}, but the task's host is {address}, so nothing was sent.",
            hint="Let the playbook take host and port from the environment, or from variables that a rehearsal sets. "
            f"To work with the real appliance, unset {REHEARSAL}.",
        )
