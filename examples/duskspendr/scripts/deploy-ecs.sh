#!/usr/bin/env bash
# Deploys to Amazon ECS on Fargate what lies in ecs/.
#   bash scripts/deploy-ecs.sh             builds and pushes what is new, migrates, rolls out, waits until every service runs the new release
#   bash scripts/deploy-ecs.sh --dry-run   asks AWS and says what would be done; changes nothing
#   TAG=1.4.0 bash scripts/deploy-ecs.sh   that release, by default the git commit. One that is in the registry is not built again: also the way back.
# If a migration fails, no service is touched. If a rollout fails, every service returns to the revision that it ran before.
#
# Needs the AWS CLI 2 with credentials, docker with buildx (and an emulator, when this machine has another processor), git where TAG is not set.
# Makes what is missing: repositories, log groups, the namespace of Service Connect, services. It does not make the cluster, subnets, security
# groups (tasks have to reach each other), roles, target groups and secrets.
# Its role may call: ecr (repositories, policies, images, GetAuthorizationToken), ecs (clusters, definitions, tasks, services, TagResource), iam:PassRole
# for the roles in ecs/, logs (groups, retention, GetLogEvents), servicediscovery (namespaces), ssm:DescribeParameters.
# In ecs/, REPLACE_ME: stands for what duskstack.yaml leaves open, and DEPLOY: for what this script finds out: digests, ARNs of secrets.
# Not deployed: postgres, redis. On AWS take RDS, ElastiCache, a load balancer, CloudWatch; the URLs of databases are secrets.
# Seconds: DEPLOY_TIMEOUT (1800) for a rollout, MIGRATE_TIMEOUT (3600) for a migration, DEPLOY_POLL (5) between two looks.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -euo pipefail
cd "$(dirname "$0")/.."

dry_run=false
case "${1:-}" in
  '') ;;
  --dry-run) dry_run=true ;;
  *) echo "usage: [TAG=release] bash scripts/deploy-ecs.sh [--dry-run]" >&2; exit 64 ;;
esac

project=duskspendr
cluster=duskspendr
region=eu-central-1
platform=linux/amd64
images='api'
migrations='api-migrate'
# Who is called comes before its callers.
services='api'
secrets='/duskspendr/DATABASE_URL /duskspendr/REDIS_URL'

image_of() { # image_of TASK: the image of this project that it runs; nothing for one that is pulled as it is
  case "$1" in
    api-migrate) echo api ;;
    api) echo api ;;
    *) ;;
  esac
}

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

for tool in aws docker; do
  command -v "$tool" > /dev/null || fail "there is no \`$tool\` on this machine" "install it, or run this script where it is, such as in the pipeline"
done

