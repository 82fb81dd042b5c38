# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

PYTHON ?= newest
PLATFORM ?= powerstore
RUN := .venv/bin/python -m

.PHONY: help venv demo test unit integration faults sanity molecule lint docs coverage cores reproducible release-check \
	changelog release bench build emulator emulator-wheel generated clean

help:  ## Show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 22

venv:  ## Set up .venv, whose ansible-playbook finds this collection
	@tests/run/venv.sh .venv $(PYTHON) ansible-core tests/requirements.txt

demo: venv  ## See the collection at work against an emulated array
	@$(RUN) tests.demo

test: venv  ## Run everything that CI runs
	@$(RUN) tests.run

unit: venv  ## Run the unit tests
	@$(RUN) tests.run unit

integration: venv  ## Run the playbooks and faults against the emulated appliances
	@$(RUN) tests.run integration

faults: venv  ## Run the sampled tests with all their cases: every cut, every property, every operation (long)
	@$(RUN) tests.run faults

sanity: venv  ## Run ansible-test sanity on the newest and the oldest ansible-core
	@$(RUN) tests.run sanity

molecule: venv  ## Play the molecule scenarios of the roles
	@$(RUN) tests.run molecule

lint: venv  ## Check style, licences, types and playbooks
	@$(RUN) tests.run style licences types ansible-lint

docs: venv  ## Check the documentation and the changelog; build the pages, see dist/site/index.html
	@$(RUN) tests.run docs

emulator-wheel: venv  ## Build the emulator's wheel in dist/, for users who rehearse their playbooks
	@$(RUN) tests.run emulator-wheel

generated: venv  ## Write the parts of documentation and meta/runtime.yml that follow from other files
	@$(RUN) tools.update_docs

bench: venv  ## Measure the collection beside other ways, write docs/benchmarks.md (12 minutes)
	@$(RUN) tests.benchmark

build: venv  ## Build the collection's archive and the emulator's wheel in dist/
	@$(RUN) tests.run build emulator-wheel

emulator: venv  ## Start an emulated appliance (PLATFORM=powerstore, oneview or ontap_select); Ctrl-C stops it
	@$(RUN) tests.emulated $(PLATFORM)

coverage: venv  ## Measure which lines of the plugins the tests run, see dist/coverage (PARTS=units, faults or plays)
	@JOBWISE_PARTS="$(PARTS)" $(RUN) tests.run coverage

cores: venv  ## Run the tests with every supported ansible-core (CORES="2.17 2.18", SUITES="sanity units plays")
	@JOBWISE_CORES="$(CORES)" JOBWISE_SUITES="$(SUITES)" $(RUN) tests.run cores

reproducible: venv  ## Build the archive in two clones and compare
	@$(RUN) tests.run reproducible

release-check: venv  ## Run what a release has to pass beside make test (an hour or more)
	@$(RUN) tests.run release-check

changelog: venv  ## Move the fragments into the changelog's entry of the next release, and date it today
	@$(RUN) tests.run changelog

release: venv  ## Check that this commit can be released, build its archive, and say what to do next
	@$(RUN) tests.run release

clean:  ## Remove what was set up
	rm -rf .venv .cache dist .ansible .mypy_cache .pytest_cache .ruff_cache .hypothesis
