#!/bin/sh
# A step of an Atlantis workflow: `holdgate-step.sh review` in policy_check, `holdgate-step.sh gate` in
# apply, both after `show`. Asks a Holdgate service with curl where HOLDGATE_URL is set, else the command.
#
# Atlantis judges a custom policy check by its text, takes unrecognised text for a pass, and throws the
# text of a step that fails away. So `review` prints exactly one block and ends with status 0; it prints a
# pass only for an answer that is one from its first line to its last and names this very plan file.
# `gate` ends with status 0 for such an answer alone.
#
#   HOLDGATE_URL          https://holdgate.example; unset: run HOLDGATE_COMMAND
#   HOLDGATE_TOKEN        bearer token of the service (HOLDGATE_ASSESS_TOKEN over there)
#   HOLDGATE_COMMAND      default "holdgate"; split at spaces
#   HOLDGATE_MAX_TIME     seconds for one answer, default 120; Atlantis itself never times a step out
#   HOLDGATE_ENVIRONMENT  what the operator calls the environment, where the names do not say it
#   HOLDGATE_CONFIG       policy file of the command
#   HOLDGATE_WITHOUT_REVIEW=1   `gate` asks for no earlier review

# Standard error would be printed between the lines of the block.
exec 2>/dev/null
LC_ALL=C
export LC_ALL
umask 077
set -f

nl='
'
summary='1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions'
step=${1-}
hash=''
dir=''

case $step in
  gate) label='holdgate gate' format='atlantis-gate' ;;
  *) label='holdgate' format='atlantis' ;;
esac

# Ends the step without a pass. The reason is one of this file's own sentences.
blocked() {
  printf '%s\n' "FAIL - $label: not assessed, so a person has to look" "- $1" \
    "  plan file ${hash:+sha256:}${hash:-not named}" "$summary"
  [ "$step" = review ] && exit 0
  exit 1
}

leave() {
  [ -n "$dir" ] && rm -rf "$dir"
}
trap leave EXIT

digest() {
  sum=$(sha256sum <"$PLANFILE") || return 1
  sum=${sum%% *}
  case $sum in
    *[!0-9a-f]*) return 1 ;;
  esac
  [ ${#sum} -eq 64 ] && printf '%s' "$sum"
}

# One header of the request. Branch names and comments are other people's text: printable ASCII only.
header() {
  value=$(printf '%s' "$2" | tr -cd ' -~')
  [ -n "$value" ] && printf '%s: %s\n' "$1" "$value"
}

headers() {
  header Authorization "Bearer ${HOLDGATE_TOKEN-}"
  header X-Holdgate-Plan-Sha256 "$hash"
  header X-Holdgate-Organization "${BASE_REPO_OWNER-}"
  header X-Holdgate-Repository "${BASE_REPO_OWNER:+$BASE_REPO_OWNER/}${BASE_REPO_NAME-}"
  header X-Holdgate-Project "${PROJECT_NAME-}"
  header X-Holdgate-Workspace "${WORKSPACE-}"
  header X-Holdgate-Directory "${REPO_REL_DIR-}"
  header X-Holdgate-Environment "${HOLDGATE_ENVIRONMENT-}"
  header X-Holdgate-Pull "${PULL_NUM-}"
  header X-Holdgate-Author "${PULL_AUTHOR-}"
  header X-Holdgate-Commit "${HEAD_COMMIT-}"
  header X-Holdgate-Branch "${HEAD_BRANCH_NAME-}"
  header X-Holdgate-Arguments "${COMMENT_ARGS-}"
  [ "$step" = gate ] && header X-Holdgate-Approved "${ATLANTIS_PR_APPROVED-}"
}

# The token goes through standard input: arguments of a process can be read by every other one.
ask_service() {
  headers | curl -q -sS --proto '=http,https' --max-redirs 0 --connect-timeout 10 \
    --max-time "$limit" --max-filesize 65536 -H @- -H 'Expect:' \
    -H 'Content-Type: application/json' --data-binary @"$SHOWFILE" \
    -o "$dir/body" -w '%{http_code} %{content_type}' \
    "${HOLDGATE_URL%/}/assess?format=$format" >"$dir/status" || return 1
  case $(cat "$dir/status") in
    '200 text/plain'*) return 0 ;;
  esac
  return 1
}

