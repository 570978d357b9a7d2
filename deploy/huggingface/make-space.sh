#!/usr/bin/env bash
#
# Fills a folder with what a Hugging Face Space of this server holds: the committed sources, with the
# Space's own Dockerfile and README. The folder may be a clone of the Space: commit and push it then.
#
#   deploy/huggingface/make-space.sh FOLDER
set -euo pipefail

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

(($# == 1)) || fail "one folder is wanted. Run: deploy/huggingface/make-space.sh FOLDER"
command -v git >/dev/null || fail "git is missing. Install it."
mkdir -p "$1" 2>/dev/null || fail "$1 cannot be made a folder. Name another."
space=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
git rev-parse --verify --quiet HEAD >/dev/null || fail "there is no commit to make a Space of. Clone the repository."

git archive HEAD -- LICENSE package.json package-lock.json nx.json 'tsconfig.*' .dockerignore apps libs tools docker | tar -x -C "$space"
cp docker/Dockerfile.hf "$space/Dockerfile"
cp deploy/huggingface/README.md "$space/README.md"
