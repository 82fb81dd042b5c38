#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_user
short_description: "OneView: manage local users"
version_added: 1.0.0
description:
  - Creates, changes and removes local users, with their roles and passwords. One request makes all changes.
  - The module replaces the roles, so a user loses the roles that are not listed.
  - The module checks names, passwords, roles and scopes before it writes anything, in check mode too. Users cannot
    change their own roles, and cannot disable or delete themselves.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.oneview.force
  - jobwise.appliance.wait
options:
  state:
    description: Whether the user must exist.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Login name. It has 1 to 39 letters, digits, C(-) and C(_), and starts with a letter.
    type: str
    required: true
  full_name:
    description: Name of the person.
    type: str
  user_password:
    description:
      - Password of the user. It has 8 to 40 characters, without spaces and without the characters V(<>;,"'&\\/|+:=).
        Required to create a user.
      - Do not confuse it with O(password), with which the task logs in.
    type: str
  update_password:
    description:
      - With V(on_create), the module sets O(user_password) only when it creates the user.
      - With V(always), every run sets the password, and therefore always reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
  current_password:
    description:
      - Current password. The appliance requires it from users who change their own password.
      - Some users must change their password before they can log in, such as the administrator of a new appliance. The
        task changes the password without a login if O(name) is the same as O(username) and the task gives
        O(user_password), O(current_password) and O(update_password=always). The task then continues with the new
        password. Later tasks must use the new password as well.
    type: str
  email:
    description: Mail address. An empty string removes it.
    type: str
  office_phone:
    description: Office telephone number, up to 25 characters. An empty string removes it.
    type: str
  mobile_phone:
    description: Mobile telephone number, up to 25 characters. An empty string removes it.
    type: str
  enabled:
    description: Whether the user may log in.
    type: bool
  roles:
    description: The complete list of the user's roles. Required to create a user.
    type: list
    elements: dict
    suboptions:
      role:
        description: Name of the role, such as V(Read only). Names are case-sensitive.
        type: str
        required: true
      scope:
        description:
          - Scope to which the role is limited, by name or URI. Without a scope, the role applies to all resources.
        type: str
seealso:
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Create a read-only user whose password is set only once
  jobwise.appliance.oneview_user:
    host: oneview.example.com
    username: administrator
    password: "{{ oneview_password }}"
    name: night-shift
    full_name: Night shift
    email: night@example.com
    user_password: "{{ night_shift_password }}"
    roles:
      - role: Read only

- name: Change the roles and reset a forgotten password in one request
  jobwise.appliance.oneview_user:
    name: night-shift
    user_password: "{{ new_password }}"
    update_password: always
    roles:
      - role: Network administrator
        scope: branch offices
      - role: Backup administrator

- name: Set the administrator's password on a new appliance
  jobwise.appliance.oneview_user:
    host: oneview.example.com
    username: administrator
    password: "{{ first_password }}"
    name: administrator
    current_password: "{{ first_password }}"
    user_password: "{{ oneview_password }}"
    update_password: always

- name: Remove the user
  jobwise.appliance.oneview_user:
    name: night-shift
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The user as the appliance shows them after the task; in check mode, as they were before the task. It never
      contains passwords.
    - C(roles) has the same form as the option O(roles).
    - Null if the user does not exist.
  returned: always
  type: dict
  sample:
    uri: /rest/users/night-shift
    name: night-shift
    userName: night-shift
    fullName: Night shift
    emailAddress: night@example.com
    enabled: true
    permissions: [{roleName: Read only, scopeUri: null}]
    roles: [{role: Read only, scope: null}]
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change roles and user_password of user night-shift"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
    - Empty, unless the appliance carries out changes of users as tasks.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Id or URI of the job.
      type: str
    action:
      description: What the job does, such as V(create), V(modify) or V(delete).
      type: str
    state:
      description: V(running), V(done), V(failed) or V(unknown).
      type: str
    phase:
      description: The state in the appliance's own words.
      type: str
    percent:
      description: Progress from 0 to 100, null if the appliance does not report it.
      type: int
    resource_id:
      description: Id or URI of the object that the job works on or has created, null if unknown.
      type: str
    adopted:
      description: Whether the job was already running, so that the task waited for it instead of starting another one.
      type: bool
    note:
      description: What the job is doing, in the appliance's words.
      returned: if the appliance reports it
      type: str
    messages:
      description: The reasons why the job failed, or its warnings.
      returned: if there are any
      type: list
      elements: dict
  sample: []
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
  returned: failure
  type: dict
  contains:
    kind:
      description: The kind of the failure.
      type: str
    method:
      description: Method of the request that failed.
      returned: if a request failed
      type: str
    path:
      description: Path of the request that failed.
      returned: if a request failed
      type: str
    status:
      description: HTTP status of the response, or the status that a failed job reports instead.
      returned: if the appliance responded
      type: int
    job_id:
      description: Id or URI of the job that failed, was lost, or is still running.
      returned: if the failure is about a job
      type: str
    messages:
      description: The appliance's messages.
      type: list
      elements: dict
      contains:
        code:
          description: The appliance's code for the message, null if there is no code.
          type: str
        severity:
          description: The severity in the appliance's own words, null if the message has no severity.
          type: str
        message:
          description: The text of the message.
          type: str
        arguments:
          description: The values that are filled into the text.
          type: list
          elements: str
        actions:
          description: The actions that the appliance recommends.
          returned: if the appliance's API recommends actions
          type: list
          elements: str
  sample:
    kind: refused
    method: POST
    path: /rest/users
    status: 400
    messages:
      - code: USER_PASSWORD_INVALID
        severity: Error
        message: The password was used before.
        arguments: []
        actions: [Specify a different password.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    Attribute,
    as_set,
    as_text,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.security.users import (
    CONVENTION,
    USERS,
    UserHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

ROLE: Json = {"role": {"type": "str", "required": True}, "scope": {"type": "str"}}

USER = ResourceType(
    type=USERS,
    title="user",
    convention=CONVENTION,
    update_secrets="update_password",
    key_length=39,
    renames=False,
    attributes=(
        Attribute("full_name", api_name="fullName", normalize=as_text),
        Attribute("email", api_name="emailAddress", normalize=as_text),
        Attribute("office_phone", api_name="officePhone", normalize=as_text, max_length=25),
        Attribute("mobile_phone", api_name="mobilePhone", normalize=as_text, max_length=25),
        Attribute("enabled", "bool"),
        Attribute("user_password", api_name="password", sensitive=True, required=True),
        Attribute(
            "roles",
            "list",
            api_name="permissions",
            read="roles",
            normalize=as_set,
            required=True,
            spec={"elements": "dict", "options": ROLE},
        ),
    ),
    parameters=(
        RequestParameter("current_password", on=("modify",), type="str", along="password", sensitive=True),
        RequestParameter("force", on=()),
    ),
)


def make_handler(client: OneViewClient, desired: Json) -> UserHandler:
    """Return the handler for the user that the task names."""
    return UserHandler(client, USER, desired)


def spec() -> Json:
    """Return the argument spec, without ``id``, since the id of a user is the name."""
    options = {name: option for name, option in USER.argument_spec().items() if name != "id"}
    return {**options, "name": {"type": "str", "required": True}, **WAITING}


TASK = Task("oneview_user", ONEVIEW, spec(), bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
