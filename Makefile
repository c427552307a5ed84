# Stet. `make run` serves the desk and `make test` proves it; each does its own set-up first.

BIN := .venv/bin
# Wheels only: a source package would fetch build tools that no lock names.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED := $(PIP) --require-hashes --only-binary :all:
# Made when what they stand for is installed, and again when a lock changes.
INSTALLED := .venv/installed
DEVELOPED := .venv/developed
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.DELETE_ON_ERROR:
.PHONY: help run install test check bench soak lock format screenshots clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 20

run: $(INSTALLED)  ## serve the desk on HOST and PORT; DEMO=1: with something in it
ifeq ($(DEMO),1)
	@$(BIN)/stet demo --if-empty
endif
	@exec $(BIN)/stet serve

install: $(INSTALLED)  ## only the set-up: .venv with the locked dependencies and .venv/bin/stet

test: $(DEVELOPED)  ## every test: unit, PostgreSQL, browser; ARGS="tests/pure -k diff" goes to pytest
	@sh .ci/browser.sh
	@# Where Python keeps nothing that it compiles, each worker would compile all tests, and each `stet` all of the desk.
	PYTHONDONTWRITEBYTECODE= sh .ci/in_memory.sh $(BIN)/pytest -n logical --dist worksteal $(ARGS)

check: $(DEVELOPED)  ## lint, format, types, import contracts, vendored files, locks, known vulnerabilities
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/vendor.py check
	$(BIN)/python .ci/lock.py
	$(BIN)/python .ci/audit.py

bench: $(DEVELOPED)  ## the benchmarks, as ratios; written to bench/results/
	$(BIN)/python -m bench $(ARGS)

soak: $(DEVELOPED)  ## crash, crowd, use and back up a desk for above an hour; ARGS="--sqlite 20 --postgresql 10" for less
	$(BIN)/python -m tests.soak $(ARGS)

lock: $(DEVELOPED)  ## write the locks anew after a change of pyproject.toml; ARGS=--upgrade: to the newest versions
	$(COMPILE) $(ARGS) pyproject.toml --output-file requirements.txt
	$(COMPILE) $(ARGS) --group build --constraints requirements.txt --output-file requirements-build.txt
	$(COMPILE) $(ARGS) pyproject.toml --group dev --constraints requirements.txt \
	    --constraints requirements-build.txt --output-file requirements-dev.txt

format: $(DEVELOPED)  ## put the code in shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

screenshots: $(DEVELOPED)  ## the pictures in the README
	@sh .ci/browser.sh
	$(BIN)/python docs/screenshots.py

clean:  ## remove everything that was installed or built; var/, the data, stays
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache bench/results build dist test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@sh .ci/venv.sh

$(INSTALLED): requirements.txt requirements-build.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies …"
	@$(LOCKED) -r requirements.txt -r requirements-build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPED): requirements-dev.txt $(INSTALLED)
	@echo "Installing the locked tools …"
	@$(LOCKED) -r requirements-dev.txt
	@touch $@
