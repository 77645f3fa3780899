#!/bin/sh
# shellcheck disable=SC2086,SC2030,SC2031 # $start and $later are an option and its value: two words
# The command line end to end: the real binary, real files, real pipes.
# Usage: ENTENTE_BINARY=... ENTENTE_SOURCE=... cli.sh
set -u
entente=$ENTENTE_BINARY
source=$ENTENTE_SOURCE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" HOME="$work"
export TZ=Europe/Berlin LC_ALL=C.UTF-8 TERM=xterm-256color
unset ENTENTE_JOURNAL ACCESSIBLE NO_COLOR COLUMNS
failed=0

fail() {
  failed=$((failed + 1))
  printf 'FAILED: %s\n' "$*"
}

# has TEXT PART: PART stands in TEXT
has() {
  case $1 in
  *"$2"*) ;;
  *) fail "\"$2\" is not in: $1" ;;
  esac
}

lacks() {
  case $1 in
  *"$2"*) fail "\"$2\" is in: $1" ;;
  esac
}

is() {
  [ "$1" = "$2" ] || fail "$3: \"$1\" is not \"$2\""
}

# exits STATUS COMMAND...: output in $out, messages in $err
exits() {
  want=$1
  shift
  out=$("$@" 2>"$work/err" </dev/null)
  got=$?
  err=$(cat "$work/err")
  [ "$got" -eq "$want" ] || fail "$* exits $got, not $want: $err"
}

start="--now 2026-11-22T21:40"
later="--now 2027-01-22T08:00"
accent=$(printf 'e\314\201')
text="naïve 日本語 👩‍👩‍👧 $accent"

# --- a fresh machine ---------------------------------------------------------
exits 0 "$entente" list
has "$out" "No alliances yet."
[ -e "$work/data" ] && fail "reading has made a folder"
exits 0 "$entente"
has "$out" "No alliances yet."
is "$err" "" "a list in a pipe needs no reason"
exits 0 "$entente" due
has "$out" "Nothing is waiting."
exits 0 "$entente" agenda
is "$out" "Nothing is waiting, and nothing comes up within 14 days." "an agenda without a journal"
exits 1 "$entente" status
is "$out$err" "" "the status without a journal"
exits 2 "$entente" new ""
[ -e "$work/data/entente/journal.db" ] && fail "a refused name has made a journal"
exits 0 "$entente" paths
has "$out" "$work/data/entente/journal.db"
lacks "$out" "/../"

# --- the story: design, check in, look back two months later ------------------
printf '%s\n' 'Ana Lima' partner 3 short "To stay on one side: $text" 'also when it is hard' . \
  'A warning before plans change' 'Cake on Sundays' . .skip 'Write, do not call' . .skip \
  'Pause 20 minutes' . 'every 2 weeks' '1 dec 2026' 'talked through today' yes |
  "$entente" $start design --plain >"$work/out" 2>&1 || fail "design exits $?"
has "$(cat "$work/out")" "Kept"
has "$(cat "$work/out")" "Understood: every 2 weeks (rolling: counted from the last check-in): Tue 1 Dec, Tue 15 Dec, Tue 29 Dec"
exits 0 "$entente" $start agreement ana --json
has "$out" "To stay on one side: $text"
has "$out" '"section":"offers","side":"me","text":"A warning before plans change"'

# A question is known only when it is asked, so each round looks and then answers.
answer() {
  "$entente" --now 2026-12-01T20:00 checkin ana --plain
}
round=0
while [ $round -lt 12 ]; do
  round=$((round + 1))
  shown=$(answer </dev/null 2>&1)
  case $shown in *'Keep it?'*) break ;; esac
  case $shown in
  *'What became of the things'*) printf '%s\n' 'me: send the draft budget by 15 dec' . ;;
  *'rather not say'*) echo 3 ;;
  *) printf '%s\n' "First: $text" '' '..and a second paragraph' . ;;
  esac | answer >"$work/out" || fail "check-in exits $?"
done
echo yes | answer >"$work/out" || fail "keeping exits $?"
has "$(cat "$work/out")" "kept"

