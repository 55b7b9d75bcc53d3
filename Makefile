.PHONY: install lint types test tidy sample lock floors clean

python := .venv/bin/python

install: .venv/installed

.venv/installed: constraints.txt pyproject.toml
	python3 -m venv .venv
	$(python) -m pip install -q --no-deps --require-hashes -r constraints.txt
	$(python) -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

lint: install
	$(python) -m ruff check .
	$(python) -m ruff format --check .

types: install
	$(python) -m mypy

tidy: install
	$(python) -m pytest tests/tidy

test: install
	$(python) -m pytest

sample: install
	.venv/bin/tieout day 2018-12-19 --workspace data_samples/kakadai_december

# Exact versions and hashes for every platform, without saying where they came from. Needs uv.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--all-extras \
		--no-header --no-annotate --no-emit-index-url pyproject.toml --output-file constraints.txt

# The oldest releases that pyproject.toml allows, tried on what users meet first. Needs uv.
floors:
	uv venv --quiet --clear --python 3.11 build/floors
	uv pip install --quiet --python build/floors/bin/python --resolution lowest-direct -e .[dev]
	build/floors/bin/tieout day 2018-12-19 --workspace data_samples/kakadai_december
	build/floors/bin/python -m pytest tests/cli tests/flows tests/spec/test_passes.py

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
