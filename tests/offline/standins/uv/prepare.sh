#!/usr/bin/env bash
# Usage: prepare.sh VERSION CONTEXT
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
need_packages xz-utils
mkdir "$2/programs"
xz --decompress --stdout "$(shared_file bin/uv.xz)" >"$2/programs/uv"
chmod 755 "$2/programs/uv"
ln -s uv "$2/programs/uvx"
