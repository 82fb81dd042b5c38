#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: local_user
short_description: "PowerStore: manage local users"
version_added: 1.0.0
description:
  - Brings a local user, their role, lock and password to the declared state. The task sends all changes as one request.
  - The array has built-in rules. A user cannot lock, delete, or change the role of their own account.
    Only C(admin) can change the user C(admin), and can change only the password.
  - The task checks these rules before it writes, in check mode, too.
  - A user who must change their password, as at the first login or after it has expired, may do nothing else. Log in as
    that user and give O(id), O(user_password), O(current_password), and O(update_password=always) or
    V(when_different). The array does not show the id to that user; another user can read it with
    M(jobwise.appliance.powerstore_info). The next run compares the user's other attributes.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description: Whether the user exists.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the user, 1 to 64 letters, digits and dots. It cannot be changed later.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing user.
    type: str
  role:
    description: Role by name or id, such as V(Operator). Required to create a user.
    type: str
  user_password:
    description:
      - Password of the user, 8 to 40 characters with at least one upper-case and one lower-case letter, one digit and
        one of C(!,@#$%^*?_~). Required to create a user.
      - Do not confuse it with O(password), which the task logs in with.
    type: str
  update_password:
    description:
      - With V(on_create), the task sets O(user_password) only when it creates the user.
      - With V(always), every run sets it and therefore reports a change.
      - With V(when_different), the task tries to log in as the user, and sets the password only if that login fails.
        Each such run costs one failed login, and repeated failed logins lock an account for a while, so use it for
        passwords that rarely differ. If the user is locked, the task cannot try the login and sets the password.
    type: str
    choices: [on_create, always, when_different]
    default: on_create
  current_password:
    description: The current password, which the array requires from users who change their own password.
    type: str
  is_locked:
    description: Whether the user is locked out.
    type: bool
  is_mfa_bypass:
    description: Whether the user may log in without the second factor, on PowerStoreOS 3.5 and later.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Create an operator with an initial password
  jobwise.appliance.local_user:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: night.shift
    role: Operator
    user_password: "{{ night_shift_password }}"

- name: Lock the user, change their role and reset a forgotten password in one request
  jobwise.appliance.local_user:
    name: night.shift
    role: Storage Administrator
    is_locked: true
    user_password: "{{ new_password }}"
    update_password: always

- name: Change your own password once
  jobwise.appliance.local_user:
    username: night.shift
    password: "{{ lookup('ansible.builtin.env', 'OLD_PASSWORD') }}"
    name: night.shift
    user_password: "{{ new_password }}"
    current_password: "{{ lookup('ansible.builtin.env', 'OLD_PASSWORD') }}"
    update_password: always

- name: Change your own password after the first login
  jobwise.appliance.local_user:
    username: night.shift
    password: "{{ first_password }}"
    id: "7"
    user_password: "{{ new_password }}"
    current_password: "{{ first_password }}"
    update_password: always

- name: Delete the user
  jobwise.appliance.local_user:
    name: night.shift
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The user as the array returns it after the task, or before the task in check mode. It never contains passwords.
    - Null if the user does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: "7"
    name: night.shift
    role_id: "3"
    role: {id: "3", name: Operator}
    is_locked: false
    is_built_in: false
    is_default_password: false
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change role and is_locked and user_password of user night.shift"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
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
  sample:
    - id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: modify
      state: done
      phase: Completed
      percent: 100
      adopted: false
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
    path: /api/rest/local_user
    status: 422
    messages: [{code: "0xE09040040010", severity: Error, message: The password was used before., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.security import LOCAL_USER
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.security.users import UserHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, LOCAL_USER, UserHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
