# `make serve` and `make test` set up everything they need. Python 3.11 or later is all they ask for.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# Material prints an advertisement for another program with every build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup browser serve build check test bench-terms bench-search lock clean

help:
	@echo "make serve   the site on http://127.0.0.1:$(PORT)/ (another port: PORT=9000)"
	@echo "make test    all tests, a headless browser included"
	@echo "make check   content checks, no browser"
	@echo "make build   the site, into site/"
	@echo "make bench-terms   what term links cost, as a ratio"
	@echo "make bench-search   what the search finds, loads and takes, beside two others (ZH=dir JA=dir: on other texts)"
	@echo "make lock    resolve the dependencies again, with hashes"

setup: $(VENV)/installed

# Redone whenever the lock or the package changes. The package itself is linked, not copied.
$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed (make PYTHON=/path/to/python3.11)"; exit 2; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no venv module: install python3-venv, or set PYTHON="; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

browser: setup
	@$(BIN)/python tests/chromium.py

serve: setup
	$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

build: setup
	$(BIN)/kb build

check: setup
	$(BIN)/kb check

test: setup browser
	$(BIN)/python -m pytest

bench-terms: setup
	$(BIN)/python benchmarks/terms.py

bench-search: setup browser
	$(BIN)/python benchmarks/search.py $(if $(ZH),--zh "$(ZH)") $(if $(JA),--ja "$(JA)") \
	  $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(OTHERS),--others $(OTHERS))

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --all-extras \
	  --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file requirements.lock pyproject.toml
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) site
