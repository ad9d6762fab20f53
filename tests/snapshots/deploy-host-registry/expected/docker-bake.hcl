# Builds all images at once. Always with -f: without it, bake reads compose.yaml as well, which is for development.
#   docker buildx create --use                                                   once: the default builder makes one platform only
#   docker buildx bake -f docker-bake.hcl --set '*.platform=linux/amd64' --load  for this machine
#   TAG=1.4.0 REVISION=$(git rev-parse HEAD) docker buildx bake -f docker-bake.hcl --push
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.

variable "TAG" {
  default = "dev"
}

variable "REVISION" {
  default = "unknown"
}

variable "SOURCE" {
  default = "unknown"
}

# RELEASE=1 attests what is inside and where it came from, and packs layers with zstd: smaller, and unpacked in a third of the time.
# It pushes, and needs a builder made by `docker buildx create`.
variable "RELEASE" {
  default = ""
}

group "default" {
  targets = ["api", "web"]
}

target "_common" {
  args = {
    VERSION  = TAG
    REVISION = REVISION
    SOURCE   = SOURCE
  }
  attest = RELEASE == "" ? [] : ["type=provenance,mode=max", "type=sbom"]
  output = RELEASE == "" ? [] : ["type=image,push=true,compression=zstd,force-compression=true,oci-mediatypes=true"]
  platforms = ["linux/amd64", "linux/arm64"]
}

target "api" {
  inherits   = ["_common"]
  context    = "services/api"
  dockerfile = "Dockerfile"
  target     = "runtime"
  tags       = ["ghcr.io/acme/quay-api:${TAG}"]
}

target "web" {
  inherits   = ["_common"]
  context    = "services/web"
  dockerfile = "Dockerfile"
  target     = "runtime"
  tags       = ["ghcr.io/acme/quay-web:${TAG}"]
}
