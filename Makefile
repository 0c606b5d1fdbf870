# Recipes of a line or two; what needs more stands in scripts/.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Every package is listed with its hashes, those that others need too, so pip need not look what they need; that none is
# missing is checked where tests are run.
INSTALL := $(PIP) install --no-deps --require-hashes -r
# What Python compiles is kept, also in a container that says otherwise: each command of a test would compile it again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup setup-dev demo test test-all check docs fmt golden bench bench-engines clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

.venv/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo 'cityfolio needs the Debian package python3-venv: apt-get install python3-venv'; exit 1; }
	$(INSTALL) requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	$(INSTALL) requirements/dev.txt
	$(PIP) check
	@touch $@

setup: .venv/.run  ## .venv with cityfolio, nothing else needed
setup-dev: .venv/.dev  ## also what tests and checks need

demo: setup  ## build the example programme and serve it
	$(BIN)/cityfolio serve examples/innovation-capacity

system:  ## system packages of the tests (Chromium, fonts, PostgreSQL); root, sudo, or a list of what is missing
	@sh scripts/system-packages.sh
.PHONY: system

ready:  # system packages come from one place, Python's from another: both at once, and the checks need Python's alone
	@$(MAKE) --no-print-directory --jobs=2 system check
.PHONY: ready

test: ready  ## everything that must hold before a change lands
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow and not spark"

test-all: ready  ## also scale, Spark and what takes long
	sh scripts/test-all.sh

check: setup-dev  ## lint, types, layers
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy --num-workers auto && $(BIN)/lint-imports

docs: setup-dev  ## write the reference pages that are made from the code
	$(BIN)/python scripts/make_reference.py

catalogues: setup-dev  ## bring the product's catalogues of translations up to date
	$(BIN)/python scripts/make_catalogues.py
.PHONY: catalogues

fmt: setup-dev  ## format and repair what can be repaired
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

golden: setup-dev  ## rewrite golden files and screenshots, to be reviewed
	CITYFOLIO_GOLDEN=write $(BIN)/python -m pytest -q tests/golden tests/looks

bench: setup-dev  ## the figures of docs/explanation/performance.md
	$(BIN)/python benchmarks/site.py
	$(BIN)/python benchmarks/publishing.py
	$(BIN)/python benchmarks/importing.py

lighthouse: setup-dev  ## Lighthouse on the built example, written into docs/explanation/performance.md
	cd benchmarks/lighthouse && npm ci --ignore-scripts
	$(BIN)/python benchmarks/lighthouse.py
.PHONY: lighthouse

bench-engines: setup-dev  ## engines side by side, from Parquet
	$(BIN)/python benchmarks/engines.py

mutation: setup-dev  ## how many small changes of tabulate and harmonise the tests notice; takes a night, or MODULES="..."
	$(BIN)/python scripts/mutation.py $(MODULES)
.PHONY: mutation

clean:  ## remove what was made
	rm -rf .venv site .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
