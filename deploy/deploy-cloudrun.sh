#!/usr/bin/env bash
#
# Deploys the HTTP server to Cloud Run, and prints its address. It can be repeated: what is there stays.
#
#   deploy/deploy-cloudrun.sh [--project ID] [--region REGION] [--in-memory] [--dry-run]
#
#   --project    the project; otherwise that of gcloud's configuration
#   --region     us-central1, unless given
#   --in-memory  no Redis: one instance, which forgets its keys whenever it stops
#   --dry-run    looks at what is there, and prints what it would change
#
# REDIS_URL in the environment is put into Secret Manager at the first run. The other secrets are made.
set -euo pipefail

readonly service=pr-review-mcp
readonly apis="run.googleapis.com cloudbuild.googleapis.com artifactregistry.googleapis.com secretmanager.googleapis.com iam.googleapis.com"

project=""
region=us-central1
in_memory=false
dry_run=false
secrets=""

main() {
  read_arguments "$@"
  cd "$(dirname "${BASH_SOURCE[0]}")/.."
  check_prerequisites
  readonly account="$service@$project.iam.gserviceaccount.com"
  readonly repository="$region-docker.pkg.dev/$project/$service"
  revision=$(revision_of_sources)
  readonly revision image="$repository/http-server:$revision"

  say "project $project, region $region, image $image"
  # shellcheck disable=SC2086  # a list of words
  change services enable $apis
  ensure_account
  ensure_secrets
  ensure_repository
  ensure_image
  # After the build: Google takes a while to know a new account everywhere.
  let_account_read_secrets
  deploy
  tell_address
}

read_arguments() {
  while (($# > 0)); do
    case $1 in
      --project) project=$(value_of "$@"); shift ;;
      --region) region=$(value_of "$@"); shift ;;
      --in-memory) in_memory=true ;;
      --dry-run) dry_run=true ;;
      -h | --help) sed -n '3,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
      *) fail "$1 is no option. See --help." ;;
    esac
    shift
  done
}

value_of() {
  (($# > 1)) || fail "$1 needs a value."
  printf '%s' "$2"
}

check_prerequisites() {
  command -v gcloud >/dev/null || fail "gcloud is missing. Install it: https://cloud.google.com/sdk/docs/install"
  command -v openssl >/dev/null || fail "openssl is missing, which makes the secrets. Install it."
  [[ -n $(gcloud auth list --filter=status:ACTIVE --format='value(account)' 2>/dev/null) ]] ||
    fail "gcloud knows nobody. Run: gcloud auth login"
  [[ -n $project ]] || project=$(gcloud config get-value project 2>/dev/null) || true
  [[ -n $project && $project != "(unset)" ]] ||
    fail "no project is chosen. Pass --project, or run: gcloud config set project ID"
  gcloud projects describe "$project" >/dev/null 2>&1 ||
    fail "project $project is not there, or not for you. Run: gcloud projects list"
  case ${REDIS_URL-} in
    "" | redis://* | rediss://*) ;;
    *) fail "REDIS_URL is no address of a Redis. Write redis://host:6379, or rediss:// for TLS." ;;
  esac
  if $in_memory; then
    [[ -z ${REDIS_URL-} ]] || fail "--in-memory and REDIS_URL contradict each other. Leave one out."
  else
    [[ -n ${REDIS_URL-} ]] || has_value "$service-redis-url" ||
      fail "there is no Redis for the keys. Set REDIS_URL, or pass --in-memory for one instance that forgets them."
  fi
}

# A commit names an image for good; sources that were changed since need a name of their own.
revision_of_sources() {
  local commit
  commit=$(git rev-parse --short=12 HEAD 2>/dev/null) || commit=local
  if [[ $commit != local && -z $(git status --porcelain) ]]; then
    printf '%s' "$commit"
  else
    printf '%s-%s' "$commit" "$(date -u +%Y%m%d%H%M%S)"
  fi
}

ensure_account() {
  if is_there iam service-accounts describe "$account"; then return; fi
  change iam service-accounts create "$service" --display-name "PR Review MCP"
}

ensure_secrets() {
  ensure_secret "$service-secret-key" make_secret
  ensure_secret "$service-admin-token" make_secret
  $in_memory || ensure_secret "$service-redis-url" redis_url
}

make_secret() { openssl rand -base64 32 | tr -d '\n'; }

redis_url() { printf '%s' "$REDIS_URL"; }

# A secret may have been made without a version, by a run that was cut short.
ensure_secret() {
  local name=$1 make=$2
  secrets="$secrets $name"
  if has_value "$name"; then return; fi
  if ! is_there secrets describe "$name"; then
    change secrets create "$name" --replication-policy automatic
  fi
  if $dry_run; then
    change secrets versions add "$name" --data-file -
  else
    "$make" | change secrets versions add "$name" --data-file -
  fi
}

ensure_repository() {
  if is_there artifacts repositories describe "$service" --location "$region"; then return; fi
  change artifacts repositories create "$service" --location "$region" --repository-format docker
}

ensure_image() {
  if is_there artifacts docker images describe "$image"; then return; fi
  change builds submit . --config deploy/cloudbuild.yaml --substitutions "_IMAGE=$image,_REVISION=$revision"
}

let_account_read_secrets() {
  local name
  for name in $secrets; do
    change secrets add-iam-policy-binding "$name" \
      --member "serviceAccount:$account" --role roles/secretmanager.secretAccessor
  done
}

deploy() {
  local manifest
  manifest=$(mktemp)
  # shellcheck disable=SC2064  # the name is known now, and local
  trap "rm -f '$manifest'" EXIT
  manifest_of_service >"$manifest"
  change run services replace "$manifest" --region "$region"
  # Callers show keys of the server's own, in the header that Google's keys would need.
  change run services add-iam-policy-binding "$service" --region "$region" \
    --member allUsers --role roles/run.invoker
}

manifest_of_service() {
  # shellcheck disable=SC2016  # ${...} are the gaps in the file
  local fill=(-e 's|${IMAGE}|'"$image|" -e 's|${SERVICE_ACCOUNT}|'"$account|")
  if $in_memory; then
    # Instances would not know of each other's keys.
    fill+=(-e 's|maxScale: "10"|maxScale: "1"|' -e '/name: REDIS_URL/,/key: latest/d')
  fi
  sed "${fill[@]}" deploy/cloudrun.yaml
}

tell_address() {
  if $dry_run; then return; fi
  local url
  url=$(gcloud run services describe "$service" --region "$region" --project "$project" --format 'value(status.url)')
  say "the admin token: gcloud secrets versions access latest --secret $service-admin-token --project $project"
  if $in_memory; then say "keys are kept in memory: they are gone whenever the instance stops"; fi
  printf '%s\n' "$url"
}

# Whether gcloud finds something; nothing is changed.
is_there() { gcloud "$@" --project "$project" >/dev/null 2>&1; }

has_value() { is_there secrets versions describe latest --secret "$1"; }

change() {
  if $dry_run; then
    say "would run: gcloud $* --project $project"
    return
  fi
  gcloud "$@" --project "$project" --quiet >/dev/null ||
    fail "gcloud $1 $2 did not work, as it says above. Then run this again: what is there stays."
}

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

main "$@"
