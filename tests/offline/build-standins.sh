#!/usr/bin/env bash
# Usage: build-standins.sh [RECIPE...]
# Builds the stand-in base images of standins/tags.txt on the private engine, all or the named ones (node-24, postgres-17...).
# An image is built when it is missing or when its recipe, its root or this machine's certificates changed.
# With the Python stand-ins comes a container that serves the wheels they install from.
set -euo pipefail
# shellcheck source=engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/engine-env.sh"

standins=$OFFLINE/standins
engine_answers || fail "no Docker engine at $DOCKER_HOST: run start-engine.sh first"
exec 9>"$ENGINE/standins.lock" # two callers must not build the same image twice
flock 9
scratch=$(mktemp -d "${TMPDIR:-/tmp}/duskstack-standins.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

declare -A image_id # tag -> id of what the engine has
while read -r tag id; do image_id[$tag]=$id; done < <(docker image ls --no-trunc --format '{{.Repository}}:{{.Tag}} {{.ID}}')
note_image() { image_id[$1]=$(docker image inspect --format '{{.Id}}' "$1"); }

certificates=/etc/ssl/certs/ca-certificates.crt
[ -e $certificates ] || fail "no $certificates: install ca-certificates"
hash_of() { sha256sum | cut -c1-12; }

# The ensure functions prepare one image each under its internal tag, duskstack-stand-in/<folder>:<version>-<hash of the recipe>, and set `built` to it.
# Those of earlier recipes lose their tag.
built=
drop_older() { # REPOSITORY VERSION KEEP
  local tag
  for tag in "${!image_id[@]}"; do
    if [[ $tag == "$1:$2-"* && $tag != "$3" ]]; then docker image rm "$tag" >/dev/null 2>&1 || true; fi
  done
}

ensure_root() { # SUITE
  local hash
  hash=$({ cat "$standins/root/make-root.sh" "$certificates"; debian_mirror debian; } | hash_of)
  built=duskstack-stand-in/root:$1-$hash
  [ -z "${image_id[$built]:-}" ] || return 0
  say "building the Debian $1 root"
  need_packages mmdebstrap
  "$standins/root/make-root.sh" "$1" | docker import --change 'CMD ["bash"]' --change 'LABEL dev.duskstack.stand-in=true' - "$built" >/dev/null
  note_image "$built"
  drop_older duskstack-stand-in/root "$1" "$built"
}

ensure_recipe() { # RECIPE
  local folder=${1%-*} version=${1##*-} line root hash context argument tag
  local -a settings arguments=()
  [ -d "$standins/$folder" ] || fail "no recipe folder standins/$folder for $1"
  line=$(awk -v version="$version" '$1 == version' "$standins/$folder/versions")
  [ -n "$line" ] || fail "standins/$folder/versions has no line for $version"
  read -r _ root line <<<"$line"
  read -ra settings <<<"$line"

  case $root in
    scratch) built=scratch ;;
    bookworm | trixie | sid) ensure_root "$root" ;;
    *) ensure_recipe "$root" ;; # another stand-in
  esac
  root=$built
  hash=$({
    echo "$root $version $line"
    find "$standins/$folder" -type f ! -name versions | sort | xargs cat
    [ ! -x "$standins/$folder/inputs.sh" ] || "$standins/$folder/inputs.sh"
  } | hash_of)
  tag=duskstack-stand-in/$folder:$version-$hash
  built=$tag
  [ -z "${image_id[$tag]:-}" ] || return 0

  say "building the stand-in $1"
  context=$scratch/$1
  cp -r "$standins/$folder" "$context"
  if [ -x "$context/prepare.sh" ]; then
    env "${settings[@]}" "$standins/$folder/prepare.sh" "$version" "$context"
  fi
  for argument in "ROOT=$root" "VERSION=$version" "${settings[@]}"; do arguments+=(--build-arg "$argument"); done
  if [ -e "$context/build-args" ]; then
    while read -r argument; do arguments+=(--build-arg "$argument"); done <"$context/build-args"
  fi
  docker build --quiet "${arguments[@]}" --label dev.duskstack.stand-in=true --label "dev.duskstack.recipe=$1@$hash" \
    --tag "$tag" "$context" >/dev/null
  rm -rf "$context"
  note_image "$tag"
  drop_older "duskstack-stand-in/$folder" "$version" "$tag"
}

# What Python stand-ins install from; the restart policy brings it back with the engine.
ensure_wheel_index() {
  ensure_recipe wheel-index-1
  local name=duskstack-wheel-index
  [ "$(docker container inspect --format '{{.Config.Image}} {{.State.Running}}' $name 2>/dev/null)" != "$built true" ] || return 0
  docker rm -f $name >/dev/null 2>&1 || true
  docker run --detach --name $name --restart always --publish "$ENGINE_ADDRESS:$WHEEL_INDEX_PORT:8080" \
    --read-only --cap-drop ALL --security-opt no-new-privileges --log-opt max-size=1m "$built" >/dev/null
  for _ in $(seq 50); do
    if exec 3<>"/dev/tcp/$ENGINE_ADDRESS/$WHEEL_INDEX_PORT" && printf 'GET /simple/ HTTP/1.0\r\n\r\n' >&3 && grep -q '200 OK' <&3; then
      drop_older duskstack-stand-in/wheel-index 1 "$built"
      return
    fi 2>/dev/null
    sleep 0.1
  done
  fail "the wheel index does not answer at $WHEEL_INDEX"
}

count=0
while read -r recipe tag; do
  [ $# -eq 0 ] || [[ " $* " == *" $recipe "* ]] || continue
  ensure_recipe "$recipe"
  count=$((count + 1))
  before=${image_id[$tag]:-}
  if [ "$before" != "${image_id[$built]}" ]; then
    docker tag "$built" "$tag"
    # What the tag stood for goes, unless a container or a test's image still needs it.
    [ -z "$before" ] || docker image rm "$before" >/dev/null 2>&1 || true
  fi
done < <(sed 's/#.*//; /^[[:space:]]*$/d' "$standins/tags.txt")
[[ $# -gt 0 && " $*" != *python* ]] || ensure_wheel_index
[ "$count" -gt 0 ] || fail "standins/tags.txt has no recipe named $*"
say "$count stand-in images are ready"
