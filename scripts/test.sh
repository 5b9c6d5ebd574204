#!/bin/sh
# Sets up .venv with all that development needs, then lints, type-checks and tests.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install.sh -e '.[train,dev]'
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/pytest "$@"
