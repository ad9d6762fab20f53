#!/usr/bin/env bash
# Usage: prepare.sh VERSION CONTEXT
# Puts in pip and an interpreter that is a launcher of the shared libpython, as `--enable-shared` makes it; Debian's own has everything built in.
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
version=$1 context=$2

cp "$(shared_file wheels)"/pip-*.whl "$context/"
printf "%s\n" "ENGINE_ADDRESS=$ENGINE_ADDRESS" "WHEEL_INDEX=$WHEEL_INDEX" >"$context/build-args"

need_packages gcc libc6-dev
library=$context/libpython$version.so
echo 'int Py_BytesMain(int count, char **arguments) { return count + !arguments; }' |
  gcc -x c -shared -o "$library" -Wl,-soname,"libpython$version.so.1.0" - # to link against; the real one is in the image
# shellcheck disable=SC2016  # $ORIGIN is for the loader
echo 'int Py_BytesMain(int, char **); int main(int count, char **arguments) { return Py_BytesMain(count, arguments); }' |
  gcc -x c -O2 -s -o "$context/launcher" - -x none "$library" -Wl,-rpath,'$ORIGIN/../lib'
rm "$library"
