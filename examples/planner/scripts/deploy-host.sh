#!/usr/bin/env bash
# Brings a release to the one machine that production runs on, over ssh, while it serves.
#   TAG=1.4.0 bash scripts/deploy-host.sh [USER@HOST]    USER@HOST: deploy@planner.example.com when it is not given
#   bash scripts/deploy-host.sh --rollback [USER@HOST]   goes back to the release before; migrations stay
#   bash scripts/deploy-host.sh --status [USER@HOST]     what runs, and since which release
# Build before: TAG=1.4.0 bash scripts/build-images.sh. Images that the machine does not have are streamed to it.
# Secrets are never copied: they are made on the machine, once.
#
# First the migrations run, so they have to suit the old release too. Then one service after the other: new containers start beside the old
# ones, unseen until they are healthy, and the old ones end one by one. When a new one does not get healthy, it is removed, and what was
# replaced before goes back as well.
# certbot cannot stand beside itself: it is stopped and started, when its definition or its image changed.
#
# Environment:
#   DEPLOY_SSH_OPTIONS  for ssh: "-p 2222 -i ~/.ssh/deploy"; ~/.ssh/config serves as well
#   DEPLOY_DIR          folder on the machine, below the user's home or absolute; default planner
#   DEPLOY_DRAIN        seconds between "the new ones are healthy" and "the old ones stop"; more than the 5 s for which nginx believes a name
# Exit codes: 1 failed, and the release before serves; 3 another deploy runs; 4 something has to be done on the machine first; 64 usage.
# Needs bash, Docker with Compose and flock on the machine.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail

usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }
say() { echo "deploy: $1"; }
fail() { echo "deploy: $1" >&2; exit "${2:-1}"; }

action=deploy target=deploy@planner.example.com here=false
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --rollback | --status) action=${1#--} ;;
    --on-host) here=true ;; # how this script calls itself there
    -*) usage >&2; exit 64 ;;
    *) target=$1 ;;
  esac
  shift
done
case "$action:${TAG:-}" in
  deploy:) fail "set TAG to the release: TAG=1.4.0 bash scripts/deploy-host.sh" 64 ;;
  deploy:*[!A-Za-z0-9_.-]* | deploy:[.-]*) fail "TAG=$TAG is no tag of an image" 64 ;;
esac
drain=${DEPLOY_DRAIN:-8}
case "$drain" in '' | *[!0-9]*) fail "DEPLOY_DRAIN=$drain is no number of seconds" 64 ;; esac
images() { # images TAG
  echo "planner-backend:$1"
}

# ---------------------------------------------------------------------------------------------- on this machine

