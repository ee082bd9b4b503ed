# Every target makes what it needs; "make help" lists them. Variables may be given on the command line:
#   make demo PORT=9000 WUZIJUE_DATA=/srv/demo        make test JOBS=1 ARGS="tests/core -x"
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= auto
ARGS ?=
PY := $(VENV)/bin/python
# One lock for every supported Python; no address of an index in it, so that an office's own mirror works too.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
export VENV

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset serve test test-browser test-kill test-attack test-stack check format bench lock screenshots runtime dev \
	check-format check-lint check-templates check-types check-migrations check-deploy

help: ## this list
	@echo "make demo opens a demo district; make test runs the tests. All targets:"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 18 | sed 's/^/  /'

demo: runtime ## build the demo district if there is none yet, then serve it on PORT
	$(PY) manage.py demo
	$(PY) manage.py serve --host $(HOST) --port $(PORT)

demo-reset: runtime ## throw the demo district away and build it anew
	$(PY) manage.py demo --reset

serve: runtime ## serve what is there, without touching the data
	$(PY) manage.py serve --host $(HOST) --port $(PORT)

test: dev ## the whole suite on SQLite; says which lanes it skipped
	$(PY) -m pytest -n $(JOBS) --maxprocesses 4 --dist worksteal $(ARGS)

test-browser: dev ## the browser lane, in the system's Chromium
	$(PY) -m pytest --lane browser -m browser $(ARGS)

test-kill: dev ## the kill -9 lane
	$(PY) -m pytest --lane kill -m kill $(ARGS)

test-attack: dev ## the attack lane: an insider with the whole database tries to link answers to slips
	$(PY) -m pytest --lane attack -m attack $(ARGS)

test-stack: dev ## the stack lane: the compose file's processes (needs DATABASE_URL and REDIS_URL)
	$(PY) -m pytest --lane stack -m stack $(ARGS)

check: check-format check-lint check-templates check-types check-migrations check-deploy ## format, lint, types, migrations, deploy check
	@echo "All checks passed."

check-format: dev
	$(PY) -m ruff format --check .

check-lint: dev
	$(PY) -m ruff check .

check-templates: dev
	$(PY) -m djlint --lint --quiet templates

check-types: dev
	$(PY) -m mypy

check-migrations: dev
	$(PY) manage.py makemigrations --check --dry-run

check-deploy: dev
	PY=$(PY) sh scripts/check_deploy.sh

format: dev ## put the Python files into the agreed format
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: dev ## measure the hot paths against limit and peer
	$(PY) -m bench $(ARGS)

lock: dev ## make both lock files anew from the .in files
	$(PY) -m uv pip compile $(LOCK) requirements.in -o requirements.txt
	$(PY) -m uv pip compile $(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt

screenshots: dev ## draw the pictures of the README again
	$(PY) scripts/screenshots.py

runtime:
	@sh scripts/environment.sh runtime

dev:
	@sh scripts/environment.sh dev
