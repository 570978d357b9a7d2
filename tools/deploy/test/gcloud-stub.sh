#!/usr/bin/env bash
# A gcloud that keeps in the folder $GCLOUD what it was told to make, and in $GCLOUD/log what it was told.
# A command that begins with the words of $GCLOUD_FAILS goes wrong, and one that is not known, too.
set -euo pipefail
cd "$GCLOUD"
printf '%s\n' "$*" >>log

option() {
  local wanted=$1
  shift
  while (($# > 1)); do
    if [[ $1 == "$wanted" ]]; then printf '%s' "$2"; fi
    shift
  done
}

if [[ -n ${GCLOUD_FAILS-} && "$*" == "$GCLOUD_FAILS"* ]]; then
  echo "ERROR: (gcloud) no permission" >&2
  exit 1
fi
case "$*" in
  "auth list "*) if [[ ! -e nobody ]]; then echo somebody@example.com; fi ;;
  "config get-value project") if [[ ! -e no-project ]]; then echo team-project; fi ;;
  "projects describe "*) [[ $3 == team-project ]] ;;
  "services enable "*) touch enabled ;;
  "iam service-accounts describe "*) [[ -e account ]] ;;
  "iam service-accounts create "*) [[ ! -e account ]] && touch account ;;
  "secrets describe "*) [[ -e secret-$3 ]] ;;
  "secrets create "*) [[ ! -e secret-$3 ]] && touch "secret-$3" ;;
  "secrets versions describe latest "*) [[ -s secret-$(option --secret "$@") ]] ;;
  "secrets versions add "*) [[ -e secret-$4 ]] && cat >"secret-$4" ;;
  "secrets add-iam-policy-binding "*) [[ -s secret-$3 && -e account ]] ;;
  "artifacts repositories describe "*) [[ -e repository ]] ;;
  "artifacts repositories create "*) [[ ! -e repository ]] && touch repository ;;
  "artifacts docker images describe "*) [[ -e image-${5##*/} ]] ;;
  "builds submit "*)
    image=$(option --substitutions "$@")
    image=${image%%,*}
    [[ -e repository ]] && touch "image-${image##*/}"
    ;;
  "run services replace "*) cp "$4" manifest.yaml ;;
  "run services add-iam-policy-binding "*) [[ -e manifest.yaml ]] ;;
  "run services describe "*) echo https://pr-review-mcp-abc.run.app ;;
  *)
    echo "ERROR: (gcloud) what is $*?" >&2
    exit 2
    ;;
esac
