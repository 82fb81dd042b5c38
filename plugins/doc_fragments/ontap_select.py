# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of ONTAP Select Deploy."""

    DOCUMENTATION = r"""
options:
  host:
    description:
      - Name or address of the Deploy administration VM, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the task, in C(module_defaults), or as the environment variable E(ONTAP_SELECT_HOST).
    type: str
    required: true
  port:
    description:
      - Port of the REST API.
      - If not given, the environment variable E(ONTAP_SELECT_PORT) is used.
    type: int
    default: 443
  username:
    description:
      - User to log in as, which on Deploy is C(admin).
      - Required in the task, in C(module_defaults), or as the environment variable E(ONTAP_SELECT_USERNAME).
    type: str
    required: true
  password:
    description:
      - Password of the user. Deploy has no sessions, so each request contains the password.
      - Required in the task, in C(module_defaults), or as the environment variable E(ONTAP_SELECT_PASSWORD).
    type: str
    required: true
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
attributes:
  action_group:
    description: Use C(group/jobwise.appliance.ontap_select) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - jobwise.appliance.ontap_select
requirements:
  - requests (on the machine where the task runs)
notes:
  - Requires version 3 of the Deploy REST API, which Deploy 2.8 and all later releases provide.
  - Tasks follow jobs by long polling. Deploy answers as soon as there is news, so a task ends together with its job and
    sends few requests.
seealso:
  - name: ONTAP Select Deploy REST API
    description: The vendor's documentation.
    link: https://docs.netapp.com/us-en/ontap-select/concept_api_rest.html
"""

    PLUGIN = r"""
options:
  host:
    description:
      - Name or address of the Deploy administration VM, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the file, or as the environment variable E(ONTAP_SELECT_HOST).
    type: str
    env:
      - name: ONTAP_SELECT_HOST
  port:
    description:
      - Port of the REST API.
    type: int
    default: 443
    env:
      - name: ONTAP_SELECT_PORT
  username:
    description:
      - User to log in as, which on Deploy is C(admin).
      - Required in the file, or as the environment variable E(ONTAP_SELECT_USERNAME).
    type: str
    env:
      - name: ONTAP_SELECT_USERNAME
  password:
    description:
      - Password of the user. Deploy has no sessions, so each request contains the password.
      - Required in the file, or as the environment variable E(ONTAP_SELECT_PASSWORD).
    type: str
    env:
      - name: ONTAP_SELECT_PASSWORD
  validate_certs:
    description:
      - Whether Deploy must have a trusted certificate.
    type: bool
    default: true
    env:
      - name: ONTAP_SELECT_VALIDATE_CERTS
  ca_path:
    description:
      - PEM file with the CA that signed Deploy's certificate, or a folder of hashed CA certificates.
      - The default is the file that E(REQUESTS_CA_BUNDLE) names, or else the system's store.
    type: path
    env:
      - name: ONTAP_SELECT_CA_PATH
  timeout:
    description:
      - Seconds in which Deploy must answer one request completely. It does not limit Deploy's jobs.
        More than 0 and at most 86400.
    type: float
    default: 60.0
    env:
      - name: ONTAP_SELECT_TIMEOUT
  proxy:
    description:
      - URL of an HTTP proxy on the way to Deploy. The default follows E(HTTPS_PROXY) and E(NO_PROXY).
    type: str
    env:
      - name: ONTAP_SELECT_PROXY
"""
