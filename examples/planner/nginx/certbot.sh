#!/bin/sh
# Runs in the container certbot: asks Let's Encrypt for a certificate, shows that the names are ours through the proxy, and renews it
# when a third of its life is left. Running containers need no restart: nginx reads the files again within 10 seconds.
# Generated from duskstack.yaml; `duskstack generate` keeps what you change here.
set -u

# The volume of certificates is mounted at /tmp, the one folder of the image where every user may write: a new volume takes over its mode.
mkdir -p /tmp/webroot
trap 'exit 0' TERM INT

retry=60
while :; do
  # --reuse-key: the certificate changes and its key does not, so that nginx can never read two that do not belong together.
  if certbot certonly --non-interactive --agree-tos --no-eff-email --email ops@example.com \
    --webroot --webroot-path /tmp/webroot --cert-name planner.example.com --domain planner.example.com \
    --keep-until-expiring --renew-with-new-domains --reuse-key \
    --config-dir /tmp/letsencrypt --work-dir /run/certbot --logs-dir /run/certbot --max-log-backups 5; then
    pause=43200 retry=60
  else
    # Let's Encrypt counts failures: five an hour for a name, then it refuses.
    pause=$retry retry=$((retry < 14400 ? retry * 4 : 14400))
    echo "certbot: no certificate; next try in $pause seconds" >&2
  fi
  sleep "$pause" &
  wait $!
done
