#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: snapshot_rule
short_description: "PowerStore: manage snapshot rules"
version_added: 1.0.0
description:
  - Brings a snapshot rule to the declared state. Protection policies contain snapshot rules. The array takes snapshots
    of every resource with such a policy, and deletes each of them when its retention ends.
  - A change takes effect at once for every resource that the rule protects.
  - The array refuses to change a read-only rule, and a rule that is a replica of another system's. It refuses to delete
    a rule while a policy with the rule is assigned to a resource. The task checks this before it writes, in check mode,
    too.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description:
      - With V(present), the rule exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the rule does not exist. Policies that are not assigned to a resource lose the rule.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the rule, up to 128 characters.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing rule.
    type: str
  new_name:
    description:
      - New name of the rule. A rule that already has this name stays unchanged, so a second run does not fail.
      - If no rule has either name, the task creates one with this name.
    type: str
  interval:
    description:
      - How often the array takes a snapshot.
      - A rule has either O(interval) or O(time_of_day). The task replaces one if it gives the other.
    type: str
    choices: [Five_Minutes, Fifteen_Minutes, Thirty_Minutes, One_Hour, Two_Hours, Three_Hours, Four_Hours, Six_Hours,
      Eight_Hours, Twelve_Hours, One_Day]
  time_of_day:
    description: Time of the daily snapshot as V(hh:mm) with 24 hours, in O(timezone). Put it in quotes.
    type: str
  timezone:
    description:
      - Time zone of O(time_of_day), in the array's spelling. By default, a new rule uses V(UTC).
      - It needs O(time_of_day), in the task or in the existing rule.
    type: str
    choices: [Etc__GMT_plus_12, US__Samoa, Etc__GMT_plus_11, America__Atka, US__Hawaii, Etc__GMT_plus_10,
      Pacific__Marquesas, US__Alaska, Pacific__Gambier, Etc__GMT_plus_9, PST8PDT, Pacific__Pitcairn, US__Pacific,
      Etc__GMT_plus_8, Mexico__BajaSur, America__Boise, America__Phoenix, MST7MDT, Etc__GMT_plus_7, CST6CDT,
      America__Chicago, Canada__Saskatchewan, America__Bahia_Banderas, Etc__GMT_plus_6, Chile__EasterIsland,
      America__Bogota, America__New_York, EST5EDT, America__Havana, Etc__GMT_plus_5, America__Caracas, America__Cuiaba,
      America__Santo_Domingo, Canada__Atlantic, America__Asuncion, Etc__GMT_plus_4, Canada__Newfoundland,
      Chile__Continental, Brazil__East, America__Godthab, America__Miquelon, America__Buenos_Aires, Etc__GMT_plus_3,
      America__Noronha, Etc__GMT_plus_2, America__Scoresbysund, Atlantic__Cape_Verde, Etc__GMT_plus_1, UTC,
      Europe__London, Africa__Casablanca, Atlantic__Reykjavik, Antarctica__Troll, Europe__Paris, Europe__Sarajevo,
      Europe__Belgrade, Europe__Rome, Africa__Tunis, Etc__GMT_minus_1, Asia__Gaza, Europe__Bucharest, Europe__Helsinki,
      Asia__Beirut, Africa__Harare, Asia__Damascus, Asia__Amman, Europe__Tiraspol, Asia__Jerusalem, Etc__GMT_minus_2,
      Asia__Baghdad, Africa__Asmera, Etc__GMT_minus_3, Asia__Tehran, Asia__Baku, Etc__GMT_minus_4, Asia__Kabul,
      Asia__Karachi, Etc__GMT_minus_5, Asia__Kolkata, Asia__Katmandu, Asia__Almaty, Etc__GMT_minus_6, Asia__Rangoon,
      Asia__Hovd, Asia__Bangkok, Etc__GMT_minus_7, Asia__Hong_Kong, Asia__Brunei, Asia__Singapore, Etc__GMT_minus_8,
      Asia__Pyongyang, Australia__Eucla, Asia__Seoul, Etc__GMT_minus_9, Australia__Darwin, Australia__Adelaide,
      Australia__Sydney, Australia__Brisbane, Asia__Magadan, Etc__GMT_minus_10, Australia__Lord_Howe, Etc__GMT_minus_11,
      Asia__Kamchatka, Pacific__Fiji, Antarctica__South_Pole, Etc__GMT_minus_12, Pacific__Chatham, Pacific__Tongatapu,
      Pacific__Apia, Etc__GMT_minus_13, Pacific__Kiritimati, Etc__GMT_minus_14]
  days_of_week:
    description:
      - Days on which the array takes snapshots, in any order. A new rule without this option takes them every day.
      - Days are those of O(timezone) if the rule has a O(time_of_day), and of UTC otherwise.
    type: list
    elements: str
    choices: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]
  desired_retention:
    description:
      - How many hours the array keeps a snapshot, 1 to 613200. Required to create a rule.
      - Snapshots on the array itself last at most 8760 hours, a year. Only a rule with O(remote_system) can keep them
        longer.
    type: int
  nas_access_type:
    description:
      - How users reach local snapshots of file systems. With V(Snapshot), the hidden directory C(.snapshot) of the file
        system shows them. With V(Protocol), NFS exports and SMB shares can be made of them.
      - It has no effect on other resources.
    type: str
    choices: [Snapshot, Protocol]
  is_secure:
    description:
      - Whether the snapshots are secure, on PowerStoreOS 3.5 and later. Nobody can delete a secure snapshot before its
        retention ends.
      - File systems have secure snapshots on PowerStoreOS 4.1 and later. A change does not affect existing snapshots.
    type: bool
  is_read_only:
    description:
      - Whether nobody can change the rule later. It can be deleted.
      - It can be set only when the rule is created.
    type: bool
  remote_system:
    description:
      - Remote system that keeps the snapshots, by name or id, on PowerStoreOS 3.5 and later. It must be a
        PowerProtect DD.
      - A rule for local snapshots cannot become one for remote snapshots, nor the other way round. The remote system
        can change only while no policy with the rule is assigned to a resource.
    type: str
  delete_snaps:
    description:
      - With O(state=absent), whether the array also deletes the snapshots that it has taken by this rule. By default,
        they stay until their retention ends.
      - With O(state=present), V(true) is an error.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Take a snapshot every four hours on working days, and keep it for a week
  jobwise.appliance.snapshot_rule:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: four-hourly
    interval: Four_Hours
    days_of_week: [Monday, Tuesday, Wednesday, Thursday, Friday]
    desired_retention: 168

- name: Take one snapshot each night instead
  jobwise.appliance.snapshot_rule:
    name: four-hourly
    new_name: nightly
    time_of_day: "02:30"
    timezone: Europe__Paris
  # host, username and password come from module_defaults or from the environment

- name: Delete the rule and its snapshots
  jobwise.appliance.snapshot_rule:
    name: nightly
    state: absent
    delete_snaps: true
"""

RETURN = r"""
resource:
  description:
    - The snapshot rule as the array returns it after the task, or before the task in check mode.
    - Null if the snapshot rule does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: four-hourly
    interval: Four_Hours
    time_of_day: null
    timezone: UTC
    days_of_week: [Monday, Tuesday, Wednesday, Thursday, Friday]
    desired_retention: 168
    nas_access_type: Protocol
    is_read_only: false
    is_replica: false
    managed_by: User
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change desired_retention of snapshot rule four-hourly"]
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
      resource_id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
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
    method: DELETE
    path: /api/rest/snapshot_rule/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE02030010014"
        severity: Error
        message: The snapshot rule is in a policy that is assigned to a volume.
        arguments: [four-hourly]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.snapshot_rules import (
    SnapshotRuleHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import SNAPSHOT_RULE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, SNAPSHOT_RULE, SnapshotRuleHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
