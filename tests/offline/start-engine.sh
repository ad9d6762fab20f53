#!/usr/bin/env bash
# Usage: eval "$(tests/offline/start-engine.sh [DIR...])"
# Starts a private Docker engine made of Debian's packages, for machines without an image registry.
# Run again it only checks (1 s); after a crash or a reboot it starts anew and keeps its images.
# stdout: one `export DOCKER_HOST=...` line for the caller; everything else goes to stderr.
#
# The engine sees no folder of the host but: /tmp, $TMPDIR, the folder above this checkout and each DIR,
# all under their own paths. Compose's bind mounts and secret files must lie there.
set -euo pipefail
# shellcheck source=engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/engine-env.sh"

# sid: the oldest suite with Compose 2.40 and health checks' start_interval (Docker 25+).
# iptables and iproute2 are what dockerd calls; busybox-static becomes the image of prove-engine.sh.
make_root() {
  [ -e "$ENGINE_ROOT/.complete" ] && return
  local mirror
  need_packages mmdebstrap
  mirror=$(debian_mirror debian)
  say "unpacking Debian sid with Docker into $ENGINE_ROOT"
  rm -rf --one-file-system "$ENGINE_ROOT"
  # trusted: the keys of sid are newer than those of the machine's own Debian.
  mmdebstrap --quiet --variant=apt --aptopt='Acquire::Check-Valid-Until "false"' \
    --include=docker.io,docker-cli,docker-compose,docker-buildx,iptables,ca-certificates,iproute2,mount,busybox-static \
    sid "$ENGINE_ROOT" "deb [trusted=yes] $mirror sid main" >&2
  touch "$ENGINE_ROOT/.complete"
}

# The host's client must find compose and buildx. A client or plugin that is there already stays.
install_client() {
  local plugin
  if ! command -v docker >/dev/null; then
    install -m 755 "$ENGINE_ROOT/usr/bin/docker" /usr/local/bin/docker
  fi
  mkdir -p ~/.docker/cli-plugins
  for plugin in "$ENGINE_ROOT"/usr/libexec/docker/cli-plugins/*; do
    [ -x ~/.docker/cli-plugins/"${plugin##*/}" ] || install -m 755 "$plugin" ~/.docker/cli-plugins/
  done
}

# The top folder of a checkout (/home of /home/me/shop), so that worktrees beside it are seen as well;
# the checkout alone where the top folder is one that the engine's own root needs.
visible_folder() {
  local folder=$1 top
  top=/$(cut -d/ -f2 <<<"$folder")
  case $top in
    / | /bin | /boot | /dev | /etc | /lib* | /proc | /run | /sbin | /sys | /usr | /var) echo "$folder" ;;
    *) echo "$top" ;;
  esac
}

start() {
  local visible
  mapfile -t visible < <(
    {
      echo /tmp
      realpath "${TMPDIR:-/tmp}"
      visible_folder "$REPOSITORY"
      for folder in "$@"; do realpath "$folder"; done
    } | sort -u
  )
  mkdir -p "$ENGINE_DATA" "$ENGINE_RUN" "$ENGINE_ROOT/var/lib/docker" "$ENGINE_ROOT/.old"
  # After a crash or a reboot nothing under run is true any more: sockets, pid files, containerd's tasks.
  end_leftovers
  find "$ENGINE_RUN" -mindepth 1 -delete
  cp /etc/resolv.conf "$ENGINE_ROOT/etc/resolv.conf"
  [ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$ENGINE_ROOT/etc/ssl/certs/ca-certificates.crt"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  printf '%s\n' "${visible[@]}" >"$ENGINE/visible"

  # Why a mount namespace with pivot_root: under a plain chroot, `docker exec` and every HEALTHCHECK run in the host's root
  # folder, find its files and pass for the wrong reason (prove-engine.sh watches over that). Mounts made in here also vanish with the engine.
  # shellcheck disable=SC2016  # expanded by the inner shell
  ROOT=$ENGINE_ROOT DATA=$ENGINE_DATA RUN=$ENGINE_RUN ADDRESS=$ENGINE_ADDRESS setsid unshare --mount --propagation private sh -euc '
      mount --bind "$ROOT" "$ROOT"
      for d in proc sys dev; do mount --rbind "/$d" "$ROOT/$d"; done
      mount --bind "$RUN" "$ROOT/run"
      mount --bind "$DATA" "$ROOT/var/lib/docker"
      for d in "$@"; do mkdir -p "$ROOT$d"; mount --rbind "$d" "$ROOT$d"; done
      cd "$ROOT"
      pivot_root . .old
      # nofile: containers do not start with the limit that the machine hands down.
      # bip: stand-ins name the address. Address pool: the default has room for 31 networks only, and every test project makes its own.
      exec chroot . sh -euc "umount -l /.old; exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin dockerd --default-ulimit nofile=1024:20000 --bip $ADDRESS/24 --default-address-pool base=172.24.0.0/14,size=24 $DUSKSTACK_ENGINE_FLAGS"
    ' sh "${visible[@]}" >"$ENGINE_LOG" 2>&1 </dev/null 9>&- &

  for _ in $(seq 120); do
    if engine_answers; then
      remember_namespace
      return
    fi
    kill -0 $! 2>/dev/null || break
    sleep 0.25
  done
  tail -20 "$ENGINE_LOG" >&2
  fail "the engine does not answer; its log is $ENGINE_LOG"
}

warn_if_invisible() {
  local folder
  while read -r folder; do
    case $REPOSITORY/ in "$folder"/*) return ;; esac
  done <"$ENGINE/visible"
  say "warning: the running engine does not see $REPOSITORY; bind mounts from there stay empty until stop-engine.sh and start-engine.sh"
}

export DUSKSTACK_ENGINE_FLAGS=${DUSKSTACK_ENGINE_FLAGS:-}
[ "$(id -u)" = 0 ] || fail "start-engine.sh needs root"
mkdir -p "$ENGINE"
exec 9>"$ENGINE/lock" # two callers at the same time: the second waits and then finds the engine ready
flock 9

if ! engine_answers; then
  make_root
  install_client
  say "starting the engine"
  [ -z "$(engine_pid)" ] || fail "dockerd runs (pid $(engine_pid)) but does not answer; end it with stop-engine.sh"
  start "$@"
fi
install_client
warn_if_invisible
if [ "$(cat "$ENGINE/proved" 2>/dev/null)" != "$(engine_life)" ]; then
  "$OFFLINE/prove-engine.sh"
  engine_life >"$ENGINE/proved"
fi
echo "export DOCKER_HOST=$DOCKER_HOST"
