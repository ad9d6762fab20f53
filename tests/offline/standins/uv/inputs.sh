#!/usr/bin/env bash
# Usage: inputs.sh. Prints what else the image depends on.
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
cat "$(dirname "$(shared_file bin/uv.xz)")/sha256sums"
