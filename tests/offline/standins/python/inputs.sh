#!/usr/bin/env bash
# Usage: inputs.sh. Prints what else the image depends on.
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
basename "$(shared_file wheels)"/pip-*.whl
echo "$WHEEL_INDEX"
