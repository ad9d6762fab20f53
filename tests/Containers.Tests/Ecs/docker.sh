#!/usr/bin/env bash
# Stands in for docker, as there is no registry to push to: notes its words, and makes the registry know the images that are pushed.
# With FAKE_AWS that is the scripted AWS, else the one behind `aws`.
set -euo pipefail
echo "docker $*" >> "$DOCKER_CALLS"
case "$1 ${2:-}" in
  'login '*) cat > /dev/null ;;
  'buildx bake')
    for word in "$@"; do
      case "$word" in
        *.tags=*)
          address=${word#*.tags=}
          repository=${address#*/}
          repository=${repository%:*}
          if [ -n "${FAKE_AWS:-}" ]; then
            printf 'sha256:%s\n' "$(sha256sum <<< "$address" | cut -c 1-64)" > "$FAKE_AWS/images/$repository:$TAG"
          else
            aws ecr put-image --repository-name "$repository" --image-tag "$TAG" --query image.imageId.imageDigest \
              --image-manifest "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"annotations\":{\"address\":\"$address\"}}" > /dev/null
          fi
          ;;
      esac
    done
    ;;
  *) echo "the docker of this test does not know: $*" >&2; exit 64 ;;
esac