exits 0 "$entente" $later list --json
has "$out" '"name":"Ana Lima"'
has "$out" '"last_check_in":"2026-12-01T20:00:00+01:00"'
has "$out" '"due":"2026-12-15","due_state":"past","days":-38,"trust":3,"trust_history":[3]'
has "$out" '"open_commitments":{"me":1,"them":0,"both":0},"draft":null'
exits 0 "$entente" $later due --json
has "$out" '"days":-38'
exits 0 "$entente" $later agenda
is "$(printf '%s\n' "$out" | awk '{ print $1 }' | tr -d '\n')" "DAY!!" "the marks of the agenda in a pipe"
exits 0 "$entente" $later status
is "$out" "1 check-in, 1 commitment" "the status"
# Where the words go to a terminal, sections stand above them.
if command -v script >/dev/null && script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
  shown=$(COLUMNS=60 script -qec "'$entente' $later --color never agenda" /dev/null </dev/null | tr -d '\r')
  has "$shown" "WAITING"
  has "$shown" "was due 5 weeks"
  lacks "$shown" "NOTE"
fi
exits 0 "$entente" $later history ana --kind check-in --json
has "$out" "First: $text\\n\\n.and a second paragraph"
has "$out" '"trust":3'
exits 0 "$entente" $later commitments --open --json
has "$out" '"by":"me","text":"send the draft budget","due":"2026-12-15","state":"open"'
exits 0 "$entente" $later search naïve --json
has "$out" '"snippet":"'

# --- every change can be taken back, and done again -----------------------------
commitment=$("$entente" $later commitments --json | sed 's/.*"commitments":\[{"id":"\([0-9]*\)".*/\1/')
everything() {
  "$entente" $later list --json
  "$entente" $later list --trashed --json
  "$entente" $later history --json
  "$entente" $later commitments --json
  "$entente" $later show ana --json 2>&1
}
while read -r change; do
  before=$(everything)
  eval "\"\$entente\" $later $change" >/dev/null 2>"$work/err" </dev/null || fail "$change: $(cat "$work/err")"
  after=$(everything)
  [ "$before" = "$after" ] && fail "$change: has changed nothing"
  exits 0 "$entente" $later undo
  is "$(everything)" "$before" "undo of $change"
  exits 0 "$entente" $later redo
  is "$(everything)" "$after" "redo of $change"
  exits 0 "$entente" $later undo
done <<CHANGES
new 'Ben' --cadence weekly --tag work
agree ana tone both 'plain words'
commit ana them 'send the photos' --by friday
settle $commitment kept
settle $commitment changed
moment ana gave 'a lift'
rename ana 'Ana Souza' --role wife
checkin ana --quick --trust 5
snooze ana friday
skip ana
pause ana 2027-02-01
cadence ana monthly
review ana 2027-03-01
end ana
trash ana
CHANGES

# --- the further stages, line by line ------------------------------------------
nl='
'
session() {
  "$entente" $later "$@" --plain 2>&1
}

last_step() {
  awk '/^(Question|Step) [0-9]+ of |^Review\.$/ { text = "" } { text = text $0 "\n" } END { printf "%s", text }'
}

# walk COMMAND WHO: goes to the review; `reply` says what to answer to the step it is shown
walk() {
  way=
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    shown=$(printf %s "$way" | session "$@" | last_step)
    case $shown in *'Keep it?'*) return ;; esac
    way=$way$(reply "$shown")$nl
    # until something is written there is no draft, and the way is gone again from the start
    case $(printf %s "$way" | session "$@") in *'Draft kept'*) way= ;; esac
  done
  fail "no review of $*: $shown"
}

# keep COMMAND WHO ANSWER...: what the review is told
keep() {
  command=$1 who=$2
  shift 2
  printf '%s\n' "$@" yes | session "$command" "$who"
}

reply() {
  case $1 in
  *'Step 1 of'*) printf '%s\n' 'the old quarrel' . ;;
  *) echo .next ;;
  esac
}
walk prepare ana
has "$(keep prepare ana)" "Kept"
for reading in "agreement ana" "agreement ana --json" "show ana" "show ana --json"; do
  exits 0 "$entente" $later $reading
  lacks "$out" quarrel
done
has "$(echo .notes | session design ana)" "  the old quarrel"
lacks "$(echo .notes | session design ana --together)" quarrel

reply() {
  case $1 in
  *'rather not say'*) echo '1 dinner moved again' ;;
  *'from what you said'*) printf '%s\n' 'It was the tone.' . ;;
  *) echo .next ;;
  esac
}
walk checkin ana
has "$shown" "It was the tone."
has "$(keep checkin ana)" "If you like: \`entente repair 'Ana Lima'\`"
exits 0 "$entente" $later show ana
has "$out" "\`entente repair 'Ana Lima'\`"
# What is offered can be copied into a shell.
hint=$(printf '%s\n' "$out" | sed -n 's/.*`entente \(repair .*\)`/\1/p')
has "$(echo .leave | eval "session $hint")" "Repair with Ana Lima"

