# Sourced by the scripts of this folder: where the private engine lives, and how they speak.
# shellcheck shell=bash
# shellcheck disable=SC2034  # the variables are for the scripts that source this file

ENGINE=${DUSKSTACK_ENGINE:-/var/tmp/duskstack-engine}
ENGINE_ROOT=$ENGINE/root # Debian sid with Docker; "/" of the engine's mount namespace
ENGINE_DATA=$ENGINE/data # images, volumes, build cache: kept across restarts
ENGINE_RUN=$ENGINE/run   # /run of the engine: socket and pid files, seen from the host as well
ENGINE_LOG=$ENGINE/engine.log
export DOCKER_HOST=unix://$ENGINE_RUN/docker.sock

# Where build-standins.sh serves the Python wheels: the address of docker0, which the host, containers and builds reach.
ENGINE_ADDRESS=172.24.0.1
WHEEL_INDEX_PORT=3141
WHEEL_INDEX=http://$ENGINE_ADDRESS:$WHEEL_INDEX_PORT/simple/

OFFLINE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
REPOSITORY=$(cd "$OFFLINE/../.." && pwd -P)

# Files that came along with the build machine and are never copied into the repository.
SHARED=${DUSKSTACK_SHARED:-$REPOSITORY/../shared}

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "error: $*"
  exit 1
}

# PATH under shared/: prints where it is.
shared_file() {
  [ -e "$SHARED/$1" ] || fail "$1 is missing in $SHARED; set DUSKSTACK_SHARED to the folder that has it"
  echo "$SHARED/$1"
}

# The machine's Debian mirror, so that no address stands in this repository.
# $1: "debian" or "debian-security".
debian_mirror() {
  local uri archive
  while read -r uri; do
    archive=debian
    case ${uri%/} in *-security) archive=debian-security ;; esac
    if [ "$archive" = "$1" ]; then
      echo "$uri"
      return
    fi
  done < <(awk '/^URIs:/{print $2}' /etc/apt/sources.list.d/*.sources 2>/dev/null)
  fail "no mirror of $1 in /etc/apt/sources.list.d/*.sources"
}

# Installs the Debian packages that are not there yet.
need_packages() {
  local package missing=()
  for package; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# The pid of a running engine, or nothing. dockerd writes the file itself; the host shares its pid namespace.
engine_pid() {
  local pid
  pid=$(cat "$ENGINE_RUN/docker.pid" 2>/dev/null) || return 0
  # Not a zombie: after a crash nobody may have collected it yet.
  if [[ $(cat "/proc/$pid/stat" 2>/dev/null) == "$pid (dockerd) "[!ZX]* ]]; then echo "$pid"; fi
}

# Marks one life of the engine: a proof made for an earlier one says nothing about this one.
engine_life() {
  local pid
  pid=$(engine_pid)
  [ -z "$pid" ] || echo "$(cat /proc/sys/kernel/random/boot_id) $pid $(awk '{print $22}' "/proc/$pid/stat")"
}

# After a crash of dockerd its shims and containers live on, and a new dockerd would wait long for them.
# The shims are known by the mount namespace of the engine that started them; the boot id, as its number may come again.
remember_namespace() { echo "$(cat /proc/sys/kernel/random/boot_id) $(readlink "/proc/$(engine_pid)/ns/mnt")" >"$ENGINE/namespace"; }
end_leftovers() {
  local boot namespace process shim children
  [ -e "$ENGINE/namespace" ] || return 0
  read -r boot namespace <"$ENGINE/namespace"
  [ "$boot" = "$(cat /proc/sys/kernel/random/boot_id)" ] || return 0
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/ns/mnt" 2>/dev/null)" = "$namespace" ] || continue
    shim=${process#/proc/}
    read -ra children < <(cat "$process"/task/*/children 2>/dev/null | tr '\n' ' ') || true
    kill -KILL "${children[@]}" "$shim" 2>/dev/null || true
  done
  rm -f "$ENGINE/namespace"
}
