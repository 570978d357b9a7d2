#!/usr/bin/env bash
# Builds the image of a Dockerfile without a container engine or a registry of images, and tries it:
# by root, on Debian, with debootstrap, buildah, podman and runc installed.
#   tools/deploy/image.sh [docker/Dockerfile]
# Both base images are stood in for: the one for building by a minimal Debian with Node from npm, the one
# for running by the Debian packages that make up distroless/cc. Everything is removed at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

dockerfile=${1:-docker/Dockerfile}
node_major=24
image=localhost/pr-review-mcp:try

for tool in debootstrap buildah podman runc; do
  command -v "$tool" >/dev/null || { echo "error: $tool is missing. Run: apt-get install $tool" >&2; exit 1; }
done

work=$(mktemp -d)
store=(--root "$work/storage" --runroot "$work/run" --storage-driver overlay)
clean_up() {
  buildah "${store[@]}" rm --all >/dev/null 2>&1 || true
  umount "$work/storage/overlay" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

build() {
  buildah "${store[@]}" bud --isolation chroot --network host --format docker --pull-never --quiet "$@"
}

# What `node:24-bookworm-slim` has: Debian, node, npm.
stand_in_for_node() {
  local root=$work/node
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$work/debootstrap.log"
  npm install --silent --prefix "$work/npm" "node@$node_major" npm@11 >/dev/null
  install -m 755 "$work/npm/node_modules/node/bin/node" "$root/usr/local/bin/node"
  cp -r "$work/npm/node_modules/npm" "$root/usr/local/lib/npm"
  ln -s ../lib/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
  printf 'FROM scratch\nCOPY . /\nENV PATH=/usr/local/bin:/usr/bin:/bin NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt\n' >"$work/node.Dockerfile"
  build -f "$work/node.Dockerfile" -t "docker.io/library/node:$node_major-bookworm-slim" "$root"
  rm -rf "$root" "$work/npm"
}

# What `distroless/cc-debian12` has: these packages, unpacked, and a user; no shell.
stand_in_for_distroless() {
  local root=$work/distroless package
  mkdir -p "$work/packages" "$root"
  chmod 777 "$work/packages"
  (cd "$work/packages" && apt-get download -qq base-files netbase tzdata ca-certificates libssl3 libc6 libgcc-s1 libgomp1 libstdc++6)
  for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$root"; done
  mkdir -p "$root/etc/ssl/certs" "$root/home/nonroot" "$root/tmp"
  chmod 1777 "$root/tmp"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$root/etc/group"
  printf 'FROM scratch\nCOPY . /\nENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nUSER 65532\n' >"$work/distroless.Dockerfile"
  build -f "$work/distroless.Dockerfile" -t gcr.io/distroless/cc-debian12:nonroot "$root"
  rm -rf "$root" "$work/packages"
}

chmod 711 "$work"
stand_in_for_node
stand_in_for_distroless
build -f "$dockerfile" --build-arg REVISION=try -t "$image" .
bytes=$(podman "${store[@]}" image inspect --format "{{.Size}}" "$image")
echo "image: $((bytes / 1000000)) MB"
((bytes <= 200000000)) || { echo "error: the image is larger than 200 MB" >&2; exit 1; }
# Platforms name the port PORT; the image of a Space has one already, by the name that goes first.
port_name=PORT
if [[ $dockerfile == *.hf ]]; then port_name=MCP_PORT; fi
npx tsx -C @pr-review/source tools/deploy/try-image.ts "$image" "$port_name" \
  podman "${store[@]}" --runtime runc --cgroup-manager cgroupfs
