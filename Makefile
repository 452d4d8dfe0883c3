# Every target says what it does: `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3

.PHONY: help install test check ci golden docs clean

help:            ## List the targets
	@grep -E '^[a-z]+: *##|^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

install:         ## Make .venv and install lading with everything its tests need
	$(PYTHON) -m venv .venv && .venv/bin/pip install --quiet -e '.[dev]'

test: install    ## Run the tests
	.venv/bin/pytest -n auto -q

check: install   ## Run the style, type and floor checks
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

ci:              ## Run everything a change must pass, from a bare machine
	bash .ci/run

golden: install  ## Remake the golden reports; read the difference like code
	.venv/bin/pytest tests/reporting -q --update-golden

clean:           ## Remove environments and caches
	rm -rf .venv .ci-venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
