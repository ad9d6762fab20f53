#!/usr/bin/env bash
# Usage: prepare.sh VERSION CONTEXT
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
[ "$1" = grafana ] || exit 0
need_packages gcc libc6-dev
gcc -static -O2 -Wall -Werror -o "$2/grafana" "$2/grafana.c"
