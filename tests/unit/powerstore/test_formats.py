# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How people write values that the array takes in another form, and what a wrong value is answered with."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.mistakes import Mistakes
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.formats import (
    as_port_name,
    as_servers,
    in_blocks,
    port_name,
    servers,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.initiators import check_form

NORMAL = "10:00:00:90:fa:13:81:8c"


@pytest.mark.parametrize(
    "text",
    [
        "10000090fa13818c",
        "10000090FA13818C",
        "10:00:00:90:FA:13:81:8C",
        "0x10000090fa13818c",  # as Linux shows it
        "10-00-00-90-FA-13-81-8C",  # as Windows tools do
        " 10000090fa13818c ",
    ],
)
def test_a_wwn_in_any_notation(text: str) -> None:
    assert port_name(text, "") == as_port_name(text) == NORMAL


@pytest.mark.parametrize("text", ["10000090fa13818", "10:00:0090:fa:13:81:8c", "iqn.1998-01.com.vmware:ESX01"])
def test_what_is_no_wwn_stays_as_it_is(text: str) -> None:
    assert port_name(text, "") == text


def test_a_wwn_that_yaml_has_read_as_a_number() -> None:
    """10:00:00:00:00:00:00:09 without quotes is a number with base 60, and 0x... one with base 16."""
    mistakes = Mistakes()
    check_form([{"port_name": "27993600000009", "port_type": "FC"}], mistakes)
    with pytest.raises(InputError) as caught:
        mistakes.refuse()
    assert str(caught.value) == (
        "initiators: 27993600000009 is no FC port name, which is a WWN of 16 hexadecimal digits, with or without "
        "colons. Put the WWN in quotes, because YAML reads some of them as numbers."
    )


@pytest.mark.parametrize("size, larger", [(10737418241, "10485768 KiB"), ("1000 KiB", ""), (9000, "16 KiB")])
def test_a_size_that_is_no_multiple(size: str | int, larger: str) -> None:
    if not larger:
        assert in_blocks(size, "size") % 8192 == 0
        return
    with pytest.raises(InputError) as caught:
        in_blocks(size, "size")
    assert str(caught.value).endswith(f" bytes. The next larger one is {larger}.")


@pytest.mark.parametrize("size", [1.5, "1.5", "0.5"])
def test_a_part_of_a_byte_is_no_size(size: float | str) -> None:
    with pytest.raises(InputError, match="size is not a capacity"):
        in_blocks(size, "size")


@pytest.mark.parametrize(
    "value, found",
    [
        (["192.0.2.1", " ntp.example.com "], ["192.0.2.1", "ntp.example.com"]),
        (["2001:DB8:0::123", "NTP-1.example.com."], ["2001:db8::123", "NTP-1.example.com."]),
        (["time_1", "1.pool.ntp.org"], ["time_1", "1.pool.ntp.org"]),
    ],
)
def test_names_and_addresses_of_servers(value: list[str], found: list[str]) -> None:
    assert servers(value, "addresses") == found
    assert as_servers(found) == as_servers(value)


@pytest.mark.parametrize(
    "value, words",
    [
        (["not a name"], "addresses takes names and IP addresses, not 'not a name'."),
        (["300.1.2.3"], "addresses takes names and IP addresses, not '300.1.2.3'."),
        (["2001:db8::g"], "addresses takes names and IP addresses, not '2001:db8::g'."),
        (["https://ntp.example.com"], "not 'https://ntp.example.com'."),
        ([""], "not ''."),
        (["ntp.example.com", "NTP.example.com"], "addresses lists NTP.example.com twice."),
        (["2001:db8::1", "2001:DB8:0::1"], "addresses lists 2001:db8::1 twice."),
    ],
)
def test_what_is_no_server(value: list[str], words: str) -> None:
    with pytest.raises(InputError) as caught:
        servers(value, "addresses")
    assert words in str(caught.value)
