#!/usr/bin/env bash
# Usage: make-root.sh SUITE
# Writes to stdout, as a tar archive, what debian:SUITE-slim is: a minimal Debian without documentation, with apt.
# On top of that it knows the certificate authorities of this machine, as builds reach registries through its proxy.
set -euo pipefail
# shellcheck source=../../engine-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../engine-env.sh"
suite=$1

debian=$(debian_mirror debian)
security=$(debian_mirror debian-security)
sources=$(mktemp)
trap 'rm -f "$sources"' EXIT
{
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
    "$debian" "$([ "$suite" = sid ] && echo sid || echo "$suite $suite-updates")"
  [ "$suite" = sid ] ||
    printf '\nTypes: deb\nURIs: %s\nSuites: %s-security\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$security" "$suite"
} >"$sources"

# shellcheck disable=SC2016  # the hooks are expanded by mmdebstrap's shell: $1 is the new root
mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='Acquire::Check-Date "false"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
  --include=netbase,tzdata \
  --customize-hook="copy-in /etc/ssl/certs/ca-certificates.crt /tmp" \
  --customize-hook="cp '$sources' \"\$1/etc/apt/sources.list.d/debian.sources\"; rm -f \"\$1/etc/apt/sources.list\"" \
  --customize-hook='set -e
    # Under its own path too: installing ca-certificates in an image under test rewrites the file in /etc/ssl/certs.
    install -D -m 644 "$1/tmp/ca-certificates.crt" "$1/etc/ssl/certs/ca-certificates.crt"
    install -D -m 644 "$1/tmp/ca-certificates.crt" "$1/usr/local/share/stand-in/ca-certificates.crt"
    rm "$1/tmp/ca-certificates.crt"
    # As in the published images: services do not start, downloads are not kept, nothing is flushed to disk.
    printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d"; chmod 755 "$1/usr/sbin/policy-rc.d"
    echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/docker-apt-speedup"
    printf "%s\n" "DPkg::Post-Invoke { \"rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true\"; };" "Acquire::Languages \"none\";" "Apt::AutoRemove::SuggestsImportant \"false\";" >"$1/etc/apt/apt.conf.d/docker"
    rm -rf "$1"/var/lib/apt/lists/* "$1"/var/log/*.log "$1"/var/log/apt "$1"/etc/resolv.conf "$1"/etc/hostname' \
  "$suite" - "deb [trusted=yes] $debian $suite main"
