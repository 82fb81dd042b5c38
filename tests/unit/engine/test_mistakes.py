# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All mistakes in one error."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError, Refused
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.mistakes import Mistakes


def test_nothing_is_wrong() -> None:
    with Mistakes().noted():
        pass
    Mistakes().refuse()


def test_one_mistake_is_raised_as_it_is() -> None:
    mistakes, error = Mistakes(), InputError("No.", status=404)
    with mistakes.noted():
        raise error
    with pytest.raises(InputError) as caught:
        mistakes.refuse()
    assert caught.value is error


def test_several_mistakes_are_one_error() -> None:
    mistakes = Mistakes([InputError("The first is wrong")])
    mistakes.add("The second is wrong.", "Mend it.")
    mistakes.add("The third is wrong.", "Mend it.")
    mistakes.add("The third is wrong.")
    with pytest.raises(InputError) as caught:
        mistakes.refuse()
    assert str(caught.value) == "The first is wrong. The second is wrong. The third is wrong. Mend it."


def test_only_mistakes_of_the_task_are_noted() -> None:
    with pytest.raises(Refused), Mistakes().noted():
        raise Refused("The appliance refused it.")
