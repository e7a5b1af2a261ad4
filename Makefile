# Every command sets up what it needs on a fresh clone; a second run finds it done.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PY ?= python3
PORT ?= 8000
JOBS ?= 2
V := .venv
BIN := $(V)/bin
export PYTHONUTF8 = 1
export DJANGO_SETTINGS_MODULE = luoshi.config.settings
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE = copy

.PHONY: help demo test check unit bench lock vendor messages clean browser gettext postgresql

help:
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

demo: $(V)/.run ## set up, seed and serve on PORT (default 8000)
	@exec $(BIN)/luoshi demo --port $(PORT)

test: $(V)/.dev browser postgresql ## every test, on both databases and in a real browser
	@$(BIN)/python -m pytest -n $(JOBS)

unit: $(V)/.dev ## the tests that need no browser; installs no Debian package
	@$(BIN)/python -m pytest -n $(JOBS) -m 'not browser'

check: $(V)/.dev gettext ## format, lint, imports, types, migrations, translations
	@step() { echo "· $$*"; "$$@"; }
	step $(BIN)/ruff format --check --quiet --output-format concise
	step $(BIN)/ruff check --quiet --output-format concise
	step $(BIN)/python tools/lint.py
	step $(BIN)/lint-imports --no-logo
	step $(BIN)/mypy
	LUOSHI_DATA=$$(mktemp -d) step $(BIN)/python -m django makemigrations --check --dry-run
	step $(BIN)/python tools/messages.py check

bench: $(V)/.dev ## measure, print a table, write var/bench.json
	@$(BIN)/python -m bench

lock: $(V)/.boot ## renew the locks in requirements/
	@lock() { $(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11.2 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url "$$@"; }
	R=requirements
	lock --group pyproject.toml:boot -o $$R/uv.txt
	lock pyproject.toml --extra server --extra pg -c $$R/uv.txt -o $$R/run.txt
	lock pyproject.toml --all-extras --group dev -c $$R/uv.txt -c $$R/run.txt -o $$R/dev.txt

vendor: ## renew the front-end files that are committed (needs npm)
	@npm ci --ignore-scripts --no-audit --no-fund
	$(PY) tools/vendor.py

messages: $(V)/.dev gettext ## renew the message catalogues
	@$(BIN)/python tools/messages.py write

clean: ## remove the virtual environment and everything that was made
	@rm -rf $(V) var node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- Python packages: hashed locks, by uv, or by pip where uv is refused ---

$(V)/.boot: requirements/uv.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed: make PY=python3.11 …'; exit 1; }
	$(PY) -m venv $(V) || { echo 'no venv module: install the Debian package python3-venv'; exit 1; }
	$(BIN)/python -m pip install -q --require-hashes -r $<
	touch $@

define install
	install() { $(BIN)/uv pip install -q --python $(BIN)/python "$$@" || { echo 'uv could not: going on with pip'; $(BIN)/python -m pip install -q "$$@"; }; }
	install --require-hashes -r $<
	install --no-deps --no-build-isolation -e .
	touch $@
endef

$(V)/.run: requirements/run.txt pyproject.toml $(V)/.boot
	@$(install)

$(V)/.dev: requirements/dev.txt pyproject.toml $(V)/.boot
	@$(install)
	touch $(V)/.run

# --- Debian packages ---

# $(call have,CHECK,PACKAGES,WITHOUT): when CHECK fails, apt may install PACKAGES (root, or a sudo
# that asks nothing). apt's exit code is not believed: CHECK is asked again, then WITHOUT is run.
define have
	if ! { $(1); } >/dev/null 2>&1; then
	  echo 'installing $(2)'
	  mkdir -p var
	  SUDO=; [ "$$(id -u)" = 0 ] || SUDO='sudo -n'
	  { $$SUDO apt-get -qq update || true; $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(2) || true; } >>var/apt.log 2>&1
	  if ! { $(1); } >/dev/null 2>&1; then
	    tail -5 var/apt.log
	    echo '!!! not installed here; by hand: apt-get install $(2)'
	    $(3)
	  fi
	fi
endef

browser:
	@$(call have,chromium --version && fc-list :lang=zh-cn | grep . && ldconfig -p | grep libatomic.so.1,chromium fontconfig fonts-noto-cjk libatomic1,exit 1)

gettext:
	@$(call have,xgettext --version && msgfmt --version,gettext,echo '!!! without gettext it cannot be checked whether the catalogues hold every message')

postgresql:
	@$(call have,ls /usr/lib/postgresql/*/bin/initdb,postgresql,echo '!!! WITHOUT POSTGRESQL ITS HALF OF THE TESTS IS NOT RUN')
