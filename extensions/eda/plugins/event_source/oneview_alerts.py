# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Event source: The alerts of an HPE OneView."""

from __future__ import annotations

import asyncio
import runpy
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
short_description: The alerts of an HPE OneView.
description:
  - Asks a OneView for its alerts, again and again.
  - Sends an event C(alert) for each alert that is raised, changes, is cleared or is removed. C(change) says which.
  - It logs in once, logs in again when the session expires, and logs out at the end. It reads with the credentials of a
    user who may only read.
  - After an error that may pass, the pauses double up to five minutes. Wrong options, a refused login, and at the start
    also an untrusted certificate end the source.
options:
  interval:
    description: Seconds between two reads, above 0.
    type: float
    default: 10.0
  at_first:
    description:
      - What to send at the first start, that is without a bookmark.
      - V(new) sends nothing that is there already. V(active) sends each alert that is not cleared.
    type: str
    choices: [new, active]
    default: new
  bookmark:
    description:
      - File that says what has been sent. With it, a restart sends nothing twice, and what has happened meanwhile.
      - The file is made if it is missing, with the permissions 0600. Its folder must exist. Each source needs a file of
        its own.
      - Without it, each start is a first start.
    type: path
  host:
    description:
      - Name or address of the appliance, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the rulebook, or as the environment variable E(ONEVIEW_HOST).
    type: str
  port:
    description:
      - Port of the REST API.
      - If not given, the environment variable E(ONEVIEW_PORT) is used.
    type: int
    default: 443
  username:
    description:
      - User to log in as. Required unless O(session_id) is given.
      - If not given, the environment variable E(ONEVIEW_USERNAME) is used.
    type: str
  password:
    description:
      - Password of the user. It is sent once for each session.
      - If not given, the environment variable E(ONEVIEW_PASSWORD) is used.
    type: str
  login_domain:
    description:
      - Directory of the user, V(LOCAL) for users of the appliance itself. The default is the appliance's default
        directory.
      - If not given, the environment variable E(ONEVIEW_LOGIN_DOMAIN) is used.
    type: str
  session_id:
    description:
      - Id of an open session, to use instead of O(username) and O(password). It stays open.
      - If not given, the environment variable E(ONEVIEW_SESSION_ID) is used.
    type: str
  api_version:
    description:
      - Version of the REST API. The default is the newest version that both this collection and the appliance support;
        each session asks the appliance for it once. Any version that the appliance supports can be given, such as
        V(3) of the first releases.
      - Some resources and options need a later version; scopes, for instance, need V(300).
      - If not given, the environment variable E(ONEVIEW_API_VERSION) is used.
    type: int
  validate_certs:
    description:
      - Whether the appliance must have a trusted certificate.
      - If not given, the environment variable E(ONEVIEW_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file with the CA that signed the appliance's certificate, or a folder of hashed CA certificates.
      - The default is the file that E(REQUESTS_CA_BUNDLE) names, or else the system's store.
      - If not given, the environment variable E(ONEVIEW_CA_PATH) is used.
    type: path
  timeout:
    description:
      - Seconds in which the appliance must answer one request completely. It does not limit the appliance's tasks.
        More than 0 and at most 86400.
      - If not given, the environment variable E(ONEVIEW_TIMEOUT) is used.
    type: float
    default: 60.0
  proxy:
    description:
      - URL of an HTTP proxy on the way to the appliance. The default follows E(HTTPS_PROXY) and E(NO_PROXY).
      - If not given, the environment variable E(ONEVIEW_PROXY) is used.
    type: str
"""

EXAMPLES = r"""
- name: Watch the servers
  hosts: all
  sources:
    - jobwise.appliance.oneview_alerts:
        host: oneview.example.com
        username: reader
        password: "{{ oneview_password }}"
        ca_path: /etc/pki/oneview-ca.pem
        bookmark: /var/lib/rulebook/oneview.bookmark
  rules:
    - name: Show servers that are in trouble
      condition: event.alert.resource.type == "server-hardware" and event.alert.severity == "critical"
      action:
        debug:
          msg: "{{ event.alert.description }}"
"""

# ansible-rulebook runs this file by its path; importing.py says why it needs help to import its own collection.
runpy.run_path(str(Path(__file__).absolute().parents[1] / "importing.py"))["make_importable"]()

from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.alerts import AlertFeed  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.plugin_utils.event_source import EventSource  # noqa: E402

SOURCE = EventSource("oneview_alerts", ONEVIEW, AlertFeed)


async def main(queue: asyncio.Queue[Any], args: dict[str, Any]) -> None:
    """Send events until ansible-rulebook ends. args: the options in the rulebook."""
    await SOURCE.run(queue, args)
