DOCKER_BUILDKIT=1 docker build .