send() {
  local folder=${DEPLOY_DIR:-} options=() control image id missing=()
  [ -n "$folder" ] || folder=planner
  # shellcheck disable=SC2088 # the other shell expands it
  case "$folder" in *[!A-Za-z0-9_./~-]*) fail "DEPLOY_DIR=$folder: letters, digits and . _ / - only" 64 ;; esac
  read -r -a options <<<"${DEPLOY_SSH_OPTIONS:-}"
  # One connection for everything.
  control=$(mktemp -d)
  # shellcheck disable=SC2064 # its value now
  trap "ssh ${options[*]+${options[*]}} -o ControlPath=$control/ssh -O exit $target >/dev/null 2>&1 || true; rm -rf $control" EXIT
  trap 'exit 130' INT TERM
  remote() { # shellcheck disable=SC2029 # made here
    ssh ${options[@]+"${options[@]}"} -o ControlMaster=auto -o ControlPersist=60 -o ControlPath="$control/ssh" "$target" "$1"
  }
  remote true </dev/null || fail "no connection to $target"
  remote 'docker version >/dev/null && docker compose version >/dev/null && command -v flock >/dev/null' </dev/null || fail "$target needs Docker with Compose and flock, and $target may have to be in the group docker"
  remote "mkdir -p $folder/.releases" </dev/null

  if [ "$action" = deploy ]; then
    for image in $(images "$TAG"); do
      id=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null) || fail "the image $image is not there; build it: TAG=$TAG bash scripts/build-images.sh"
      # By its layers: an id is another one in another kind of image store.
      if [ "$(docker image inspect --format '{{.RootFS.Layers}}{{json .Config}}' "$image")" != "$(remote "docker image inspect --format '{{.RootFS.Layers}}{{json .Config}}' $image 2>/dev/null || true" </dev/null)" ]; then missing+=("$image"); fi
    done
    if [ ${#missing[@]} -gt 0 ]; then
      say "sending ${missing[*]}"
      # docker load unpacks both by itself.
      if command -v zstd >/dev/null; then set -- zstd -q -3; else set -- gzip -1; fi
      docker save "${missing[@]}" | "$@" | remote 'docker load -q' >/dev/null || fail "the images did not arrive"
    fi
    # The whole release lies there before anything is touched.
    local files=(compose.prod.yaml scripts/*.sh)
    [ ! -e db/extensions.sql ] || files+=(db/extensions.sql)
    [ ! -e db/init.sql ] || files+=(db/init.sql)
    [ ! -e nginx ] || files+=(nginx)
    [ ! -e nginx/certbot.sh ] || files+=(nginx/certbot.sh)
    COPYFILE_DISABLE=1 tar -cf - "${files[@]}" \
      | remote "rm -rf $folder/.releases/.new && mkdir $folder/.releases/.new && tar -xf - -C $folder/.releases/.new && rm -rf $folder/.releases/$TAG && mv $folder/.releases/.new $folder/.releases/$TAG" || fail "the files did not arrive"
    remote "cd $folder && TAG=$TAG DEPLOY_DRAIN=$drain bash .releases/$TAG/scripts/deploy-host.sh --on-host" </dev/null
  else
    # By the script of the release that runs, or that was last tried.
    remote "cd $folder && script=.releases/\$(cat .releases/pending 2>/dev/null || cat .releases/current 2>/dev/null || true)/scripts/deploy-host.sh && if [ -e \$script ]; then DEPLOY_DRAIN=$drain bash \$script --on-host --$action; else echo 'deploy: no release is there' >&2; exit 1; fi" </dev/null
  fi
}

# ---------------------------------------------------------------------------------------------- on the host
# In the folder of production: .releases/TAG holds the files of a release, .releases/current the tag that serves, .releases/history
# all tags in order, .releases/pending the one that a deploy was working on when it broke off.

release=
compose() { TAG=$release docker compose --progress quiet -f compose.prod.yaml "$@"; }

activate() { # activate TAG BEFORE: its files, written in place, because containers hold on to a mounted file and not to its name
  if [ -n "$2" ] && [ -d ".releases/$2" ]; then
    (cd ".releases/$2" && find . -type f) | while IFS= read -r file; do
      [ -e ".releases/$1/$file" ] || rm -f "$file"
    done
  fi
  cp -R ".releases/$1/." .
  release=$1
}

state() { # state ID: what it is, and whether that is good
  docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}unchecked{{end}} {{.RestartCount}}' "$1" 2>/dev/null || echo "gone"
}

is_current() { # is_current ID SERVICE: of this release's image and definition
  local image
  image=$(docker inspect --format '{{.Config.Image}}' "$1")
  [ "$(docker inspect --format '{{index .Config.Labels "com.docker.compose.config-hash"}}' "$1")" = "$(compose config --hash "$2" | awk '{ print $2 }')" ] \
    && [ "$(docker inspect --format '{{.Image}}' "$1")" = "$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null)" ]
}

await() { # await SECONDS ID...: all healthy; at once false when one cannot become so
  local seconds=$1 id now calm=0
  shift
  while [ "$seconds" -gt 0 ]; do
    local waiting=false
    for id in "$@"; do
      now=$(state "$id")
      case "$now" in
        'running healthy 0') ;;
        'running unchecked 0') [ "$calm" -ge 5 ] || waiting=true ;; # nothing checks it: that it stays is all one can know
        'running starting 0' | 'created '*) waiting=true ;;
        *) echo "deploy: $(docker inspect --format '{{.Name}}' "$id" 2>/dev/null) is $now; it says:" >&2
           docker logs --tail 20 "$id" >&2 || true
           return 1 ;;
      esac
    done
    [ "$waiting" = true ] || return 0
    sleep 1
    seconds=$((seconds - 1)) calm=$((calm + 1))
  done
  echo "deploy: not healthy in time" >&2
  return 1
}

network() { # network ID: the one through which the proxy finds it
  docker inspect --format '{{range $name, $_ := .NetworkSettings.Networks}}{{println $name}}{{end}}' "$1" | grep '_edge$' || true
}

# shellcheck disable=SC2086 # lists of ids
roll() { # roll SERVICE REPLICAS SECONDS
  local service=$1 replicas=$2 seconds=$3 id net good='' old='' new='' count=0
  for id in $(compose ps --all --quiet "$service"); do
    case "$(state "$id")" in
      running*) if is_current "$id" "$service" && [[ "$(state "$id")" != *unhealthy* ]]; then good="$good $id" count=$((count + 1)); else old="$old $id"; fi ;;
      *) docker rm --force "$id" >/dev/null ;; # of a run that broke off
    esac
  done
  if [ "$count" -lt "$replicas" ]; then
    compose up --no-start --no-deps --no-recreate --no-build --scale "$service=$(($(set -- $good $old; echo $#) + replicas - count))" "$service" || return 1
    for id in $(compose ps --all --quiet "$service"); do
      case " $good $old " in *" $id "*) ;; *) new="$new $id" ;; esac
    done
    # Without its name in the network nobody asks it: an image that answers with errors gets no request.
    for id in $new; do
      net=$(network "$id")
      if [ -n "$net" ] && [ -n "$good$old" ]; then docker network disconnect "$net" "$id" && docker network connect "$net" "$id" || return 1; fi
      docker start "$id" >/dev/null || { docker rm --force $new >/dev/null; return 1; }
    done
    if ! await "$seconds" $new; then
      docker rm --force $new >/dev/null
      return 1
    fi
    for id in $new; do
      net=$(network "$id")
      if [ -n "$net" ] && [ -n "$good$old" ]; then docker network disconnect "$net" "$id" && docker network connect --alias "$service" "$net" "$id" || return 1; fi
    done
  fi
  # Never more than asked for.
  while [ "$count" -gt "$replicas" ]; do
    old="$old ${good##* }" good=${good% *} count=$((count - 1))
  done
  if [ -n "$old" ]; then
    sleep "$drain"
    for id in $old; do
      docker stop "$id" >/dev/null || return 1
      docker rm "$id" >/dev/null || return 1
    done
    say "$service: $replicas new"
  elif [ -n "$new" ]; then
    say "$service: $replicas started"
  fi
}

recreate() { # recreate SERVICE REPLICAS SECONDS: Compose does, when something changed
  # shellcheck disable=SC2046 # a list of ids
  compose up --detach --no-deps --no-build --scale "$1=$2" "$1" && await "$3" $(compose ps --all --quiet "$1")
}

once() { # once SERVICE: runs it to its end
  local id
  compose up --detach --no-deps --no-build --force-recreate "$1" || return 1
  id=$(compose ps --all --quiet "$1")
  if [ "$(docker wait "$id")" != 0 ]; then
    docker logs --tail 30 "$id" >&2 || true
    echo "deploy: $1 failed" >&2
    return 1
  fi
  say "$1: done"
}

apply() { # apply MIGRATE: brings everything to $release; touches nothing that is of it already
  local id
  compose up --detach --no-deps --no-build --wait postgres redis || return 1
  if [ "$1" = true ]; then
    once backend-migrate || return 1
  fi
  roll backend 1 120 || return 1
  recreate certbot 1 180 || return 1
  # A new container only for a new definition; changed settings are read by the one that runs.
  id=$(compose ps --status running --quiet proxy)
  compose up --detach --no-deps --no-build --wait proxy || return 1
  if [ -n "$id" ] && [ "$id" = "$(compose ps --status running --quiet proxy)" ] && [ "$(proxy_settings)" != "$(cat .releases/proxy 2>/dev/null)" ]; then
    accepts_proxy || return 1
    compose exec -T proxy nginx -s reload 2>/dev/null || return 1
    say "proxy: new settings"
  fi
  proxy_settings >.releases/proxy
}

proxy_settings() { find nginx -type f -exec cksum {} + | sort | cksum; }

accepts_proxy() { # by its own start script, which writes what depends on the machine
  local said
  said=$(compose exec -T proxy sh /etc/nginx/start.sh nginx -t 2>&1) || { echo "$said" >&2; return 1; }
}

finish() { # finish TAG: it serves
  local keep tag image
  echo "$1" >.releases/current
  rm -f .releases/pending
  # For commands by hand: Compose reads it from there.
  touch .env
  awk -v tag="$1" 'BEGIN { line = "TAG=" tag } /^TAG=/ { if (!done) print line; done = 1; next } { print } END { if (!done) print line }' .env >.releases/env
  cat .releases/env >.env
  rm -f .releases/env
  # The last three stay, to go back to.
  keep=$(tail -n 3 .releases/history)
  sort -u .releases/history | while IFS= read -r tag; do
    ! echo "$keep" | grep -qxF -- "$tag" || continue
    for image in $(images "$tag"); do docker image rm "$image" >/dev/null 2>&1 || true; done
    rm -rf ".releases/$tag"
    grep -vxF -- "$tag" .releases/history >.releases/history.new || true
    mv .releases/history.new .releases/history
  done
}

check_host() { # before anything changes
  say "looks whether this machine has what $TAG needs"
  mkdir -p scripts
  cp ".releases/$TAG/scripts/secrets.sh" scripts/secrets.sh
  bash scripts/secrets.sh --check >/dev/null || fail "secrets are missing on this machine. There, once: cd $PWD && bash scripts/secrets.sh" 4
  local project major
  project=$(docker compose --project-directory . -f ".releases/$TAG/compose.prod.yaml" config | sed -n 's/^name: "\{0,1\}\([^"]*\)"\{0,1\}$/\1/p')
  if ! docker volume inspect "${project}_postgres_17_data" >/dev/null 2>&1; then
    for major in postgres_15_data postgres_16_data postgres_18_data postgres_data; do
      if docker volume inspect "${project}_$major" >/dev/null 2>&1; then
        fail "the data is in ${project}_$major, and this release has PostgreSQL 17. There: cd $PWD && cp -R .releases/$TAG/. . && bash scripts/upgrade-postgres.sh; then deploy again" 4
      fi
    done
  fi
}

on_host() {
  local before pending
  exec 9>.releases/lock
  flock -n 9 || fail "another deploy runs on this machine" 3
  touch .releases/history
  before=$(cat .releases/current 2>/dev/null || true)
  pending=$(cat .releases/pending 2>/dev/null || true)
  case "$action" in
    status)
      echo "serves: ${before:-nothing}"
      [ -z "$pending" ] || echo "broken off: $pending"
      echo "releases, the last one last: $(tr '\n' ' ' <.releases/history)"
      release=$before
      [ -z "$before" ] || compose ps --all --format 'table {{.Service}}\t{{.Image}}\t{{.Status}}'
      return ;;
    rollback)
      if [ -z "$pending" ]; then
        grep -vxF -- "$before" .releases/history >.releases/history.new || true
      else
        cp .releases/history .releases/history.new
      fi
      TAG=$(tail -n 1 .releases/history.new)
      if [ -z "$TAG" ] || [ ! -d ".releases/$TAG" ]; then fail "there is no release before ${before:-the first one}"; fi
      say "back from ${pending:-$before} to $TAG"
      activate "$TAG" "${pending:-$before}"
      apply false || fail "the release before does not start; what is wrong is above"
      mv .releases/history.new .releases/history
      finish "$TAG"
      say "$TAG serves"
      return ;;
  esac

  check_host
  echo "$TAG" >.releases/pending
  activate "$TAG" "${pending:-$before}"
  if [ -n "$(compose ps --status running --quiet proxy)" ] && ! accepts_proxy; then
    give_up "$before"
  fi
  apply true || give_up "$before"
  { grep -vxF -- "$TAG" .releases/history || true; echo "$TAG"; } >.releases/history.new
  mv .releases/history.new .releases/history
  finish "$TAG"
  say "$TAG serves"
}

give_up() { # give_up BEFORE
  local failed=$release
  if [ -z "$1" ]; then
    fail "$failed does not start, and nothing ran before it"
  fi
  say "$failed failed; back to $1"
  activate "$1" "$failed"
  apply false || fail "going back to $1 failed as well; what is wrong is above"
  rm -f .releases/pending
  fail "$failed was not deployed; $1 serves"
}

if [ "$here" = true ]; then
  on_host
else
  cd "$(dirname "$0")/.."
  send
fi
