#!/usr/bin/env bash
# Builds all images and holds each to its budget (`budget: { image: 200MB }` in duskstack.yaml).
#   bash scripts/build-images.sh [BAKE FLAG...]      flags go to docker buildx bake: --no-cache, --set ...
#   TAG=1.4.0 bash scripts/build-images.sh --push    also pushes them, when all are within their budgets
# TAG is `dev` and REVISION the commit of git when they are not set.
# Sizes are sums of uncompressed layers in decimal MB: the same with every image store, unlike those of `docker image ls`.
# Exit codes: 1 a build failed or an image is over its budget.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

case "${1:-}" in --help | -h) awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; exit 0 ;; esac
cd "$(dirname "$0")/.."

push=false
flags=()
for argument in "$@"; do
  if [ "$argument" = --push ]; then push=true; else flags+=("$argument"); fi
done
TAG=${TAG:-dev} REVISION=${REVISION:-$(git rev-parse HEAD 2>/dev/null || echo unknown)}
export TAG REVISION

bake() { docker buildx bake -f docker-bake.hcl ${flags[@]+"${flags[@]}"} "$@"; }

RELEASE='' bake --load

over=0
check() { # check NAME IMAGE BUDGET-IN-BYTES
  local size verdict=ok budget='-'
  size=$(docker history --human=false --format '{{.Size}}' "$2" | awk '{ sum += $1 } END { printf "%.0f", sum }')
  if [ "$3" -eq 0 ]; then
    verdict='no budget'
  else
    budget=$(awk -v bytes="$3" 'BEGIN { printf "%.1f", bytes / 1000000 }')
    if [ "$size" -gt "$3" ]; then verdict=OVER; over=$((over + 1)); fi
  fi
  printf '%-20s %10s %10s  %-9s  %s\n' "$1" "$(awk -v bytes="$size" 'BEGIN { printf "%.1f", bytes / 1000000 }')" "$budget" "$verdict" "$2"
}
printf '%-20s %10s %10s  %-9s  %s\n' image MB budget verdict reference
check api "duskspendr-api:$TAG" 200000000
if [ "$over" -gt 0 ]; then
  echo "build-images: $over over budget; docker history shows what is in an image" >&2
  exit 1
fi
[ "$push" = false ] || bake --push
