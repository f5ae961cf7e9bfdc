# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt
export HF_HUB_OFFLINE := 1

.PHONY: help run test lint types unit bench clean

help: ## show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

run: $(VENV)/.base ## install, ingest the bundled sample reports, serve the chat
	$(BIN)/hoibaocao ingest add ingest/samples/*.docx
	$(BIN)/hoibaocao serve --host $(HOST) --port $(PORT)

test: $(VENV)/.test lint types unit ## install with everything, then lint, type check and test

lint: $(VENV)/.test ## ruff, formatting and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.test ## mypy, strict
	$(BIN)/mypy

unit: $(VENV)/.test ## pytest
	$(BIN)/pytest

bench: $(VENV)/.base ## print latency, start-up time and memory side by side
	$(BIN)/python -m eval.bench

clean: ## remove the virtual environment, caches and local data
	rm -rf $(VENV) var build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.base: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11+ is needed: make PYTHON=python3.12 ...")'
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

# torch first and by its exact version: pip then takes a CPU build wherever it is told of one (PIP_FIND_LINKS or
# PIP_EXTRA_INDEX_URL), which a range in one go with everything else would pass over.
$(VENV)/.test: $(VENV)/.base
	$(PIP) torch==2.13.0
	$(PIP) -e '.[models,words,dev]'
	touch $@
