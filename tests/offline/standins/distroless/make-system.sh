#!/bin/sh
# Usage: make-system.sh LANGUAGE FOLDER
# Puts into FOLDER what the distroless image of a language consists of: Debian's packages as they unpack, without their scripts, and three users.
set -eu
language=$1 system=$2

# The lists of the project's build files: static, base, cc, python3.
set -- base-files media-types netbase tzdata libc6 libssl3t64 libzstd1 zlib1g gcc-14-base libgcc-s1 libgomp1 libstdc++6
if [ "$language" = python3 ]; then
  set -- "$@" libbz2-1.0 libcom-err2 libcrypt1 libdb5.3t64 libexpat1 libffi8 libgssapi-krb5-2 libk5crypto3 libkeyutils1 libkrb5-3 libkrb5support0 \
    liblzma5 libncursesw6 libnsl2 libreadline8t64 libsqlite3-0 libtinfo6 libtirpc3t64 libuuid1 \
    libpython3.13-minimal libpython3.13-stdlib python3.13-minimal python3.13-venv
fi
# Node 26 does not start without it (https://github.com/GoogleContainerTools/distroless/issues/1981)
if [ "$language" = node ] && ldd /usr/local/bin/node | grep -q libatomic; then set -- "$@" libatomic1; fi
packages=$(mktemp -d)
cd "$packages"
apt-get update -qq
apt-get -qq -o APT::Sandbox::User=root download "$@"
mkdir -p "$system"
for package in base-files_*.deb *.deb; do dpkg-deb --extract "$package" "$system"; done
rm -r "$packages"
cd "$system"

rm -rf var/run usr/share/man usr/share/info usr/share/lintian usr/share/locale usr/share/bug
find usr/share/doc -type f ! -name copyright -delete
if [ "$language" = node ]; then install -D /usr/local/bin/node nodejs/bin/node; fi
if [ "$language" = python3 ]; then
  ln -s /usr/bin/python3.13 usr/bin/python3
  ln -s /usr/bin/python3.13 usr/bin/python
  ldconfig -r .
fi

install -D -m 644 /usr/local/share/stand-in/ca-certificates.crt etc/ssl/certs/ca-certificates.crt
cat >etc/passwd <<'TEXT'
root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
TEXT
cat >etc/group <<'TEXT'
root:x:0:
nobody:x:65534:
tty:x:5:
staff:x:50:
nonroot:x:65532:
TEXT
echo 'hosts: files dns' >etc/nsswitch.conf
install -d -m 700 root
install -d -m 700 -o 65532 -g 65532 home/nonroot
ln -s /run var/run
install -d -m 1777 tmp
