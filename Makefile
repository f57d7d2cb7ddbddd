# Every command a person types. `make run` and `make test` do all the set-up themselves.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: run test check bench demo docs lock clean

run: .venv/run.stamp  ## start with the app in the browser, on an embedded database in data/
	@CRM_PORT=$(PORT) $(BIN)/crm serve

demo: .venv/run.stamp  ## fill the database with the demo world
	@$(BIN)/crm demo

test: .venv/test.stamp  ## everything: fast tests first, then a real server and a real browser
	@$(BIN)/python -m tests

check: .venv/test.stamp  ## what needs no test: style, types, rules between rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/basedpyright --pythonpath $(BIN)/python --level error

bench: .venv/test.stamp  ## the measurements; see bench/README.md
	@$(BIN)/python -m bench $(NAME)

docs: .venv/test.stamp  ## write docs/schema.md and take the guide's pictures of the demo world
	@$(BIN)/python docs/make.py

lock: .venv/test.stamp  ## write exact versions of today, without index addresses
	@$(BIN)/uv pip compile pyproject.toml -o requirements.lock --no-emit-index-url --no-header -q
	@$(BIN)/uv pip compile pyproject.toml --extra dev -o requirements-dev.lock --no-emit-index-url --no-header -q

.venv/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Commonplace needs Python 3.11 or newer.')"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Commonplace needs (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.lock
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv .web
