# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of a PowerStore."""

    DOCUMENTATION = r"""
options:
  host:
    description:
      - Name or address of the array's management interface, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the task, in C(module_defaults), or as the environment variable E(POWERSTORE_HOST).
    type: str
    required: true
  port:
    description:
      - Port of the REST API.
      - If not given, the environment variable E(POWERSTORE_PORT) is used.
    type: int
    default: 443
  username:
    description:
      - User to log in as.
      - Required in the task, in C(module_defaults), or as the environment variable E(POWERSTORE_USERNAME).
    type: str
    required: true
  password:
    description:
      - Password of the user. Only the first request of a session contains it.
      - Required in the task, in C(module_defaults), or as the environment variable E(POWERSTORE_PASSWORD).
    type: str
    required: true
  validate_certs:
    description:
      - Whether the array must have a trusted certificate.
      - If not given, the environment variable E(POWERSTORE_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file with the CA that signed the array's certificate, or a folder of hashed CA certificates.
      - The default is the file that E(REQUESTS_CA_BUNDLE) names, or else the system's store.
      - If not given, the environment variable E(POWERSTORE_CA_PATH) is used.
    type: path
  timeout:
    description:
      - Seconds in which the array must answer one request completely. It does not limit the array's jobs.
        More than 0 and at most 86400.
      - If not given, the environment variable E(POWERSTORE_TIMEOUT) is used.
    type: float
    default: 60.0
  proxy:
    description:
      - URL of an HTTP proxy on the way to the array. The default follows E(HTTPS_PROXY) and E(NO_PROXY).
      - If not given, the environment variable E(POWERSTORE_PROXY) is used.
    type: str
attributes:
  action_group:
    description: Use C(group/jobwise.appliance.powerstore) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - jobwise.appliance.powerstore
requirements:
  - requests (on the machine where the task runs)
notes:
  - Each task logs in once. It logs out however it ends, unless it is killed.
  - In the controller, all items of a loop share one login.
seealso:
  - name: PowerStore REST API reference
    description: The vendor's documentation of the attributes.
    link: https://www.dell.com/support/home/product-support/product/powerstore
"""
