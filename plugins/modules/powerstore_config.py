#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: powerstore_config
short_description: "PowerStore: bring many objects to their desired states, described in one document"
version_added: 1.0.0
description:
  - Takes a document that describes objects of many types, plans for all of them together, and carries out the plan with
    many jobs at a time. Objects that the document does not name stay as they are.
  - Each item of the document has the options of the module of that name, and means the same as a task of that module. A
    list in an item, such as the volumes of a group, is therefore the whole list, unless its mode says otherwise.
  - The order of the items does not matter. The module finds out what must come first, such as a host before a volume
    that is mapped to it, or the removal of a host from one group before it joins another.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
options:
  config:
    description:
      - The document. Its keys are names of modules, such as V(volume), V(host) or V(protection_policy). The guide
        "Arrays as code" lists them.
      - The value of a key is a list of items, each a dictionary of options of that module. Of settings that the array
        has once, such as V(dns), it is one dictionary.
      - An item has neither O(ignore:id), O(ignore:new_name), O(ignore:wait) nor options of the connection. With
        O(ignore:state=absent), it removes its object.
      - Pass the document as one variable. Ansible evaluates an expression in each of a thousand items one by one, which
        takes over a second.
      - Secrets of items, such as passwords of users, appear in no result. Ansible itself does not know them as secrets,
        so a callback plugin that shows the arguments of tasks needs C(no_log) on the task.
      - Required with O(state=merged) and O(state=overridden).
    type: dict
  state:
    description:
      - V(merged) creates and changes what the document describes, and removes what it marks as absent.
      - V(overridden) does the same, and then deletes the objects that the document does not list, of the types in
        O(only_types). It deletes nothing if anything before has failed.
      - V(gathered) changes nothing. It reads the array into such a document, which V(merged) finds to be as it should.
    type: str
    choices: [merged, overridden, gathered]
    default: merged
  only_types:
    description:
      - With O(state=gathered), the types to read, such as V(volume). All types if not given.
      - With O(state=overridden), the types of which objects may be deleted; required. Of a type that the document does
        not have, nothing is deleted. If it has an empty list, it lists no object.
    type: list
    elements: str
  max_deletions:
    description:
      - With O(state=overridden), how many objects that the document does not list may be deleted. What the array
        deletes together with an object, such as snapshots, counts as well.
      - If there are more, the task fails before it writes anything, also in check mode, and lists them.
    type: int
    default: 0
  protect:
    description:
      - With O(state=overridden), objects that are never deleted, although the document does not list them. The keys are
        types, and the values are names or lists of names, in which V(*), V(?) and V([...]) are patterns. Case does not
        matter.
    type: dict
  filters:
    description:
      - With O(state=gathered), which objects to read. The keys are types, and the values are conditions as in
        O(jobwise.appliance.powerstore_info#module:filters).
    type: dict
  dest:
    description:
      - With O(state=gathered), the file to write the document to, on the machine where the task runs. It holds no
        secrets.
      - The file is written only if the array differs from what it says, as one step, and check mode shows the
        difference. A file that is not a gathered document is never overwritten.
      - In YAML, comments at the beginning say which array the file describes and when it was written.
    type: path
  format:
    description: The format of O(dest).
    type: str
    choices: [yaml, json]
    default: yaml
  parallel:
    description:
      - How many items are carried out at a time, at least 1.
      - If the array has no capacity for that many, the module continues with half of them, and with more again once it
        has.
    type: int
    default: 32
  stop_after:
    description: After this number of failed items, no further item is started. With V(0), all items are tried.
    type: int
    default: 0
  deadline:
    description:
      - After this number of seconds, no further item is started, such as for a maintenance window. The task still
        waits for the items that it has started. V(0) sets no limit.
    type: float
    default: 0.0
  wait_timeout:
    description:
      - Seconds to wait for each job, more than 0. After that the item fails, but the job continues; the next run adopts
        it.
    type: float
    default: 600.0
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: See what the document would change
  jobwise.appliance.powerstore_config:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    config: "{{ array }}"
  check_mode: true
  diff: true

- name: Set up hosts, policies and volumes for a database
  jobwise.appliance.powerstore_config:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    config:
      snapshot_rule:
        - {name: hourly, interval: One_Hour, desired_retention: 48}
      protection_policy:
        - {name: db, snapshot_rules: [hourly]}
      host:
        - name: db01
          os_type: Linux
          initiators:
            - {port_name: "iqn.1994-05.com.example:db01", port_type: iSCSI}
      volume:
        - {name: db-data, size: 500 GiB, mapped_hosts: [{host: db01}]}
        - {name: db-log, size: 50 GiB, mapped_hosts: [{host: db01}]}
      volume_group:
        - {name: db, volumes: [db-data, db-log], protection_policy: db}
      ntp: {addresses: [192.0.2.1]}

- name: Read the array into a file, for version control
  jobwise.appliance.powerstore_config:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    state: gathered
    dest: arrays/array01.yml

- name: Undo what somebody has changed by hand since then
  jobwise.appliance.powerstore_config:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    config: "{{ lookup('ansible.builtin.file', 'arrays/array01.yml') | from_yaml }}"

- name: Delete the volumes and hosts that the document does not list, at most ten and never a database
  jobwise.appliance.powerstore_config:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    state: overridden
    config: "{{ array }}"
    only_types: [volume, host]
    max_deletions: 10
    protect:
      volume: [db*, prod-*]

- name: Remove two volumes, and stop at the first failure
  jobwise.appliance.powerstore_config:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    config:
      volume:
        - {name: old-data, state: absent}
        - {name: old-log, state: absent}
    stop_after: 1
"""

RETURN = r"""
counts:
  description:
    - How many items were already as described (V(ok)), were changed, failed, were blocked because an item failed that
      they need, and were skipped because the task stopped before.
    - In check mode, V(changed) counts the items that a run would change.
    - All are 0 if the task failed before it did anything, for example because of a mistake in the document.
  returned: always
  type: dict
  sample: {ok: 97, changed: 2, failed: 1, blocked: 0, skipped: 0}
deletions:
  description: How many steps of the plan delete an object.
  returned: always
  type: int
  sample: 1
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
    - If steps delete an object, the first entry says how many.
  returned: always
  type: list
  elements: str
  sample: ["1 deletion", "create volume db-data", "delete volume old-data"]
results:
  description:
    - What became of the items that were not already as described. Failed items come first, then blocked, skipped and
      changed ones.
  returned: always
  type: list
  elements: dict
  contains:
    place:
      description: Where the item is in the document, with its name.
      type: str
    type:
      description: The key in the document.
      type: str
    name:
      description: The name of the object; the type again for settings that the array has once.
      type: str
    state:
      description: V(changed), V(failed), V(blocked) or V(skipped).
      type: str
    changed:
      description: Whether the item changed something, which a failed one may have as well.
      type: bool
    plan:
      description: One sentence for each step.
      type: list
      elements: str
    jobs:
      description: The jobs that the item started or adopted, as the module of this type returns them.
      type: list
      elements: dict
    because:
      description: Which items a blocked item waited for in vain, or why the task stopped before it tried a skipped one.
      returned: for blocked and skipped items
      type: str
    msg:
      description: What went wrong.
      returned: for failed items
      type: str
    error:
      description: The facts of the failure, as in RV(error).
      returned: for failed items
      type: dict
  sample:
    - place: "volume[0] (db-data)"
      type: volume
      name: db-data
      state: changed
      changed: true
      plan: ["create volume db-data"]
      jobs: []
mistakes:
  description:
    - What is wrong with the document, the first 100 mistakes. The message of the task has one line for each of them.
    - All mistakes in the options come together, and then all that the array shows, such as unknown names.
    - Empty if the document was carried out, whether or not items failed.
  returned: always
  type: list
  elements: dict
  contains:
    place:
      description: The item, or the key of the document. Two items that contradict each other are both in the message.
      type: str
    message:
      description: What is wrong, and what to do about it.
      type: str
  sample: [{place: "volume[3] (db07)", message: "volume has no option sizes. Did you mean size?"}]
gathered:
  description:
    - The document, with O(state=gathered) and without O(dest). Empty otherwise.
    - It lacks default values, values that nobody can set again, and secrets.
  returned: always
  type: dict
  sample: {volume: [{name: db01, size: 10 GiB}]}
gathered_counts:
  description: How many objects of each type the document holds, with O(state=gathered).
  returned: always
  type: dict
  sample: {volume: 1}
array:
  description: The array that was gathered, with its C(name), C(id) and C(release).
  returned: always
  type: dict
  sample: {name: array01, id: PS0123456789ab, release: 4.0.0.0}
omitted:
  description:
    - With O(state=gathered), the objects that the document leaves out because the task's user does not manage them, or
      because their names do not identify them.
    - Snapshots are never part of a document, and not listed here.
  returned: always
  type: list
  elements: dict
  contains:
    type:
      description: The type in a document.
      type: str
    reason:
      description: Why, as a clause behind "it is".
      type: str
    count:
      description: How many objects.
      type: int
    names:
      description: The first 20 of their names.
      type: list
      elements: str
  sample: [{type: local_user, reason: built in, count: 1, names: [admin]}]
kept:
  description:
    - With O(state=overridden), the objects that the document does not list and that nevertheless stay, because they are
      protected, in use, or managed by somebody else. They are no failure.
  returned: always
  type: list
  elements: dict
  contains:
    type:
      description: The type in a document.
      type: str
    reason:
      description: Why, as a clause behind "it is", or as a sentence.
      type: str
    count:
      description: How many objects.
      type: int
    names:
      description: The first 20 of their names.
      type: list
      elements: str
  sample: [{type: volume, reason: "protected by db*", count: 1, names: [db01]}]
secrets_missing:
  description:
    - With O(state=gathered), the secrets that the array does not return. Without them, the document changes nothing on
      this array, but cannot create these objects on another one.
  returned: always
  type: list
  elements: dict
  sample: [{type: local_user, name: helpdesk, option: user_password}]
left_out:
  description:
    - How many entries RV(results) lacks. A result has at most 500,000 characters, because AWX drops larger ones as a
      whole.
  returned: always
  type: int
  sample: 0
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
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._documents.work import document_task
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import (
    REFUSED,
    TYPES,
    item_type,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.clients import make_clients
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.deletion import Unlisted
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.gather import gather
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE

TASK = document_task("powerstore_config", POWERSTORE, (TYPES, item_type, REFUSED), make_clients, gather, Unlisted)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
