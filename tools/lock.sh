#!/usr/bin/env bash
# Renews constraints.txt and constraints-dev.txt: exact versions with hashes, and no registry's address in them.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
common=(--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --upgrade)
"$uv" pip compile pyproject.toml --extra build "${common[@]}" -o constraints.txt
"$uv" pip compile pyproject.toml --extra build --extra dev "${common[@]}" -c constraints.txt -o constraints-dev.txt
! grep -n '://' constraints.txt constraints-dev.txt
