# Builds all images at once. Always with -f: without it, bake reads compose.yaml as well, which is for development.
#   docker buildx bake -f docker-bake.hcl
#   TAG=1.4.0 REVISION=$(git rev-parse HEAD) docker buildx bake -f docker-bake.hcl --push
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.

variable "TAG" {
  default = "dev"
}

variable "REVISION" {
  default = "unknown"
}

group "default" {
  targets = ["api", "admin"]
}

target "_common" {
  args = {
    VERSION  = TAG
    REVISION = REVISION
  }
}

target "api" {
  inherits   = ["_common"]
  context    = "app"
  dockerfile = "Dockerfile.api"
  target     = "runtime"
  tags       = ["twins-api:${TAG}"]
}

target "admin" {
  inherits   = ["_common"]
  context    = "app"
  dockerfile = "Dockerfile.admin"
  target     = "runtime"
  tags       = ["twins-admin:${TAG}"]
}
