#!/usr/bin/env bash
# Makes the lock files of the spa starter anew, for each package manager.
# Needs node 22, npm and a registry, of which no lock file names the address. Afterwards: review, and run the tests.
set -euo pipefail
cd "$(dirname "$0")"

# These two are what the starter's package.json asks for as its packageManager.
pnpm=11.28.11
yarn=4.18.1
handlebars=4.7.10

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --loglevel=error --no-audit --no-fund --no-save --prefix "$work/tools" "pnpm@$pnpm" "@yarnpkg/cli-dist@$yarn" "handlebars@$handlebars"
cp ../../node/locks/render.mjs "$work/tools/"

# npm writes the package's name into its lock: this one becomes the template's {{package}}.
placeholder=name-of-the-package

render() { # manager
  mkdir "$work/$1"
  node "$work/tools/render.mjs" "$placeholder" '' "$1" "$pnpm" "$yarn" < ../starter/package.json.hbs > "$work/$1/package.json"
}

render npm
(cd "$work/npm" && npm install --loglevel=error --no-audit --no-fund --package-lock-only --omit-lockfile-registry-resolved)
sed "s/\"$placeholder\"/\"{{package}}\"/" "$work/npm/package-lock.json" > package-lock.json.hbs

render pnpm
(cd "$work/pnpm" && node "$work/tools/node_modules/pnpm/bin/pnpm.mjs" install --loglevel=error --lockfile-only)
cp "$work/pnpm/pnpm-lock.yaml" .

render yarn
cp ../starter/.yarnrc.yml "$work/yarn/"
touch "$work/yarn/yarn.lock" # makes the folder a project of its own
if ! (cd "$work/yarn" && node "$work/tools/node_modules/@yarnpkg/cli-dist/bin/yarn.js" install --mode=update-lockfile) > "$work/log"; then
  cat "$work/log"
  exit 1
fi
cp "$work/yarn/yarn.lock" .

if grep -nE '"resolved":|tarball:|__archiveUrl' ./*lock*; then
  echo 'these lines name the address of a registry' >&2
  exit 1
fi
