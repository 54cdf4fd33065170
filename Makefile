# Every target works on a fresh machine: it makes .venv with the running python3 (3.11-3.13) and pip when that is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
OUTPUT ?= demo-output

.PHONY: setup demo test bench torture lint serve upgrade lock
setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Beleidsradar needs Python 3.11, 3.12 or 3.13; this is $$($(PYTHON) --version). Set PYTHON=python3.12." >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "python3 cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@# The lock is complete and resolved: pip need not resolve it again (and, with extras, could not).
	@echo "Installing what Beleidsradar needs into $(VENV) (once; about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP)     ## seven days on miniature sites: no network, no keys
	@$(BIN)/beleidsradar demo --output $(OUTPUT)

test: $(STAMP)     ## everything but the large numbers
	@$(BIN)/pytest

bench: $(STAMP)    ## timings
	@$(BIN)/python -m benchmarks

torture: $(STAMP)  ## large numbers: kills, edits, fuzzing
	@$(BIN)/pytest -m torture

lint: $(STAMP)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

serve: $(STAMP)
	@$(BIN)/beleidsradar serve

upgrade: $(STAMP)  ## backup, pull, setup, db upgrade, check, replay of 7 days; stops at the first failure
	@BIN=$(BIN) MAKE="$(MAKE)" sh deploy/upgrade.sh

lock: $(STAMP)     ## after a change of the dependencies; needs uv
	@uv lock --quiet && uv export --quiet --all-groups --no-emit-project --no-header --format requirements-txt > requirements.lock && rm uv.lock
