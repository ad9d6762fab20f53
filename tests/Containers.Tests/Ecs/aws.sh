#!/usr/bin/env bash
# A scripted AWS: answers what scripts/deploy-ecs.sh asks, with the rollouts and exit codes that a test wants. It is called as `aws`.
#   FAKE_AWS        folder with its state: services/NAME holds `revision desired deployment`, deployments/ID the state of one
#   FAKE_MIGRATION  exit code of migrations (0)
#   FAKE_BROKEN     a service whose new revision never gets healthy: the circuit breaker rolls it back
#   FAKE_STUCK      a service whose rollout never ends
#   FAKE_OLD        set: a CLI that does not know service deployments
set -euo pipefail
cd "$FAKE_AWS"
printf '%s\n' "$*" | tr '\n' ' ' >> calls
echo >> calls

option() { # option NAME: the word after it
  local previous=''
  for word in "${words[@]}"; do
    if [ "$previous" = "$1" ]; then printf '%s' "$word"; return; fi
    previous=$word
  done
}

field() { sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$(option --cli-input-json | sed 's|^file://||; s|^ecs/|'"$PROJECT"'/ecs/|')" | head -1; }

deploy() { # deploy SERVICE REVISION DESIRED: begins a deployment when something changes
  local revision='' desired='' deployment='' state=IN_PROGRESS
  [ ! -e "services/$1" ] || read -r revision desired deployment < "services/$1"
  if [ "$revision $desired" != "$2 $3" ]; then
    deployment=ecs-svc/$(($(find deployments -type f | wc -l) + 1))
    mkdir -p deployments/ecs-svc
    echo "$2 $state ${revision:-none}" > "deployments/$deployment"
    echo "$2 $3 $deployment" > "services/$1"
  fi
  printf '%s\n' "$deployment"
}

progress() { # progress SERVICE DEPLOYMENT: one look later
  local revision state former
  read -r revision state former < "deployments/$2"
  if [ "$state" = IN_PROGRESS ] && [ "$1" != "${FAKE_STUCK:-}" ]; then
    state=SUCCESSFUL
    if [ "$1" = "${FAKE_BROKEN:-}" ] && [ "${revision##*:}" != 1 ]; then
      state=ROLLBACK_SUCCESSFUL
      echo "$former SUCCESSFUL $former" > "deployments/$2-rollback"
      [ "$(cut -d ' ' -f 3 "services/$1")" != "$2" ] || echo "$former 1 $2-rollback" > "services/$1"
    fi
    echo "$revision $state $former" > "deployments/$2"
  fi
}

words=("$@")
query=$(option --query)
case "$1 $2" in
  'sts get-caller-identity') printf '123456789012\tarn:aws:iam::123456789012:user/ci\n' ;;
  'ecs describe-clusters') echo "${FAKE_CLUSTER:-ACTIVE}" ;;
  'ssm describe-parameters') tr '\n' '\t' < parameters ;;
  'ecs list-tasks') cat busy-task 2> /dev/null || echo None ;;
  'ecr describe-repositories') echo "123456789012.dkr.ecr.eu-central-1.amazonaws.com/$(option --repository-names)" ;;
  'ecr get-login-password') echo password ;;
  'ecr describe-images') cat "images/$(option --repository-name):$TAG" 2> /dev/null || exit 254 ;;
  'ecr put-lifecycle-policy' | 'logs create-log-group' | 'logs put-retention-policy') ;;
  'logs get-log-events') echo 'relation "items" does not exist' ;;
  'servicediscovery list-namespaces') cat namespaces 2> /dev/null || echo None ;;
  'servicediscovery create-http-namespace') option --name > namespaces ;;
  'ecs describe-task-definition') cat "definitions/$(option --task-definition)" 2> /dev/null || exit 254 ;;
  'ecs register-task-definition')
    family=$(field family)
    revision=arn:aws:ecs:eu-central-1:123456789012:task-definition/$family:$(($(find registered -name "$family:*" | wc -l) + 1))
    cp "$(option --cli-input-json | sed 's|^file://||')" "registered/${revision##*/}"
    printf '%s\t%s\n' "$revision" "$(grep -A 1 '"duskstack:content"' "registered/${revision##*/}" | sed -n 's/.*"value": "\(.*\)".*/\1/p')" > "definitions/$family"
    echo "$revision"
    ;;
  'ecs run-task') printf 'arn:aws:ecs:eu-central-1:123456789012:task/ferry/0123456789\tNone\n' ;;
  'ecs describe-tasks') printf 'STOPPED\t%s\tEssential container in task exited\n' "${FAKE_MIGRATION:-0}" ;;
  'ecs describe-services')
    service=$(option --services)
    if [ ! -e "services/$service" ]; then echo None; exit; fi
    read -r revision desired deployment < "services/$service"
    case "$query" in
      *desiredCount*) printf 'ACTIVE\t%s\t%s\t%s\t%s\n' "$revision" "$desired" "$deployment" "$(cat busy-deployment 2> /dev/null || echo None)" ;;
      *events*) echo "(service $service) was unable to start tasks" ;;
      *)
        asked=${query#*id==\'} asked=${asked%%\'*}
        progress "$service" "$asked"
        read -r _ _ current < "services/$service"
        read -r revision state _ < "deployments/$asked"
        if [ "$asked" != "$current" ]; then echo None; else printf 'PRIMARY\t%s\t%s\n' "${state/SUCCESSFUL/COMPLETED}" "$revision"; fi
        ;;
    esac
    ;;
  'ecs create-service') deploy "$(field serviceName)" "$(option --task-definition)" "$(field desiredCount)" ;;
  'ecs update-service')
    if [ -n "$(option --cli-input-json)" ]; then
      deploy "$(field service)" "$(option --task-definition)" "$(field desiredCount)"
    else
      service=$(option --service)
      read -r revision _ _ < "services/$service"
      definition=$(option --task-definition)
      deploy "$service" "${definition:-$revision}" "$(option --desired-count)"
    fi
    ;;
  'ecs list-service-deployments')
    [ -z "${FAKE_OLD:-}" ] || { echo "aws: error: argument operation: Invalid choice" >&2; exit 252; }
    read -r _ _ deployment < "services/$(option --service)"
    # The breaker's way back is part of the deployment that failed.
    echo "arn:aws:ecs:eu-central-1:123456789012:service-deployment/ferry/$(option --service)/${deployment%-rollback}"
    ;;
  'ecs describe-service-deployments')
    deployment=$(option --service-deployment-arns)
    service=$(cut -d / -f 3 <<< "$deployment")
    progress "$service" "${deployment#*"$service"/}"
    printf '%s\tarn:revision/%s\n' "$(cut -d ' ' -f 2 "deployments/${deployment#*"$service"/}")" "${deployment#*"$service"/}"
    ;;
  'ecs describe-service-revisions')
    revision=$(option --service-revision-arns)
    cut -d ' ' -f 1 "deployments/${revision#arn:revision/}"
    ;;
  *) echo "the scripted AWS does not know: $*" >&2; exit 64 ;;
esac
