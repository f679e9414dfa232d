# `make` lists what can be done here. Everything is installed into .venv, nothing outside this folder.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
APP := .venv/.app
READY := .venv/.ready
MESSAGES := $(patsubst %.po,%.mo,$(wildcard src/hopluc/locale/*/LC_MESSAGES/*.po))
NAME ?= read
PORT ?= 8000
export HOPLUC_DATA ?= $(CURDIR)/.data
unexport PYTHONDONTWRITEBYTECODE  # or each of the many processes compiles everything anew

.PHONY: help setup test pytest thorough lint style types cover golden messages bench demo lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(READY)  ## make .venv with everything that the project and its tests need

$(APP): requirements/setup.txt requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: install it, or run make PYTHON=/path/to/python3."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(READY): $(APP) requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po | $(APP)
	@$(BIN)/python -c 'import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' $< $@

test: style $(MESSAGES)  ## run every check: style, types, floors, tests (see also: thorough)
	@$(MAKE) -j 2 types pytest

pytest: $(READY) $(MESSAGES)
	$(BIN)/pytest -n 2 --dist worksteal

thorough: $(READY) $(MESSAGES)  ## run what is too long for every day: all things to all roles, all pages under axe, all examples, demo killed and started
	THOROUGH=1 $(BIN)/pytest -n 2 --dist worksteal -m "thorough or property"

lint: style types  ## check style, types and who imports whom

style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  # while tests wait for a browser or a disk, there is time for this
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: $(READY) $(MESSAGES)  ## run the tests and show which lines none of them reaches
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --show-missing --skip-covered

golden: $(READY)  ## rewrite the golden files; read the diff before you keep it
	$(BIN)/python -m tests.vanban.make_golden

messages: $(READY)  ## bring the translation up to the code: says what waits for words
	$(BIN)/python -m scripts.messages

bench: $(READY)  ## measure: make bench NAME=read [QUICK=1]; benchmarks/README.md lists what there is
	@$(BIN)/python -m benchmarks.$(NAME)

demo: $(APP) $(MESSAGES)  ## start everything with demonstration data: make demo [PORT=8000]
	@$(BIN)/hopluc demo --port $(PORT)

lock: $(READY)  ## compile requirements/*.txt anew from pyproject.toml
	requirements/lock $(BIN)/uv

clean:  ## remove .venv and what tools left behind; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