unset_keys=$(grep -hoE '"REPLACE_ME:[^"]*"' ecs/*/*.json | tr -d '"' | sed 's/^REPLACE_ME:/  /' | sort -u || true)
if [ -n "$unset_keys" ]; then
  fail "ecs/ misses facts of your account; set these keys in duskstack.yaml and run \`duskstack generate\`:
$unset_keys"
fi

# The AWS CLI repeats what AWS throttles or drops; both can be set from outside.
export AWS_REGION=$region AWS_DEFAULT_REGION=$region AWS_PAGER='' AWS_RETRY_MODE=${AWS_RETRY_MODE:-standard} AWS_MAX_ATTEMPTS=${AWS_MAX_ATTEMPTS:-10}
poll=${DEPLOY_POLL:-5} timeout=${DEPLOY_TIMEOUT:-1800}

if [ -z "${TAG:-}" ]; then
  [ -n "$(git rev-parse HEAD 2> /dev/null || true)" ] || fail "this is no git checkout, so there is no commit to name the release after" "TAG=1.4.0 bash scripts/deploy-ecs.sh"
  [ -z "$(git status --porcelain -- .)" ] || fail "there are uncommitted changes, and a tag never changes its image" "commit them, or name the release: TAG=1.4.0 bash scripts/deploy-ecs.sh"
  TAG=$(git rev-parse --short=12 HEAD)
fi
[[ $TAG =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$ ]] || fail "\`$TAG\` cannot be the tag of an image" "letters, digits, dots, dashes and underscores, at most 128"
REVISION=${REVISION:-$(git rev-parse HEAD 2> /dev/null || echo unknown)}
export TAG REVISION

# One deployment at a time on this machine; what others have under way is asked of AWS below.
work=$(mktemp -d)
mkdir "$work/uri" "$work/new" "$work/former" "$work/primary" "$work/newest"
lock=${TMPDIR:-/tmp}/deploy-ecs-$cluster-$project.lock
locked=false touched='' migrating='' restoring=false finished=false

finish() {
  local code=$?
  trap - EXIT
  trap '' INT TERM
  [ -z "$migrating" ] || printf 'the migration goes on: %s\n' "$migrating" >&2
  if [ "$finished" = false ] && [ -n "$touched" ]; then
    [ "$code" -ne 0 ] || code=1
    roll_back
  fi
  rm -rf "$work"
  [ "$locked" = false ] || rm -rf "$lock"
  exit "$code"
}
trap finish EXIT
trap 'echo "interrupted" >&2; exit 130' INT
trap 'echo "interrupted" >&2; exit 143' TERM

take_lock() {
  if mkdir "$lock" 2> /dev/null; then
    locked=true
    echo $$ > "$lock/pid"
  fi
}
take_lock
if [ "$locked" = false ] && ! kill -0 "$(cat "$lock/pid" 2> /dev/null)" 2> /dev/null; then
  rm -rf "$lock" # of a run that was killed
  take_lock
fi
[ "$locked" = true ] || fail "another deployment of $project is running here, process $(cat "$lock/pid" 2> /dev/null || echo unknown)" "wait for it; if there is none: rm -r $lock"

# --- What is there -------------------------------------------------------------------------------------------------------------------------

identity=$(aws sts get-caller-identity --query '[Account, Arn]' --output text) || fail "AWS does not accept your credentials" "aws sts get-caller-identity"
read -r account caller <<< "$identity"
say "release $TAG to cluster $cluster in $region, account $account, as ${caller##*/}"

status=$(aws ecs describe-clusters --clusters "$cluster" --query 'clusters[0].status' --output text)
[ "$status" = ACTIVE ] || fail "there is no cluster \`$cluster\` in $region" "aws ecs create-cluster --cluster-name $cluster --region $region, or name another one: deploy.ecs.cluster"

# Secrets: only their names are asked for, never their values.
: > "$work/secrets"
missing=''
partition=$(cut -d : -f 2 <<< "$caller")
there=$(aws ssm describe-parameters --parameter-filters "Key=Name,Option=Equals,Values=${secrets// /,}" --query 'Parameters[].Name' --output text)
for name in $secrets; do
  case " $(tr '\t\n' '  ' <<< "$there") " in
    *" $name "*) echo "$name arn:$partition:ssm:$region:$account:parameter$name" >> "$work/secrets" ;;
    *) missing="$missing
  aws ssm put-parameter --region $region --type SecureString --name $name --value ..." ;;
  esac
done
[ -z "$missing" ] || fail "secrets are missing; make them:$missing"

look() { # look SERVICE: notes the revision and the deployment that run now
  local answer state former desired primary busy
  answer=$(aws ecs describe-services --cluster "$cluster" --services "$project-$1" --output text \
    --query "services[0].[status, taskDefinition, desiredCount, deployments[?status=='PRIMARY'] | [0].id, deployments[?rolloutState=='IN_PROGRESS'] | [0].id]")
  read -r state former desired primary busy <<< "$answer"
  [ "$state" = ACTIVE ] || return 0
  [ "$busy" = None ] || fail "a deployment of $project-$1 is under way: $busy" "wait until it has ended, or stop it: aws ecs update-service --cluster $cluster --service $project-$1 --task-definition $former"
  echo "$former $desired" > "$work/former/$1"
  echo "$primary" > "$work/primary/$1"
}

for name in $services; do look "$name"; done
for name in $migrations; do
  busy=$(aws ecs list-tasks --cluster "$cluster" --family "$project-$name" --desired-status RUNNING --query 'taskArns[0]' --output text)
  [ "$busy" = None ] || fail "the migration of another deployment is running: $busy" "wait until it has ended"
