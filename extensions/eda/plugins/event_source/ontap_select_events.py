# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Event source: The events of a NetApp ONTAP Select Deploy."""

from __future__ import annotations

import asyncio
import runpy
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
short_description: The events of a NetApp ONTAP Select Deploy.
description:
  - Asks a Deploy for its events, again and again.
  - Sends an event C(alert) for each of them, with the C(change) C(raised). Deploy has no alerts, so nothing is cleared.
  - Deploy has no sessions, so each request contains the password.
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
      - V(new) sends nothing that is there already. V(active) is the same here, as events have no state.
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
      - Name or address of the Deploy administration VM, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the rulebook, or as the environment variable E(ONTAP_SELECT_HOST).
    type: str
  port:
    description:
      - Port of the REST API.
      - If not given, the environment variable E(ONTAP_SELECT_PORT) is used.
    type: int
    default: 443
  username:
    description:
      - User to log in as, which on Deploy is C(admin).
      - Required in the rulebook, or as the environment variable E(ONTAP_SELECT_USERNAME).
    type: str
  password:
    description:
      - Password of the user. Deploy has no sessions, so each request contains the password.
      - Required in the rulebook, or as the environment variable E(ONTAP_SELECT_PASSWORD).
    type: str
  validate_certs:
    description:
      - Whether Deploy must have a trusted certificate.
      - If not given, the environment variable E(ONTAP_SELECT_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file with the CA that signed Deploy's certificate, or a folder of hashed CA certificates.
      - The default is the file that E(REQUESTS_CA_BUNDLE) names, or else the system's store.
      - If not given, the environment variable E(ONTAP_SELECT_CA_PATH) is used.
    type: path
  timeout:
    description:
      - Seconds in which Deploy must answer one request completely. It does not limit Deploy's jobs.
        More than 0 and at most 86400.
      - If not given, the environment variable E(ONTAP_SELECT_TIMEOUT) is used.
    type: float
    default: 60.0
  proxy:
    description:
      - URL of an HTTP proxy on the way to Deploy. The default follows E(HTTPS_PROXY) and E(NO_PROXY).
      - If not given, the environment variable E(ONTAP_SELECT_PROXY) is used.
    type: str
"""

EXAMPLES = r"""
- name: Watch a Deploy
  hosts: all
  sources:
    - jobwise.appliance.ontap_select_events:
        host: deploy.example.com
        username: admin
        password: "{{ deploy_password }}"
        ca_path: /etc/pki/ontap_select-ca.pem
        bookmark: /var/lib/rulebook/ontap_select.bookmark
  rules:
    - name: Show what fails
      condition: event.alert.severity == "error"
      action:
        debug:
          msg: "{{ event.alert.description }}"
"""

# ansible-rulebook runs this file by its path; importing.py says why it needs help to import its own collection.
runpy.run_path(str(Path(__file__).absolute().parents[1] / "importing.py"))["make_importable"]()

from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.events import EventFeed  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.plugin_utils.event_source import EventSource  # noqa: E402

SOURCE = EventSource("ontap_select_events", ONTAP_SELECT, EventFeed)


async def main(queue: asyncio.Queue[Any], args: dict[str, Any]) -> None:
    """Send events until ansible-rulebook ends. args: the options in the rulebook."""
    await SOURCE.run(queue, args)
