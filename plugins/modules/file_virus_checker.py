#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_virus_checker
short_description: "PowerStore: manage the virus checker of NAS servers"
version_added: 1.0.0
description:
  - Says which servers scan the files of SMB shares for viruses, and which files they scan. Each NAS server has one
    virus checker, or none. The servers run Dell's Common Event Enabler and the software of a vendor of virus scanners.
  - The servers read the files of all shares, so their account must be one of O(privileged_accounts).
  - M(jobwise.appliance.nas_server) makes the NAS server. Its virus checker is deleted with it.
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
      - With V(present), the NAS server has a virus checker as given. Options that are not given leave theirs unchanged.
      - With V(absent), it has none.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing virus checker.
    type: str
  nas_server:
    description:
      - The NAS server, by name or id. It cannot be changed later.
      - Either O(nas_server) or O(id) is required.
    type: str
  is_enabled:
    description:
      - Whether new and changed files are scanned. The virus checker needs servers for that, from O(ip_addresses) or
        from O(config).
      - A new virus checker is disabled unless this option says otherwise.
      - With O(offline_policy=Disable_Virus_Checker), the array itself disables the virus checker when no server
        answers. A task with V(true) then enables it again, and reports a change.
    type: bool
  ip_addresses:
    description:
      - Names and addresses of the servers, at least 1 and up to 10. The order does not matter.
      - The list replaces the present one.
    type: list
    elements: str
  files_to_scan:
    description:
      - The names of the files to scan, such as V(*.exe), at least 1 and up to 50. V(*) stands for any characters, and
        V(?) for one. The order does not matter.
      - The list replaces the present one. Each name has up to 255 characters.
    type: list
    elements: str
  files_to_exclude:
    description:
      - The names of files that are not scanned. Up to 50, written as in O(files_to_scan).
      - The list replaces the present one. V([]) excludes no files.
    type: list
    elements: str
  max_file_size:
    description:
      - Larger files are not scanned. A capacity such as V(200 MiB), 0 to 4294967295 bytes. V(0) sets no limit.
    type: str
  reference_time:
    description:
      - Files that nobody has opened since this time are scanned when somebody opens them, for example to use new virus
        definitions for old files.
      - ISO 8601 with a time zone, such as V(2026-01-31T12:00:00Z).
    type: str
  offline_policy:
    description:
      - What happens while no server answers.
      - With V(Allow_Access), clients have access to files that nobody has scanned.
      - With V(Stop_SMB_Access), SMB clients have no access.
      - With V(Disable_Virus_Checker), the array disables the virus checker.
      - A new virus checker has V(Allow_Access) unless this option says otherwise.
    type: str
    choices: [Allow_Access, Stop_SMB_Access, Disable_Virus_Checker]
  survey_time:
    description:
      - The seconds between two checks whether the servers answer, 1 to 3600. 10 for a new virus checker.
    type: int
  high_watermark:
    description:
      - How many files may wait for a scan before clients have to wait, 4 to 2000. 200 for a new virus checker.
    type: int
  low_watermark:
    description:
      - How few files must wait for a scan before clients no longer have to wait, 1 to 500. 50 for a new virus checker.
      - The vendor recommends a quarter of O(high_watermark).
    type: int
  http_port:
    description:
      - The TCP port for HTTP on the servers, 0 to 65535. 12228 for a new virus checker. V(0) uses no HTTP.
      - HTTP is neither encrypted nor authenticated. Without HTTP, or if it fails, the NAS server uses MSRPC if all
        servers have names. For MSRPC, its SMB server must be a member of the domain.
    type: int
  msrpc_user:
    description:
      - The user with which the NAS server logs in to the servers by MSRPC. Up to 1023 characters. MSRPC needs it.
      - On PowerStoreOS 4.0 and later.
    type: str
  msrpc_user_password:
    description:
      - Password of O(msrpc_user). Up to 255 characters.
      - The task does not compare it. O(update_password) says when the task sets it.
      - On PowerStoreOS 4.0 and later.
    type: str
  rpc_retry_timeout:
    description:
      - The milliseconds after which the NAS server asks again for a scan by MSRPC, 1 to 3600000. 5000 for a new virus
        checker.
    type: int
  rpc_request_timeout:
    description:
      - The milliseconds after which the NAS server stops asking for a scan by MSRPC, 1 to 3600000. 25000 for a new
        virus checker.
      - The vendor recommends five times O(rpc_retry_timeout).
    type: int
  config:
    description:
      - Content of the configuration file, C(viruschecker.conf), which can hold all of these settings.
      - The task uploads it if it differs from the file that the virus checker has, and enables the virus checker
        afterwards. The result and the diff show its SHA-256 instead of the content.
    type: str
  privileged_accounts:
    description:
      - The users and groups that may read all files of all shares, as C(DOMAIN\account). The domain is its name or its
        NetBIOS name, or empty for an account of the NAS server itself. Case does not matter.
      - O(privileged_accounts_mode) says how the list is applied. The array checks whether the accounts exist.
      - If the virus checker is enabled already, the service of Common Event Enabler on the servers must be restarted
        after that.
      - On PowerStoreOS 4.0 and later.
    type: list
    elements: str
  privileged_accounts_mode:
    description:
      - With V(exact), exactly the accounts in O(privileged_accounts) have the privilege.
      - With V(add), the task gives them the privilege, and leaves other accounts alone.
      - With V(remove), the task takes the privilege from them.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole virus checker.
    type: str
    choices: [exact, add, remove]
    default: exact
  is_destination_override_enabled:
    description:
      - Whether O(config) differs from that of the source while the NAS server is the destination of a replication.
      - V(false) takes the file of the source again.
    type: bool
  update_password:
    description:
      - With V(on_create), the task sets the password when it creates the virus checker, and when it changes
        O(msrpc_user).
      - With V(always), every run sets it and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_virus_checker_scan
