#!/usr/bin/env bash
# Makes the lock files of the node starter anew, for each set of databases and each package manager.
# Needs node, npm and a registry, of which no lock file names the address. Afterwards: review, and run the tests.
set -euo pipefail
cd "$(dirname "$0")"

# These two are what the starter's package.json asks for as its packageManager.
pnpm=11.28.11
yarn=4.18.1
handlebars=4.7.10

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --loglevel=error --no-audit --no-fund --no-save --prefix "$work/tools" "pnpm@$pnpm" "@yarnpkg/cli-dist@$yarn" "handlebars@$handlebars"
cp render.mjs "$work/tools/"

# npm writes the package's name into its lock: this one becomes the template's {{package}}.
placeholder=name-of-the-package

render() { # set manager folder
  mkdir -p "$3"
  node "$work/tools/render.mjs" "$placeholder" "$1" "$2" "$pnpm" "$yarn" < ../starter/package.json.hbs > "$3/package.json"
}

for set in plain postgres redis postgres-redis; do
  rm -rf "$set"
  mkdir "$set"

  folder=$work/$set/npm
  render "$set" npm "$folder"
  (cd "$folder" && npm install --loglevel=error --no-audit --no-fund --package-lock-only --omit-lockfile-registry-resolved)
  sed "s/\"$placeholder\"/\"{{package}}\"/" "$folder/package-lock.json" > "$set/package-lock.json.hbs"

  folder=$work/$set/pnpm
  render "$set" pnpm "$folder"
  (cd "$folder" && node "$work/tools/node_modules/pnpm/bin/pnpm.mjs" install --loglevel=error --lockfile-only)
  cp "$folder/pnpm-lock.yaml" "$set/"

  folder=$work/$set/yarn
  render "$set" yarn "$folder"
  cp ../starter/.yarnrc.yml "$folder/"
  touch "$folder/yarn.lock" # makes the folder a project of its own
  if ! (cd "$folder" && node "$work/tools/node_modules/@yarnpkg/cli-dist/bin/yarn.js" install --mode=update-lockfile) > "$work/log"; then
    cat "$work/log"
    exit 1
  fi
  cp "$folder/yarn.lock" "$set/"
done

if grep -nE '"resolved":|tarball:|__archiveUrl' ./*/*lock*; then
  echo 'these lines name the address of a registry' >&2
  exit 1
fi