repaired() {
  "$entente" $later agreement ana --json
  "$entente" $later commitments ana --json
  "$entente" $later history ana --json
}
reply() {
  case $1 in
  *'Step 1 of'*) printf '%s\n' 'Dinner moved twice.' . ;;
  *'What became of "send'*) printf '%s\n' '' 'me: say it by noon by 28 jan' . ;;
  *'1 keep / 2 change / 3 drop'*) printf '%s\n' 'change On one side, also late' .next ;;
  *'item more'*) printf '%s\n' 'We tell each other by noon' . ;;
  *'A day: in 2 weeks'*) echo 'in 2 weeks' ;;
  *) echo .next ;;
  esac
}
walk repair ana
before=$(repaired)
has "$(keep repair ana 'reason Dinner kept moving')" "Kept version 2"
after=$(repaired)
has "$after" '"reason":"Dinner kept moving"'
has "$after" "say it by noon"
exits 0 "$entente" $later undo
is "$(repaired)" "$before" "a repair is one step of undo"
exits 0 "$entente" $later redo
is "$(repaired)" "$after" "a repair done again"

reply() {
  case $1 in
  *'1 keep / 2 change / 3 drop'*) printf '%s\n' keep drop .next ;;
  *) echo .next ;;
  esac
}
walk renew ana
has "$(keep renew ana 'reason A calmer year')" "Kept version 3"
exits 0 "$entente" $later agreement ana
has "$out" "Why it changed: A calmer year"

exits 0 "$entente" $later new Ben --cadence weekly
reply() {
  case $1 in
  *'Step 1 of'*) printf '%s\n' 'Good walks.' . ;;
  *'none of them'*) echo 1 ;;
  *) echo .next ;;
  esac
}
walk close ben
has "$(keep close ben)" "is ended; its history stays."
exits 0 "$entente" $later list --state ended
has "$out" Ben

# --- a signal in the middle keeps the draft -------------------------------------------
exits 0 "$entente" $later new Eve
{ echo 'half a thought'; sleep 3; } |
  timeout --preserve-status -s INT 1.5 "$entente" $later checkin eve --plain >"$work/out" 2>&1
is $? 130 "Ctrl-C in a line-by-line session"
has "$(cat "$work/out")" "Draft kept: 1 of"
has "$(echo .leave | session checkin eve)" "half a thought"

# --- packs of one's own ----------------------------------------------------------
mkdir -p "$work/config/entente/prompts"
echo '{"version": 1, "stage": "check-in", "prompts": [{"key": "check-in.a.b", "title": "A"}]}' \
  >"$work/config/entente/prompts/bad.json"
exits 3 "$entente" prompts check "$work/config/entente/prompts/bad.json"
has "$err" "bad.json: prompt 'check-in.a.b': "
for reading in "prompts" "prompts list --stage check-in" "prompts why ana" "checkin ana --plain"; do
  exits 0 "$entente" $later $reading
  has "$err" "entente: bad.json is left out: prompt 'check-in.a.b': "
  is "$(grep -c . "$work/err")" 1 "$reading names a bad pack once"
  [ -n "$out" ] || fail "a bad pack stops $reading"
done
rm "$work/config/entente/prompts/bad.json"
for pack in prepare design check-in repair renew close team-design team-check-in situations; do
  [ $pack = situations ] || exits 0 "$entente" prompts --stage $pack
  exits 0 "$entente" prompts check "$source/prompts/$pack.json"
done
exits 0 "$entente" $later prompts why ana --json
is "$err" "" "no pack is bad now"
asked=$(printf '%s\n' "$out" | grep -o '"score":' | wc -l)
{ [ "$asked" -ge 5 ] && [ "$asked" -le 8 ]; } || fail "prompts why: $asked questions"
has "$out" '"key":"check-in.trust.now"'
again=$("$entente" $later prompts why ana --json)
is "$again" "$out" "why, asked twice"