done

digest_of() { # digest_of IMAGE: of this release; nothing when it is not in the registry
  local digest
  digest=$(aws ecr describe-images --repository-name "$project-$1" --image-ids "imageTag=$TAG" --query 'imageDetails[0].imageDigest' --output text 2> /dev/null || true)
  [ "$digest" = None ] || printf '%s' "$digest"
}

uri_of() { # uri_of IMAGE: notes the address of its repository; fails when there is none
  aws ecr describe-repositories --repository-names "$project-$1" --query 'repositories[0].repositoryUri' --output text > "$work/uri/$1" 2> "$work/error" && return
  grep -q RepositoryNotFoundException "$work/error" || fail "$(cat "$work/error")"
  return 1
}

if [ "$dry_run" = true ]; then
  for image in $images; do
    if ! uri_of "$image"; then
      say "would make the repository $project-$image, build for $platform and push $TAG"
    elif digest=$(digest_of "$image") && [ -n "$digest" ]; then
      say "would take $project-$image:$TAG as it is in the registry: $digest"
    else
      say "would build $project-$image for $platform and push $TAG"
    fi
  done
  for name in $migrations; do say "would run the migration $name"; done
  for name in $services; do
    if [ -e "$work/former/$name" ]; then say "would update the service $project-$name, which runs $(cut -d ' ' -f 1 "$work/former/$name")"; else say "would make the service $project-$name"; fi
  done
  exit 0
fi

# --- Images --------------------------------------------------------------------------------------------------------------------------------

targets=() addresses=()
for image in $images; do
  if ! uri_of "$image"; then
    say "repository $project-$image: made"
    aws ecr create-repository --cli-input-json "file://ecs/$image/repository.json" > /dev/null
    uri_of "$image" || fail "the repository $project-$image was made and is not there"
  fi
  aws ecr put-lifecycle-policy --cli-input-json "file://ecs/$image/lifecycle-policy.json" > /dev/null
  if [ -z "$(digest_of "$image")" ]; then
    targets+=("$image")
    addresses+=(--set "$image.tags=$(cat "$work/uri/$image"):$TAG")
  fi
done

