# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The base class of the inventory plugins: options, cache, hosts, and what people compose of their variables."""

from __future__ import annotations

import collections
import re
import typing as t

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from jinja2 import Environment, TemplateSyntaxError

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import and_so_on
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, perform
from ansible_collections.jobwise.appliance.plugins.plugin_utils.checked import PluginCaller, checked

HOSTS = "hosts"
SPLITS_PATTERNS = re.compile(r"""[\s,:&!~*?'"\[\]]+""")
"""Characters that a pattern for hosts, as of --limit, cannot contain."""
OTHERS = "raw"
"""The type of options that Ansible checks itself: of its cache, and for what people compose."""


def host_name(name: str) -> str:
    """Return a name that patterns can contain: "encl1, bay 1" becomes encl1-bay-1."""
    return SPLITS_PATTERNS.sub("-", name).strip("-")


class ApplianceInventory(BaseInventoryPlugin, Constructable, Cacheable):
    """Base class of the inventory plugins.

    TASK: the connection and the plugin's own options. Its work returns the variables of each host in ``hosts``: without
    their prefix, with a ``name``, and perhaps with an ``address`` and a ``group``.
    """

    TASK: Task
    PREFIX = ""

    # What Ansible defines without types, or as None until the file is parsed.
    inventory: t.Any
    _read_config_data: t.Callable[..., t.Any]
    get_option: t.Callable[..., t.Any]
    _set_composite_vars: t.Callable[..., None]
    _add_host_to_composed_groups: t.Callable[..., None]
    _add_host_to_keyed_groups: t.Callable[..., None]

    def verify_file(self, path: str) -> bool:
        """Return whether the name of a file says that it is for this plugin."""
        return bool(t.cast(t.Any, super()).verify_file(path)) and path.endswith(
            (f".{self.TASK.name}.yml", f".{self.TASK.name}.yaml")
        )

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Add the hosts of the appliance, or of the cache, to the inventory."""
        super().parse(inventory, loader, path, cache=cache)
        self._read_config_data(path)
        self._check_expressions()
        self.load_cache_plugin()
        for name, row in self._named(self._rows(path, cache)).items():
            self._add(name, row)

    # Options

    def set_options(self, task_keys: t.Any = None, var_options: t.Any = None, direct: t.Any = None) -> None:
        """Check the file's options and set them. Ansible would ignore unknown ones and report only one mistake."""
        direct = dict(direct or {})
        own = self.TASK.options
        others = {name: {"type": OTHERS} for name in self.option_definitions if name not in own}
        task = Task(self.TASK.name, self.TASK.platform, {**self.TASK.spec, **others}, self.TASK.work)
        try:
            given = {name: self._plain(name, value) if name in own else value for name, value in direct.items()}
            self._caller = checked(task, given)
        except ApplianceError as error:
            raise AnsibleParserError(str(error)) from None
        usual = {name: value for name, value in direct.items() if name in others}
        values = {name: self._caller.params[name] for name in own}
        t.cast(t.Any, super()).set_options(task_keys=task_keys, var_options=var_options, direct={**usual, **values})

    def _plain(self, name: str, value: t.Any) -> t.Any:
        """Return the value of an option, which may be a template."""
        try:
            return self.templar.template(value)
        except AnsibleError as error:
            raise AnsibleParserError(f"{name}: {error}") from None

    def _check_expressions(self) -> None:
        """Raise AnsibleParserError for an expression that no host could fulfil.

        Without strict, Ansible skips such an expression as it skips one that lacks a variable.
        """
        keys = [entry.get("key") for entry in self.get_option("keyed_groups") or () if isinstance(entry, dict)]
        expressions = [
            *((f"compose.{name}", text) for name, text in (self.get_option("compose") or {}).items()),
            *((f"groups.{name}", text) for name, text in (self.get_option("groups") or {}).items()),
            *((f"keyed_groups[{index}].key", text) for index, text in enumerate(keys)),
        ]
        for place, text in expressions:
            try:
                Environment().parse("{{ " + str(text) + " }}")
            except TemplateSyntaxError as error:
                raise AnsibleParserError(f"{place} is no valid expression: {text!r} ({error.message}).") from None

    # Hosts

    def _rows(self, path: str, cache: bool) -> list[Json]:
        """Return the variables of the hosts, from the cache if there are any for these options."""
        params = self._caller.params
        options = {name: params[name] for name in self.TASK.options if not self._is_secret(name)}
        key = self.get_cache_key(path)
        uses_cache = self.get_option("cache")
        if uses_cache and cache and key in self._cache and self._cache[key].get("options") == options:
            cached: list[Json] = self._cache[key][HOSTS]
            return cached
        rows = self._read(self._caller)
        if uses_cache:
            self._cache[key] = {"options": options, HOSTS: rows}
        return rows

    def _is_secret(self, option: str) -> bool:
        return bool(self.TASK.options[option].get("no_log"))

    def _read(self, caller: PluginCaller) -> list[Json]:
        try:
            client = self.TASK.platform.connect(caller.params)
        except ApplianceError as error:
            raise AnsibleParserError(str(error)) from None
        with client:
            result = perform(self.TASK, caller, client)
        for warning in client.warnings:
            self.display.warning(client.hide(warning))
        if result.get("failed"):
            raise AnsibleParserError(result["msg"])
        rows: list[Json] = result[HOSTS]
        return rows

    def _named(self, rows: t.Sequence[Json]) -> dict[str, Json]:
        """Return the hosts by their names; raise AnsibleParserError if two have the same name."""
        named = [(self._name_of(row), row) for row in rows]
        twice = [name for name, count in collections.Counter(name for name, dummy in named).items() if count > 1]
        if twice:
            same = and_so_on([str(row["name"]) for name, row in named if name == twice[0]])
            raise AnsibleParserError(
                f"{same} would all be the host {twice[0]}. Choose other names with the option hostnames."
            )
        return dict(named)

    def _name_of(self, row: Json) -> str:
        names = (host_name(str(row[source])) for source in self._caller.params["hostnames"] if row.get(source))
        return next((name for name in names if name), host_name(str(row["name"])))

    def _add(self, name: str, row: Json) -> None:
        """Add one host with its variables and groups."""
        variables = {f"{self.PREFIX}_{key}": value for key, value in row.items() if key not in ("address", "group")}
        if row.get("address"):
            variables["ansible_host"] = row["address"]
        self.inventory.add_host(name)
        if row.get("group"):
            self.inventory.add_child(self.inventory.add_group(f"{self.PREFIX}_{row['group']}"), name)
        for key, value in variables.items():
            self.inventory.set_variable(name, key, value)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict=strict)


def inventory_work(hosts: t.Callable[[t.Any, Json], list[Json]]) -> t.Callable[[t.Any, t.Any], Json]:
    """Return the work of an inventory's task. hosts: returns the variables of the hosts for a client and options."""
    return lambda client, caller: {HOSTS: hosts(client, caller.params)}
