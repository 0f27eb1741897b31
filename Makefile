# Talent Ledger. `make help` lists the targets. Needs GNU make, a POSIX shell and Python 3.11 to 3.13; nothing else.

SHELL = /bin/sh
PYTHON ?= python3
VENV = .venv/bin/python
TEST_ARGS ?=
BENCH_ARGS ?=
CHAOS_ARGS ?=
# A shell that forbids byte code would have every process compile every package anew.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL = help
.PHONY: help install run demo test chaos bench bench-ingest lint typecheck audit messages lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

install: ## make the environment in .venv from requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 7))' 2>/dev/null || { \
	  echo "$(PYTHON) is too old, or no Python at all: install Python 3.11, 3.12 or 3.13, or say where it is: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) config/install.py

run: install ## serve the site at http://127.0.0.1:8000/ (PORT=8001 chooses another) until Ctrl-C
	@exec $(VENV) -m config.run --with-parent

demo: ## the same without any network: nothing is installed and no page is fetched
	@$(PYTHON) config/install.py --offline
	@OFFLINE=1 exec $(VENV) -m config.run --with-parent

test: install ## run the whole suite on servers and a folder of its own
	@exec $(VENV) -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(TEST_ARGS)

chaos: install ## every fault on real workers: what is lost, doubled, and how long it takes (CHAOS_ARGS="--brief")
	@exec $(VENV) -m tests.chaos $(CHAOS_ARGS)

bench: install ## answer readers beside Datasette, a plain DRF and a thin view, as ratios (BENCH_ARGS="--moves 10000")
	@$(VENV) -m bench.serve $(BENCH_ARGS)

bench-ingest: install ## measure what reading the press costs, as ratios (BENCH_ARGS="--peers" compares with spaCy)
	@$(VENV) -m bench.ingest $(BENCH_ARGS)

lint: install ## style, templates, import contracts, missing migrations
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@$(VENV) -m djlint --quiet --check --lint templates
	@.venv/bin/lint-imports --no-logo
	@$(VENV) manage.py makemigrations --check --dry-run --skip-checks

typecheck: install ## mypy --strict
	@$(VENV) -m mypy .

audit: install ## every package pinned and hashed, under terms that are allowed, and without known faults
	@$(VENV) -m config.audit

messages: install ## gather the words of the interface for translation, and compile what is translated
	@mkdir -p var
	@.venv/bin/pybabel -q extract -F locale/babel.toml --no-location --sort-output -k N_ -k gettext_noop -k gettext_lazy -o var/messages.pot .
	@.venv/bin/pybabel -q update -D django -d locale -i var/messages.pot --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@.venv/bin/pybabel -q compile -D django -d locale

lock: install ## resolve pyproject.toml anew into requirements.lock
	@.venv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --quiet -o requirements.lock

clean: ## stop the embedded servers and remove what was made, but not the data in var
	@if [ -x $(VENV) ]; then $(VENV) -m config.services stop >/dev/null; fi
	@rm -rf .venv .venv.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/run var/log var/static
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