if [ ${#targets[@]} -gt 0 ]; then
  say "builds for $platform and pushes: ${targets[*]}"
  aws ecr get-login-password | docker login --username AWS --password-stdin "$(cut -d / -f 1 "$work/uri/${targets[0]}")" > /dev/null
  docker buildx bake -f docker-bake.hcl --set "*.platform=$platform" "${addresses[@]}" --push "${targets[@]}"
fi

# --- Definitions ---------------------------------------------------------------------------------------------------------------------------

checksum() { if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

define() { # define TASK: notes the ARN of the definition that says what its file says, with this release's digest
  local name=$1 json image digest from to secret arn content known
  json=$(cat "ecs/$name/task-definition.json")
  image=$(image_of "$name")
  if [ -n "$image" ]; then
    digest=$(digest_of "$image")
    [ -n "$digest" ] || fail "$project-$image:$TAG is not in the registry"
    from='"image": "DEPLOY:image"' to="\"image\": \"$(cat "$work/uri/$image")@$digest\""
    json=${json//"$from"/$to}
  fi
  if [ -s "$work/secrets" ]; then
    while read -r secret arn; do
      from="\"valueFrom\": \"DEPLOY:secret:$secret\"" to="\"valueFrom\": \"$arn\""
      json=${json//"$from"/$to}
    done < "$work/secrets"
  fi

  # The same content is the same revision: a second deployment of one release replaces nothing.
  content=$(checksum <<< "$json")
  known=$(aws ecs describe-task-definition --task-definition "$project-$name" --include TAGS --output text \
    --query "[taskDefinition.taskDefinitionArn, tags[?key=='duskstack:content'].value | [0]]" 2> /dev/null || true)
  read -r arn known <<< "$known"
  if [ "$known" != "$content" ]; then
    from='"value": "DEPLOY:content"' to="\"value\": \"$content\""
    printf '%s\n' "${json//"$from"/$to}" > "$work/$name.json"
    arn=$(aws ecs register-task-definition --cli-input-json "file://$work/$name.json" --query taskDefinition.taskDefinitionArn --output text)
    say "definition ${arn##*/}: made"
  else
    say "definition ${arn##*/}: has not changed"
  fi
  echo "$arn" > "$work/new/$name"
}

for name in $migrations $services; do
  if ! aws logs create-log-group --cli-input-json "file://ecs/$name/log-group.json" 2> "$work/error"; then
    grep -q ResourceAlreadyExistsException "$work/error" || fail "$(cat "$work/error")"
  fi
  aws logs put-retention-policy --cli-input-json "file://ecs/$name/log-retention.json"
  define "$name"
done

namespaces() { aws servicediscovery list-namespaces --query 'Namespaces[].Name' --output text | tr '\t' '\n'; }

if ! namespaces | grep -qx "$project"; then
  say "namespace $project: made"
  aws servicediscovery create-http-namespace --name "$project" > /dev/null
  deadline=$((SECONDS + 120))
  until namespaces | grep -qx "$project"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "the namespace $project was made and is not there after 2 minutes"
    sleep "$poll"
  done
fi

# --- Migrations ----------------------------------------------------------------------------------------------------------------------------

migrate_timeout=${MIGRATE_TIMEOUT:-3600}

migrate() { # migrate TASK: runs it with the new image, and fails when it does
  local name=$1 answer state code reason deadline=$((SECONDS + migrate_timeout))
  say "migration $name: runs"
  answer=$(aws ecs run-task --cli-input-json "file://ecs/$name/run-task.json" --task-definition "$(cat "$work/new/$name")" --query '[tasks[0].taskArn, failures[0].reason]' --output text)
  read -r migrating reason <<< "$answer"
  if [ "$migrating" = None ]; then
    migrating=''
    fail "the migration $name does not start: $reason"
  fi
  while :; do
    answer=$(aws ecs describe-tasks --cluster "$cluster" --tasks "$migrating" --query "tasks[0].[lastStatus, containers[?name=='$name'] | [0].exitCode, stoppedReason]" --output text)
    read -r state code reason <<< "$answer"
    [ "$state" != STOPPED ] || break
    [ "$SECONDS" -lt "$deadline" ] || fail "the migration $name has not ended after $migrate_timeout s; no service was touched"
    sleep "$poll"
  done
  if [ "$code" != 0 ]; then
    say "the last lines of /ecs/$project-$name:" >&2
    aws logs get-log-events --log-group-name "/ecs/$project-$name" --log-stream-name "task/$name/${migrating##*/}" --limit 30 --query 'events[].[message]' --output text >&2 || true
    migrating=''
    fail "the migration $name ended with exit code $code ($reason); no service was touched"
  fi
  migrating=''
}

for name in $migrations; do migrate "$name"; done

# --- Services ------------------------------------------------------------------------------------------------------------------------------

newest() { # newest SERVICE: its newest deployment; nothing where the CLI or the role cannot tell
  local deployment
  deployment=$(aws ecs list-service-deployments --cluster "$cluster" --service "$project-$1" --query 'sort_by(serviceDeployments, &createdAt)[-1].serviceDeploymentArn' --output text 2> /dev/null || true)
  [ "$deployment" = None ] || printf '%s' "$deployment"
}

outcome() { # outcome SERVICE: done, wait, or what went wrong
  local service=$project-$1 wanted before primary deployment answer status revision running state
  wanted=$(cat "$work/new/$1")
  read -r before primary < "$work/primary/$1"
  deployment=''
  [ "$before" = "$primary" ] || [ "$restoring" = true ] || deployment=$(newest "$1")
  if [ -n "$deployment" ]; then
    # The one that the change began may not be listed yet.
    if [ "$deployment" = "$(cat "$work/newest/$1")" ]; then echo wait; return; fi
    answer=$(aws ecs describe-service-deployments --service-deployment-arns "$deployment" --query 'serviceDeployments[0].[status, targetServiceRevision.arn]' --output text) || { echo wait; return; }
    read -r status revision <<< "$answer"
    running=$(aws ecs describe-service-revisions --service-revision-arns "$revision" --query 'serviceRevisions[0].taskDefinition' --output text) || { echo wait; return; }
    [ "$running" = "$wanted" ] || { echo "$service: another deployment took over, of ${running##*/}"; return; }
    case "$status" in
      SUCCESSFUL) echo 'done' ;;
      PENDING | IN_PROGRESS) echo wait ;;
      *) echo "$service: the deployment of ${wanted##*/} is $status" ;;
    esac
    return
  fi
  # Nothing had to be deployed, or the CLI is older than these calls. `aws ecs wait services-stable` is content with a rollback as well.
  answer=$(aws ecs describe-services --cluster "$cluster" --services "$service" --query "services[0].deployments[?id=='$primary'] | [0].[status, rolloutState, taskDefinition]" --output text) || { echo wait; return; }
  read -r status state running <<< "$answer"
  case "$status $state $running" in
    "PRIMARY COMPLETED $wanted") echo 'done' ;;
    PRIMARY\ IN_PROGRESS\ *) echo wait ;;
    None*) echo "$service: the deployment of ${wanted##*/} was rolled back" ;;
    *) echo "$service: the deployment of ${wanted##*/} is $status, $state" ;;
  esac
}

