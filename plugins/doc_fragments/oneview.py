# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Connection options of an HPE OneView appliance."""

    DOCUMENTATION = r"""
options:
  host:
    description:
      - Name or address of the appliance, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the task, in C(module_defaults), or as the environment variable E(ONEVIEW_HOST).
    type: str
    required: true
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
attributes:
  action_group:
    description: Use C(group/jobwise.appliance.oneview) in C(module_defaults) to set the connection options once.
    support: full
    membership:
      - jobwise.appliance.oneview
requirements:
  - requests (on the machine where the task runs)
notes:
  - Each task logs in once. It logs out however it ends, unless it is killed.
  - In the controller, all items of a loop share one login.
seealso:
  - name: HPE OneView documentation
    description: The vendor's documentation of the resources and their attributes.
    link: https://www.hpe.com/support/oneview-docs
"""

    PLUGIN = r"""
options:
  host:
    description:
      - Name or address of the appliance, without scheme or path.
      - An IPv6 address must not name a zone such as C(%eth0).
      - Required in the file, or as the environment variable E(ONEVIEW_HOST).
    type: str
    env:
      - name: ONEVIEW_HOST
  port:
    description:
      - Port of the REST API.
    type: int
    default: 443
    env:
      - name: ONEVIEW_PORT
  username:
    description:
      - User to log in as. Required unless O(session_id) is given.
    type: str
    env:
      - name: ONEVIEW_USERNAME
  password:
    description:
      - Password of the user. It is sent once for each session.
    type: str
    env:
      - name: ONEVIEW_PASSWORD
  login_domain:
    description:
      - Directory of the user, V(LOCAL) for users of the appliance itself. The default is the appliance's default
        directory.
    type: str
    env:
      - name: ONEVIEW_LOGIN_DOMAIN
  session_id:
    description:
      - Id of an open session, to use instead of O(username) and O(password). It stays open.
    type: str
    env:
      - name: ONEVIEW_SESSION_ID
  api_version:
    description:
      - Version of the REST API. The default is the newest version that both this collection and the appliance support;
        each session asks the appliance for it once. Any version that the appliance supports can be given, such as
        V(3) of the first releases.
      - Some resources and options need a later version; scopes, for instance, need V(300).
    type: int
    env:
      - name: ONEVIEW_API_VERSION
  validate_certs:
    description:
      - Whether the appliance must have a trusted certificate.
    type: bool
    default: true
    env:
      - name: ONEVIEW_VALIDATE_CERTS
  ca_path:
    description:
      - PEM file with the CA that signed the appliance's certificate, or a folder of hashed CA certificates.
      - The default is the file that E(REQUESTS_CA_BUNDLE) names, or else the system's store.
    type: path
    env:
      - name: ONEVIEW_CA_PATH
  timeout:
    description:
      - Seconds in which the appliance must answer one request completely. It does not limit the appliance's tasks.
        More than 0 and at most 86400.
    type: float
    default: 60.0
    env:
      - name: ONEVIEW_TIMEOUT
  proxy:
    description:
      - URL of an HTTP proxy on the way to the appliance. The default follows E(HTTPS_PROXY) and E(NO_PROXY).
    type: str
    env:
      - name: ONEVIEW_PROXY
"""

    FORCE = r"""
options:
  force:
    description:
      - Whether to write even if somebody else has changed the resource since the task read it. Without it, the task
        keeps changes of other attributes. If somebody else has changed the same attributes, it fails and names them.
    type: bool
"""
