#!/usr/bin/env bash
# Makes the lock files of the python starter anew, for each set of databases and each package manager.
# Needs uv and a package index, of which no lock file names the address. Afterwards: review, and run the tests.
# uv.lock always names its index: a uv starter comes without one, and says to make it.
set -euo pipefail
cd "$(dirname "$0")"

# As images install it.
poetry=2.5.1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The oldest Python that pyproject.toml allows, and every platform: what a team builds on, it finds here.
compile() { uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url "$@"; }

for set in plain postgres redis postgres-redis pgvector pgvector-redis; do
  rm -rf "$set"
  mkdir "$set" "$work/$set"

  uv run --quiet --no-project render.py app "$set" pip < ../starter/pyproject.toml.hbs > "$work/$set/pyproject.toml"
  (
    cd "$work/$set"
    compile pyproject.toml --output-file requirements.txt
    compile --constraints requirements.txt pyproject.toml --group dev --output-file requirements-dev.txt
  )
  cp "$work/$set"/requirements*.txt "$set/"

  uv run --quiet --no-project render.py app "$set" poetry < ../starter/pyproject.toml.hbs > "$work/$set/pyproject.toml"
  uvx --quiet "poetry@$poetry" lock --quiet --directory "$work/$set"
  cp "$work/$set/poetry.lock" "$set/"
done

if grep -nE 'https?://|\[package\.source\]' ./*/*; then
  echo 'these lines name the address of a registry' >&2
  exit 1
fi
