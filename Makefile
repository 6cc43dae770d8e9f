# Hải Đăng: `make help` lists what there is. Everything is idempotent; the environment lives in .venv, data under HAIDANG_HOME (var/).
SHELL := /bin/bash
HAIDANG := .venv/bin/haidang
PORT ?= 8000

.PHONY: help setup setup-dev demo fill test lint check audit sbom bench screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

setup: ## what running needs: .venv with locked packages, the browser files built
	@tools/setup.sh core sandbox web

setup-dev: ## what testing needs besides: test packages, chromium (as root on Debian)
	@tools/setup.sh dev web browser

demo: setup ## the centre of Lạng Sơn on http://127.0.0.1:8000/, the simulated province feeding it live
	@$(HAIDANG) demo --port $(PORT) --beside sandbox

fill: setup ## fill the home with the demo's data and stop
	@$(HAIDANG) demo --fill

test: setup-dev ## every test, PostgreSQL and browser ones included
	@.venv/bin/python -m pytest -n 3 --dist loadgroup tests

lint: setup-dev ## style, types, floors, bandit
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python tools/audit.py code

check: lint ## lint and the house tests
	@.venv/bin/python -m pytest tests/house

audit: setup-dev ## known weaknesses of our code and of every locked package, licences into build/
	@.venv/bin/python tools/audit.py code packages
	@mkdir -p build && .venv/bin/python tools/audit.py licences >build/licences.tsv

sbom: setup-dev ## what the centre is made of, CycloneDX, into build/
	@.venv/bin/python tools/audit.py sbom

bench: setup-dev ## the benches: land, board, grow
	@for b in land board grow; do $(HAIDANG) bench $$b; done

screenshots: setup-dev ## draw docs/pictures anew from the demo
	@.venv/bin/python tools/screenshots.py

clean: ## remove what was built (not var/)
	rm -rf .venv node_modules haidang/web/static/built
