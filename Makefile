# `make` lists what can be done here. Everything is installed into .venv, nothing outside this folder.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
DIRECTIVES := $(wildcard tests/vanban/golden/documents/*.txt)
NAME ?= read
export HOPLUC_DATA ?= $(CURDIR)/.data

.PHONY: help setup test lint cover golden bench demo lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(READY)  ## make .venv with everything that the project and its tests need

$(READY): requirements/setup.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: install it, or run make PYTHON=/path/to/python3."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

test: lint  ## run every check: style, types, floors, tests
	$(BIN)/pytest -n 2

lint: $(READY)  ## check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: $(READY)  ## run the tests and show which lines none of them reaches
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --show-missing --skip-covered

golden: $(READY)  ## rewrite the golden files; read the diff before you keep it
	$(BIN)/python -m tests.vanban.make_golden

bench: $(READY)  ## measure: make bench NAME=read|accuracy [QUICK=1]
	@$(BIN)/python -m benchmarks.$(NAME)

demo: $(READY)  ## read the five directives and print their plans
	@$(BIN)/vanban show $(DIRECTIVES)

lock: $(READY)  ## compile requirements/*.txt anew from pyproject.toml
	requirements/lock $(BIN)/uv

clean:  ## remove .venv and what tools left behind; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
