#!/usr/bin/env bash
# Usage: prove-engine.sh
# Proves that probes run inside their container (3 s): a health check that asks for a file which only the host has must
# fail, one that asks for a file of the image must pass, and a file under /tmp must reach a container by bind mount.
# Without this every health check of the test suite could pass for the wrong reason.
set -euo pipefail
# shellcheck source=engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/engine-env.sh"

name=duskstack-proof-$$
work=$(mktemp -d /tmp/duskstack-proof.XXXXXX)
cleanup() {
  docker rm -f "$name-host" "$name-image" >/dev/null 2>&1 || true
  docker image rm -f "$name" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT

host_only=$work/on-the-host-only
echo seen >"$host_only"
mkdir -p "$work/image/bin"
busybox=${DUSKSTACK_BUSYBOX:-$ENGINE_ROOT/usr/bin/busybox}
[ -x "$busybox" ] || fail "no static busybox at $busybox: run start-engine.sh, or set DUSKSTACK_BUSYBOX"
cp "$busybox" "$work/image/bin/busybox"
ln -s busybox "$work/image/bin/sh"
touch "$work/image/in-the-image"
tar -C "$work/image" -c . | docker import - "$name" >/dev/null || fail "the engine cannot import an image"

# CMD-SHELL calls /bin/sh, which host and image both have: a probe that escapes finds a shell there and says "healthy".
run() { # NAME FILE
  docker run --detach --init=false --network none --name "$1" --health-cmd "[ -e $2 ]" \
    --health-interval 300ms --health-retries 2 --health-timeout 5s "$name" /bin/busybox sleep 600 >/dev/null ||
    fail "the engine cannot start a container"
}
health() { # NAME: waits for the verdict
  local status=starting
  for _ in $(seq 60); do
    status=$(docker inspect --format '{{.State.Health.Status}}' "$1")
    [ "$status" = starting ] || break
    sleep 0.25
  done
  echo "$status"
}

run "$name-host" "$host_only"
run "$name-image" /in-the-image
on_host=$(health "$name-host")
in_image=$(health "$name-image")
[ "$on_host" = unhealthy ] ||
  fail "health checks of this engine leave their container: asked for a file that only the host has ($host_only), the container is '$on_host' instead of 'unhealthy'"
[ "$in_image" = healthy ] ||
  fail "health checks of this engine do not see their image: asked for a file that the image has, the container is '$in_image' instead of 'healthy'"
mounted=$(docker run --rm --network none -v "$work:/mounted:ro" "$name" /bin/busybox cat /mounted/on-the-host-only 2>/dev/null || true)
[ "$mounted" = seen ] ||
  fail "the engine does not see /tmp: a bind mount of $work is empty in the container"
say "proved: probes stay in their container, and /tmp is visible for bind mounts"