await() { # await SERVICE...: until all of them run what they should
  local deadline=$((SECONDS + timeout)) waiting=$* still name state
  while [ -n "$waiting" ]; do
    still=''
    for name in $waiting; do
      state=$(outcome "$name")
      case "$state" in
        'done') say "$project-$name: runs $(sed 's|.*/||' "$work/new/$name")" ;;
        wait) still="$still $name" ;;
        *)
          say "$state" >&2
          aws ecs describe-services --cluster "$cluster" --services "$project-$name" --query 'services[0].events[:5].[message]' --output text >&2 || true
          return 1
          ;;
      esac
    done
    waiting=$still
    [ -n "$waiting" ] || return 0
    if [ "$SECONDS" -ge "$deadline" ]; then
      say "not ready after $timeout s:$waiting" >&2
      return 1
    fi
    sleep "$poll"
  done
}

change() { # change SERVICE COMMAND...: runs it and notes the deployment that it begins
  local name=$1 before=none primary
  shift
  [ ! -e "$work/primary/$name" ] || read -r before _ < "$work/primary/$name"
  newest "$name" > "$work/newest/$name"
  primary=$(aws ecs "$@" --query "service.deployments[?status=='PRIMARY'] | [0].id" --output text) || return 1
  echo "$before $primary" > "$work/primary/$name"
}

roll_back() { # every touched service to what it ran before; a new one, which ran nothing, to no task
  local name former desired restored=''
  restoring=true
  say "rolls back: $touched" >&2
  for name in $touched; do
    if [ -e "$work/former/$name" ]; then
      read -r former desired < "$work/former/$name"
      echo "$former" > "$work/new/$name"
      if change "$name" update-service --cluster "$cluster" --service "$project-$name" --task-definition "$former" --desired-count "$desired"; then restored="$restored $name"; else say "$project-$name could not be rolled back; it should run $former" >&2; fi
    else
      aws ecs update-service --cluster "$cluster" --service "$project-$name" --desired-count 0 > /dev/null 2>&1 || true
      say "$project-$name is new: stopped" >&2
    fi
  done
  # shellcheck disable=SC2086
  if await $restored; then say "rolled back" >&2; else say "not everything is back: aws ecs describe-services --cluster $cluster --services <name>" >&2; fi
}

for name in $services; do
  touched="$name $touched"
  definition=$(cat "$work/new/$name")
  if [ -e "$work/former/$name" ]; then
    say "service $project-$name: updates to ${definition##*/}"
    change "$name" update-service --cli-input-json "file://ecs/$name/service-update.json" --task-definition "$definition" || fail "$project-$name could not be updated"
  else
    say "service $project-$name: makes it, with ${definition##*/}"
    change "$name" create-service --cli-input-json "file://ecs/$name/service.json" --task-definition "$definition" || fail "$project-$name could not be made"
  fi
done

# shellcheck disable=SC2086
await $services || fail "the rollout of $TAG failed"
finished=true
say "release $TAG runs"
