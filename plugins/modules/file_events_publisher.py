#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_events_publisher
short_description: "PowerStore: manage file events publishers"
version_added: 1.0.0
description:
  - Says how NAS servers publish what clients do with files to the servers of up to three pools
    (M(jobwise.appliance.file_events_pool)).
  - A NAS server uses the publisher that O(jobwise.appliance.nas_server#module:file_events_publisher) names. Its
    O(jobwise.appliance.nas_server#module:file_events_publishing_mode), or that of a file system, says for which
    protocols.
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
      - With V(present), the file events publisher exists and has the given attributes. Options that are not given leave
        theirs unchanged.
      - With V(absent), the file events publisher does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing file events publisher.
    type: str
  name:
    description:
      - Name of the file events publisher, up to 80 characters.
      - Either O(name) or O(id) is required.
    type: str
  new_name:
    description:
      - New name of the file events publisher. If it already has this one, it stays unchanged, so a second run does not
        fail.
      - If neither exists, the task creates it with this one.
    type: str
  is_enabled:
    description:
      - Whether the publisher publishes events. It needs a pool for that.
      - A new publisher is disabled unless this option says otherwise.
    type: bool
  file_events_pools:
    description:
      - The pools whose servers get the events, by name or id. Up to 3.
      - The list replaces the present one. Its order does not matter. V([]) removes all pools.
    type: list
    elements: str
  post_event_policy:
    description:
      - What happens with events while no server answers.
      - With V(Ignore), they are lost.
      - With V(Accumulate), a file on the NAS server keeps them, and loses the oldest ones if it is full.
      - With V(Guarantee), the file keeps them, and clients have no access while it is full.
      - With V(Deny), clients have no access.
      - A new publisher has V(Accumulate) unless this option says otherwise.
    type: str
    choices: [Ignore, Accumulate, Guarantee, Deny]
  deny_access_when_all_servers_offline:
    description: Whether clients have no access to files while no server answers that the NAS server must ask first.
    type: bool
  heartbeat:
    description: The seconds between two checks whether the servers answer, 1 to 120. 10 for a new publisher.
    type: int
  connection_timeout:
    description:
      - The milliseconds after which a server that does not answer counts as offline, 50 to 5000. 1000 for a new
        publisher.
    type: int
  http_port:
    description:
      - The TCP port for HTTP on the servers, 0 to 65535. 12228 for a new publisher. V(0) uses no HTTP.
      - HTTP is neither encrypted nor authenticated. Without HTTP, or if it fails, the NAS server uses MSRPC if all
        servers have names. For MSRPC, its SMB server must be a member of the domain.
    type: int
  publisher_username:
    description:
      - The Windows user with which the NAS server logs in to the servers by MSRPC, with its domain. Up to 1023
        characters.
    type: str
  publisher_password:
    description:
      - Password of O(publisher_username). Up to 255 characters.
      - The array does not return it, so the task cannot compare it. O(update_password) says when the task sets it.
    type: str
  update_password:
    description:
      - With V(on_create), the task sets the password when it creates the publisher, and when it changes
        O(publisher_username).
      - With V(always), every run sets it and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: jobwise.appliance.file_events_pool
  - module: jobwise.appliance.nas_server
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Publish file events to the servers of a pool
  jobwise.appliance.file_events_publisher:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: events
    file_events_pools: [audit]
    post_event_policy: Guarantee
    is_enabled: true
  # host, username and password can come from module_defaults or from the environment, too

- name: Use no HTTP, and log in to the servers as a user of the domain
  jobwise.appliance.file_events_publisher:
    name: events
    http_port: 0
    publisher_username: EXAMPLE\cee
    publisher_password: "{{ cee_password }}"

- name: Let a NAS server use the publisher for SMB
  jobwise.appliance.nas_server:
    name: nas01
    file_events_publisher: events
    file_events_publishing_mode: SMB_Only

- name: Let it use no publisher
  jobwise.appliance.nas_server:
    name: nas01
    file_events_publisher: ""
    file_events_publishing_mode: None

- name: Delete the publisher
  jobwise.appliance.file_events_publisher:
    name: events
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The file events publisher as the array returns it after the task, or before the task in check mode.
    - Null if the file events publisher does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: events
    is_enabled: true
    is_replica: false
    file_events_pools: [{id: 6a4cd2c4-9d5b-4b73-9d22-0a6a4a0a1e72, name: audit}]
    post_event_policy: Guarantee
    deny_access_when_all_servers_offline: false
    heartbeat: 10
    connection_timeout: 1000
    http_port: 12228
    username:
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create file events publisher events", "set is_enabled of file events publisher events"]
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
      resource_id: "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
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
    method: PATCH
    path: /api/rest/file_events_publisher/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_agents.events import PublisherHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_agents import (
    FILE_EVENTS_PUBLISHER,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_EVENTS_PUBLISHER, PublisherHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
