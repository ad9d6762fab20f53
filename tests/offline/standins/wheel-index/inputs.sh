#!/usr/bin/env bash
# Usage: inputs.sh. Prints what else the image depends on.
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
cd "$(shared_file wheels)" && stat --format '%n %s' -- *.whl
