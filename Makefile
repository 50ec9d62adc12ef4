# Two commands for a newcomer: `make demo` and `make test`. Each does all the set-up it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench gate train lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /\1|/' | while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

demo: $(RUN)  ## reads the sample story, builds the picture, writes out/brief.html and out/brief.pdf
	@$(BIN)/seamwatch demo --out out

test: $(DEV)  ## all tests
	@$(BIN)/python -m pytest -n 2

check: $(DEV)  ## format, lint, types, import order
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(DEV)  ## mends format and what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV)  ## runs the benchmarks and writes their tables
	@for run in benchmarks/*/run.py; do name=$$(basename "$$(dirname "$$run")"); echo "== $$name"; $(BIN)/python -m benchmarks.$$name.run || exit 1; done

gate: $(DEV)  ## the pinned quality floors, with the delta
	@$(BIN)/python -m tests.gate.gate

train: $(DEV)  ## learns the coder's coefficients anew from ../shared, and their cards
	@$(BIN)/python -m benchmarks.coder.train_readers
	@$(BIN)/python -m benchmarks.coder.train_confidence

lock: $(DEV)  ## renews the hashed constraints files (needs uv)
	@tools/lock.sh

clean:  ## removes what make made
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Seamwatch needs Python 3.11 or newer; say which: make demo PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Seamwatch needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which: make demo PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV) || { echo "Could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(RUN): constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once; a minute or two) ..."
	@$(PIP) install --quiet --require-hashes -r constraints.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): constraints-dev.txt $(RUN)
	@$(PIP) install --quiet --require-hashes -r constraints-dev.txt
	@touch $@