# The working directory is the pull request's checkout, whose files must not configure anything.
ask_command() {
  case $step in
    gate) set -- gate ${HOLDGATE_WITHOUT_REVIEW:+--without-review} ;;
    *) set -- check --format atlantis ;;
  esac
  cd / || return 1
  # Split on purpose: "node /opt/holdgate/dist/entry/cli.js" is a command too.
  timeout -s KILL "$limit" ${HOLDGATE_COMMAND:-holdgate} "$@" >"$dir/body" </dev/null
  code=$?
  case $step:$code in
    review:0 | gate:0) return 0 ;;
  esac
  return 1
}

# What the service cannot know: whether the review saw the plan file that is about to be applied.
reviewed() {
  [ "${HOLDGATE_WITHOUT_REVIEW-}" = 1 ] && return 0
  [ -f "$PLANFILE.holdgate" ] || return 1
  IFS=' ' read -r kind seen at rest <"$PLANFILE.holdgate" || return 1
  [ "$kind $seen" = "holdgate-review/v1 sha256:$hash" ] && [ -z "$rest" ] || return 1
  case $at in
    '' | *[!0-9]* | ???????????*) return 1 ;;
  esac
  now=$(date +%s) || return 1
  [ "$((now - at))" -le 86400 ] && [ "$((at - now))" -le 300 ]
}

note() {
  printf 'holdgate-review/v1 sha256:%s %s\n' "$hash" "$(date +%s)" >"$PLANFILE.holdgate.new" &&
    mv -f "$PLANFILE.holdgate.new" "$PLANFILE.holdgate"
}

case $step in
  review | gate) ;;
  *) blocked 'This step is called with neither "review" nor "gate".' ;;
esac
[ -n "${SHOWFILE-}" ] && [ -s "$SHOWFILE" ] || blocked 'There is no plan to read; "show" comes before this step.'
[ -n "${PLANFILE-}" ] && [ -s "$PLANFILE" ] || blocked 'There is no plan file.'
hash=$(digest) || hash=''
[ -n "$hash" ] || blocked 'The plan file could not be hashed.'
limit=${HOLDGATE_MAX_TIME:-120}
case $limit in
  0* | *[!0-9]* | ?????*) blocked 'HOLDGATE_MAX_TIME is not a number of seconds.' ;;
esac
dir=$(mktemp -d) || dir=''
[ -n "$dir" ] || blocked 'There is no room for the answer.'

if [ -n "${HOLDGATE_URL-}" ]; then
  [ "$step" = gate ] && { reviewed || blocked 'No review of this plan file within a day was recorded; plan again.'; }
  ask_service
  answered=$?
else
  ask_command
  answered=$?
fi

[ -s "$dir/body" ] || blocked 'The reviewer did not answer.'
bytes=$(wc -c <"$dir/body")
[ "$bytes" -le 65536 ] || blocked 'The answer is longer than any of the reviewer.'
# Counted in the file: a shell drops zero bytes, and would see words that are not there.
[ "$(tr -d '\000-\011\013-\037\177' <"$dir/body" | wc -c)" -eq "$bytes" ] ||
  blocked 'The answer is not one of the reviewer.'
body=$(cat "$dir/body")
case $body in
  *'`'*) blocked 'The answer is not one of the reviewer.' ;;
esac
first=${body%%"$nl"*}
last=${body##*"$nl"}

case $first in
  "FAIL - $label: "*)
    [ "$last" = "$summary" ] || blocked 'The answer is cut off.'
    [ "$step" = review ] && [ "$answered" -eq 0 ] && [ -n "${HOLDGATE_URL-}" ] && note
    printf '%s\n' "$body"
    [ "$step" = review ] && exit 0
    exit 1
    ;;
  "PASS - $label: "*) ;;
  *) blocked 'What answered is not the reviewer.' ;;
esac

[ "$answered" -eq 0 ] || blocked 'The reviewer did not answer as it should.'
[ "$first" != "$last" ] && [ "$last" = "PASS - $label: plan file sha256:$hash" ] ||
  blocked 'The answer is cut off, or about another plan file.'
case $body in
  *[Ff][Aa][Ii][Ll]*) blocked 'The answer says two things at once.' ;;
esac
[ "$(digest)" = "$hash" ] || blocked 'The plan file changed while it was being judged.'

[ "$step" = review ] && [ -n "${HOLDGATE_URL-}" ] && note
printf '%s\n' "$body"
exit 0