"""

EXAMPLES = r"""
- name: Scan programs and documents for viruses
  jobwise.appliance.file_virus_checker:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas01
    ip_addresses: [scan1.example.com, scan2.example.com]
    files_to_scan: ["*.exe", "*.dll", "*.doc?"]
    files_to_exclude: [pagefile.sys]
    max_file_size: 200 MiB
    privileged_accounts: ["EXAMPLE\\scanner"]
    is_enabled: true
  # host, username and password can come from module_defaults or from the environment, too

- name: Log in to the servers by MSRPC
  jobwise.appliance.file_virus_checker:
    nas_server: nas01
    http_port: 0
    msrpc_user: scanner
    msrpc_user_password: "{{ scanner_password }}"

- name: Use the configuration file of the site
  jobwise.appliance.file_virus_checker:
    nas_server: nas01
    config: |
      CIFSserver=nas01
      addr=192.0.2.41:192.0.2.42
      masks=*.exe:*.dll

- name: Remove the virus checker
  jobwise.appliance.file_virus_checker:
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The virus checker as the array returns it after the task, or before the task in check mode.
    - Null if the NAS server has none, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 6a4cd2c4-9d5b-4b73-9d22-0a6a4a0a1e72
    nas_server_id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01, is_production_mode_enabled: true}
    is_enabled: true
    is_config_file_uploaded: false
    is_destination_override_enabled: false
    ip_addresses: [scan1.example.com, scan2.example.com]
    files_to_scan: ["*.exe", "*.dll", "*.doc?"]
    files_to_exclude: [pagefile.sys]
    max_file_size: 209715200
    offline_policy: Allow_Access
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create virus checker of NAS server nas01", "set is_enabled of virus checker of NAS server nas01"]
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
    path: /api/rest/file_virus_checker/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_agents.virus_checkers import (
    VirusCheckerHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_agents import (
    FILE_VIRUS_CHECKER,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_VIRUS_CHECKER, VirusCheckerHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
