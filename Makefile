# Two commands on a fresh machine: `make demo` and `make test`. Needs Python 3.11 or newer and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-output
NODE := tests/clients/node

.PHONY: help demo test lint format types unit single-port faults soak serve compatibility explain bench sheet requirements clean

help:
	@echo "make demo          install into $(VENV), run generate -> edit -> animate, show where the results are"
	@echo "make test          install what the tests need, then run lint, types and all tests"
	@echo "make faults        the whole fault suite, some minutes: kills, ten thousand crash points, full disks (docs/faults.md)"
	@echo "make soak          a day of a server in minutes: nothing may pile up"
	@echo "make serve         run the server on the default ports"
	@echo "make bench         run the benchmarks, which print ratios and write nothing"
	@echo "make sheet         draw the prompts of bench/prompts onto contact sheets in build/sheets, to be looked at; SHEET='--category food'"
	@echo "make compatibility writes docs/compatibility.md from a run of its tests"
	@echo "make explain       writes docs/explain.md and the list of nouns that have a figure"
	@echo "make requirements  pin the dependencies again (needs uv)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "imagined needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The requirements files name every package, so pip resolves nothing (--no-deps): older ones take an extra of a pinned
# package, coverage[toml], for a package without a pin as soon as a newer release of it is out.
$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

$(NODE)/node_modules/.installed: $(NODE)/package.json $(NODE)/package-lock.json
	./scripts/system-packages node=nodejs npm=npm
	npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

demo: $(VENV)/.base
	$(BIN)/imagined demo --output $(DEMO)

serve: $(VENV)/.base
	$(BIN)/imagined serve

test: $(VENV)/.dev $(NODE)/node_modules/.installed
	./scripts/system-packages curl nginx pg_createcluster=postgresql
	$(MAKE) --no-print-directory lint types unit single-port

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev $(NODE)/node_modules/.installed
	$(BIN)/python -m pytest -n auto --dist loadfile

single-port: $(VENV)/.dev $(NODE)/node_modules/.installed
	IMAGINED_SERVER_SINGLE_PORT=true $(BIN)/python -m pytest -n auto --dist loadfile tests/clients

faults: $(VENV)/.dev
	IMAGINED_FAULTS=full $(BIN)/python -m pytest -s tests/faults --ignore tests/faults/test_soak.py

soak: $(VENV)/.dev
	IMAGINED_FAULTS=full $(BIN)/python -m pytest -s tests/faults/test_soak.py

compatibility: $(VENV)/.dev
	WRITE_COMPATIBILITY=1 $(BIN)/python -m pytest -q tests/clients/test_compatibility.py

explain: $(VENV)/.dev
	$(BIN)/python -m tests.support.explained

bench: $(VENV)/.dev
	$(BIN)/python -m bench

sheet: $(VENV)/.dev
	$(BIN)/python -m bench.sheet $(SHEET)

requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet pyproject.toml requirements/base.in -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -c requirements/base.txt requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) $(DEMO) $(NODE)/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
