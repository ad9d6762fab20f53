#!/usr/bin/env bash
# Loads all images of this project into Minikube, and lists what it has of them.
#   TAG=1.4.0 bash scripts/load-minikube.sh [MINIKUBE FLAG...]     flags go to minikube: -p PROFILE
# Build them before: bash scripts/build-images.sh
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

fail() { echo "load-minikube: $1" >&2; exit 1; }

case "${1:-}" in --help | -h) awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; exit 0 ;; esac
command -v minikube >/dev/null || fail "there is no minikube; see https://minikube.sigs.k8s.io/docs/start/"
tag=${TAG:-dev}
images="todo-uv-backend:$tag todo-uv-frontend:$tag"

for image in $images; do
  docker image inspect "$image" >/dev/null 2>&1 || fail "the image $image is not there; build it: TAG=$tag bash scripts/build-images.sh"
done
for image in $images; do
  minikube image load "$@" "$image" || fail "minikube did not load $image"
done

# Minikube says where an image is from: docker.io/library/ for those without a registry.
listed=$(minikube image ls "$@")
missing=0
for image in $images; do
  line=$(echo "$listed" | grep -F -- "$image" | head -n 1 || true)
  if [ -n "$line" ]; then echo "$line"; else echo "load-minikube: $image is not in minikube" >&2; missing=1; fi
done
exit "$missing"