# --- input and output --------------------------------------------------------------
exits 2 "$entente" lsit
has "$err" "Did you mean \`entente list\`?"
exits 1 "$entente" show nobody
exits 2 "$entente" design --no-input
printf 'abc\377' | "$entente" checkin ana --quick >/dev/null 2>"$work/err"
is $? 2 "a note that is not UTF-8"
has "$(cat "$work/err")" "3"
exits 0 env LC_ALL=C TERM=dumb "$entente" list
has "$out" "Ana Lima"
exits 0 env ACCESSIBLE=1 "$entente"
is "$err" "" "who asked for lines is not told why"
exits 0 env TERM=dumb "$entente" $later checkin ana
[ -n "$err" ] || fail "why there is no full screen is not said"

if [ -e /dev/full ]; then
  "$entente" list >/dev/full 2>"$work/err"
  is $? 5 "a full disk"
  has "$(cat "$work/err")" "No space left"
fi
"$entente" list <&- >&- 2>&-
is $? 0 "closed descriptors"
"$entente" list >/dev/null || fail "the journal after that"
{ "$entente" help; echo $? >"$work/status"; } 2>"$work/err" | true
is "$(cat "$work/err")" "" "a closed pipe is quiet"

# --- who may read the journal ----------------------------------------------------
is "$(stat -c %a "$work/data/entente")" 700 "the folder's mode"
is "$(stat -c %a "$work/data/entente/journal.db")" 600 "the journal's mode"
head -c 9000 /dev/zero | tr '\0' x >"$work/foreign"
exits 3 "$entente" --journal "$work/foreign" list
mkdir "$work/locked"
exits 0 env ENTENTE_JOURNAL="$work/other.db" "$entente" new Zoe
exits 0 "$entente" --journal "$work/other.db" list
has "$out" Zoe
exits 0 "$entente" list
lacks "$out" Zoe

exits 5 "$entente" export ics "$work/missing/folder.ics"
is "$err" "entente: Cannot write $work/missing/folder.ics: there is no folder $work/missing. Make it first." \
  "a file in no folder"

# --- settings --------------------------------------------------------------------
exits 0 "$entente" config
has "$out" "$work/config/entente/entente.conf (there is no such file)"
is "$err" "" "nothing is wrong with no settings"
exits 0 "$entente" paths
has "$out" "settings $work/config/entente/entente.conf"
mkdir -p "$work/config/entente"
settings=$work/config/entente/entente.conf
printf '%s\n' '[journal]' "file = $work/other.db" '[remind]' 'lead = 2 days' 'colour = x' >"$settings"
exits 0 "$entente" list
has "$out" Zoe
is "$err" "entente: $settings: line 5: there is no setting \"colour\" in [remind]. It is left out." "a bad line"
exits 0 "$entente" --journal "$work/data/entente/journal.db" list
lacks "$out" Zoe
exits 0 env ENTENTE_JOURNAL="$work/data/entente/journal.db" "$entente" list
lacks "$out" Zoe
exits 0 "$entente" paths
has "$out" "$work/other.db"
exits 0 "$entente" config --json
has "$out" "{\"version\":1,\"file\":\"$settings\",\"exists\":true,\"settings\":["
has "$out" '{"section":"remind","key":"lead","value":"2 days","from":"line 4"}'
has "$out" '{"section":"screen","key":"color","value":"auto","from":"default"}'
has "$out" '"problems":["'
exits 0 env ENTENTE_JOURNAL=/a NO_COLOR=1 "$entente" config --json
has "$out" '{"section":"journal","key":"file","value":"/a","from":"ENTENTE_JOURNAL"}'
has "$out" '{"section":"screen","key":"color","value":"never","from":"NO_COLOR"}'
for quiet in help --help --version "help due" status; do
  $entente $quiet >/dev/null 2>"$work/err"
  is "$(cat "$work/err")" "" "$quiet is not about the settings"
done
printf '[screen]\ncolor = always\n' >"$settings"
bold=$(printf '\033[1m')
exits 0 "$entente" list
has "$out" "$bold"
exits 0 "$entente" --color never list
lacks "$out" "$bold"
exits 0 env NO_COLOR=1 "$entente" list
lacks "$out" "$bold"
rm "$settings"
if command -v ldd >/dev/null; then
  lacks "$(ldd "$entente")" libinih
fi

# --- the manual page is what the tables say -------------------------------------
part() {
  sed -n "/^\\.\\\\\" $1 begin/,/^\\.\\\\\" $1 end/p" "$source/data/entente.1" | sed '1d;$d'
}
is "$(part commands)" "$("$entente" man)" "COMMANDS of entente(1); run tools/manual"
is "$(part keys)" "$("$entente" man keys)" "KEYS of entente(1); run tools/manual"

[ $failed -eq 0 ] || exit 1
echo "the command line holds"
