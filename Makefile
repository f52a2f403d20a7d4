# make demo   sets everything up, reads the example beat, tells this week's issue
# make test   sets everything up, passes the tests
PY := .venv/bin/python
.PHONY: setup demo test check bench docs golden lock format

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml weights/pyproject.toml
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "On Record needs Python 3.11 or later as python3."; exit 1; }
	@test -x $(PY) || python3 -m venv .venv
	@echo "Installing the pinned packages (once) ..."
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . -e weights
	@touch $@

demo: setup
	@.venv/bin/onrecord demo

test: setup
	$(PY) -m pytest -n 2

check: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(PY) -m corpus.check
	$(PY) -m docs.make --check

format: setup
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: setup
	$(PY) -m bench

docs: setup
	$(PY) -m docs.make

golden: setup
	GOLDEN=rewrite $(PY) -m pytest -q tests/tell

lock: setup
	.venv/bin/uv pip compile -q --universal --generate-hashes --no-header --extra dev pyproject.toml -o requirements.lock
