# What this repository can do; `make help` lists it.
PYTHON ?= python3
VENV := .venv
BENCH := build/bench
RUN := $(VENV)/bin/python
COMPILE := build/lock/bin/uv --quiet --no-config pip compile --universal --generate-hashes --no-annotate \
	--custom-compile-command "make lock" pyproject.toml --group build

.PHONY: help run test evaluate bench bench-short chaos chaos-short lint format lock clean

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 13

run: $(VENV)/requirements.installed ## start the bot: in Slack when tokens are given, else in its sandbox
	@$(RUN) -m bot start

test: $(VENV)/requirements-dev.installed ## run every test, warnings as errors
	@$(RUN) -m pytest

evaluate: $(VENV)/requirements.installed ## measure the coach on the labelled texts in CORPUS=FOLDER
	@$(RUN) -m bot coach evaluate $(CORPUS)

bench: $(BENCH)/requirements-bench.installed ## measure ours beside others for forty minutes, and write docs/benchmarks.md
	@$(BENCH)/bin/python -m tests.benchmarks

bench-short: $(BENCH)/requirements-bench.installed ## a little of the same, only to see that it works
	@$(BENCH)/bin/python -m tests.benchmarks --short

chaos: $(VENV)/requirements-dev.installed ## kill, stop and cut off real processes in 100 seeds, and print the counts
	@$(RUN) -m tests.chaos --seeds 100

chaos-short: $(VENV)/requirements-dev.installed ## the same for a minute, on three seeds
	@$(RUN) -m tests.chaos --seeds 3 --jobs 3 --short

lint: $(VENV)/requirements-dev.installed ## check style, format and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy --strict

format: $(VENV)/requirements-dev.installed ## put the code into its format
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

lock: ## pin what pyproject.toml asks for, keeping the pins that still fit (delete the lock files to renew all)
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install -qq uv==0.13.9
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --output-file requirements-dev.lock --group dev --constraint requirements.lock
	@$(COMPILE) --output-file requirements-bench.lock --group bench --constraint requirements-dev.lock

clean: ## remove everything that make made; data and .env stay
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find bot tests -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/%.installed: %.lock pyproject.toml | $(VENV)/bin/pip
	$(install)

$(BENCH)/%.installed: %.lock pyproject.toml | $(BENCH)/bin/pip
	$(install)

define install
	@echo "Installing the packages that $< pins into $(@D) ..."
	@$(@D)/bin/python -m pip install -qq --require-hashes --requirement $<
	@$(@D)/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@
endef

$(VENV)/bin/pip $(BENCH)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Python 3.11 or newer is needed (Debian: apt install python3); name another one like this: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(@:/bin/pip=) >/dev/null 2>&1 || { \
	echo "Python's venv module is missing or incomplete: apt install python3-venv, then run make again." >&2; exit 1; }
