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
  targets = ["api"]
}

target "_common" {
  args = {
    VERSION  = TAG
    REVISION = REVISION
  }
}

target "api" {
  inherits   = ["_common"]
  context    = "services/api"
  dockerfile = "Dockerfile"
  target     = "runtime"
  tags       = ["shop-api:${TAG}"]
}
