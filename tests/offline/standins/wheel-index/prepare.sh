#!/usr/bin/env bash
# Usage: prepare.sh VERSION CONTEXT
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
mkdir "$2/wheels"
cp "$(shared_file wheels)"/*.whl "$2/wheels/"
