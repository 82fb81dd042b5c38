# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX refuses, restated: its schema of credential types, its checks of surveys, and required fields.

Sources in AWX: awx/main/fields.py (CredentialTypeInputField, CredentialTypeInjectorField), awx/api/views
(JobTemplateSurveySpec), awx/api/serializers.py (JobOptionsSerializer).
"""

from __future__ import annotations

import re
import typing as t

Row = t.Dict[str, t.Any]

REQUIRED = {
    "organizations": ("name",),
    "credential_types": ("name", "kind"),
    "credentials": ("name", "credential_type", "organization"),
    "execution_environments": ("name", "image"),
    "notification_templates": ("name", "organization", "notification_type"),
    "projects": ("name",),
    "inventories": ("name", "organization"),
    "inventory_sources": ("name", "inventory"),
    "job_templates": ("name", "project", "playbook", "inventory"),
    "workflow_job_templates": ("name",),
    "workflow_job_template_nodes": ("workflow_job_template",),
    "schedules": ("name", "rrule", "unified_job_template"),
}
"""The kinds of objects that can be created, each with what a request must have."""
REFERENCES = {
    "organization": "organizations",
    "credential_type": "credential_types",
    "credential": "credentials",
    "execution_environment": "execution_environments",
    "default_environment": "execution_environments",
    "project": "projects",
    "source_project": "projects",
    "inventory": "inventories",
    "workflow_job_template": "workflow_job_templates",
    "unified_job_template": "",
    "id": "",
}
"""Fields that have the id of another object, of this kind."""
FIELD_KEYS = {
    "type",
    "format",
    "choices",
    "id",
    "label",
    "help_text",
    "multiline",
    "secret",
    "ask_at_runtime",
    "default",
}
QUESTION_TYPES = ("text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect")
NAME = re.compile(r"[a-zA-Z_]+[a-zA-Z0-9_]*")


def mistakes(kind: str, body: Row, rows: t.Mapping[int, Row], playbooks: t.Collection[str]) -> dict[str, list[str]]:
    """Return what AWX complains about in an object, by field."""
    if kind not in REQUIRED:
        return {"detail": [f"no {kind} can be created"]}
    wrong = {name: ["This field is required."] for name in REQUIRED[kind] if body.get(name) in (None, "")}
    for name, refers_to in REFERENCES.items():
        row = rows.get(body.get(name) or 0) if name in body and name != "id" else None
        if body.get(name) and name != "id" and (row is None or refers_to not in row["url"]):
            wrong[name] = ["Invalid pk - object does not exist."]
    if kind == "credential_types":
        wrong.update({name: [text] for name, text in type_mistakes(body["inputs"], body["injectors"])})
    if kind == "job_templates" and not wrong:
        project = rows[body["project"]]
        if project["status"] != "successful" or body["playbook"] not in playbooks:
            wrong["playbook"] = ["Playbook not found for project."]
    if kind == "schedules" and not re.fullmatch(r"DTSTART:\d{8}T\d{6}Z RRULE:FREQ=\w+;INTERVAL=\d+", body["rrule"]):
        wrong["rrule"] = ["rrule parsing failed validation"]
    return wrong


def type_mistakes(inputs: Row, injectors: Row) -> t.Iterator[tuple[str, str]]:
    """Yield what AWX refuses in the configuration of a credential type."""
    if set(inputs) - {"fields", "required"}:
        yield "inputs", "Additional properties are not allowed"
    names = [field.get("id", "") for field in inputs.get("fields", [])]
    for field in inputs.get("fields", []):
        unknown = set(field) - FIELD_KEYS
        if unknown or not {"id", "label"} <= set(field) or not NAME.fullmatch(field["id"]):
            yield "inputs", f"field {field}: {sorted(unknown)}"
        if field.get("type", "string") not in ("string", "boolean") or field["id"] == "tower":
            yield "inputs", f"type or id of {field}"
        if field.get("type") == "boolean" and {"format", "choices", "multiline", "secret"} & set(field):
            yield "inputs", f"{field}: not for a boolean"
    if len(set(names)) != len(names) or set(inputs.get("required", [])) - set(names):
        yield "inputs", f"ids {names}, required {inputs.get('required')}"
    if set(injectors) - {"file", "env", "extra_vars"}:
        yield "injectors", "Additional properties are not allowed"
    files = set(injectors.get("file", {}))
    if not all(re.fullmatch(r"template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?", name) for name in files):
        yield "injectors", f"file {files}"
    for name, text in injectors.get("env", {}).items():
        if not NAME.fullmatch(name) or name.startswith("ANSIBLE_") or not isinstance(text, str):
            yield "injectors", f"env {name}"


def survey_mistake(spec: Row) -> str:
    """Return what AWX refuses in a survey, or nothing."""
    if not {"name", "description", "spec"} <= set(spec) or not spec["spec"]:
        return "name, description and spec are required"
    seen = set()
    for question in spec["spec"]:
        missing = {"type", "question_name", "variable", "required"} - set(question)
        if missing or question["type"] not in QUESTION_TYPES or question["variable"] in seen:
            return f"{question}: {sorted(missing)}"
        seen.add(question["variable"])
        kind, default = question["type"], question.get("default", "")
        if kind in ("integer", "float") and not (default == "" or type(default) is int or type(default) is float):
            return f"the default of {question} is no number"
        if kind.startswith("multi") and not question.get("choices"):
            return f"{question} has no choices"
        if not all(isinstance(question.get(name, 0), int) for name in ("min", "max")):
            return f"min and max of {question} are no integers"
    return ""
