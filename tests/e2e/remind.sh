#!/bin/sh
# shellcheck disable=SC2086 # $sunday and the like are an option and its value: two words
# Reminders end to end: the real program, real files, a command, and stand-ins for sendmail and crontab.
# Usage: ENTENTE_BINARY=... ENTENTE_PROMPTS=... remind.sh
set -u
entente=$ENTENTE_BINARY
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" HOME="$work"
export TZ=Europe/Berlin LC_ALL=C.UTF-8 TERM=xterm-256color WORK="$work" PATH="$work/bin:/usr/bin:/bin"
export ENTENTE_TOOL_LIMIT_MS="${ENTENTE_TOOL_LIMIT_MS:-300000}"
unset ENTENTE_JOURNAL ACCESSIBLE NO_COLOR COLUMNS DBUS_SESSION_BUS_ADDRESS
conf=$work/config/entente/entente.conf
mkdir -p "$work/bin" "$work/config/entente"
failed=0

fail() {
  failed=$((failed + 1))
  printf 'FAILED: %s\n' "$*"
}

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

lines() {
  if [ -e "$1" ]; then wc -l <"$1" | tr -d ' '; else echo 0; fi
}

# waits_for FILE: until it is there, at most a minute
waits_for() {
  tries=600
  while [ ! -e "$1" ] && [ "$tries" -gt 0 ]; do
    sleep 0.1
    tries=$((tries - 1))
  done
  [ -e "$1" ] || fail "$1 did not come"
}

# at_once COUNT --now WHEN: so many runs, each of which ends well and has nothing to say
at_once() {
  count=$1
  shift
  pids=
  for n in $(seq "$count"); do
    "$entente" "$@" remind >"$work/at-once.$n" 2>&1 &
    pids="$pids $!"
  done
  n=0
  for pid in $pids; do
    n=$((n + 1))
    wait "$pid" || fail "run $n of $count at once ended badly"
    is "$(cat "$work/at-once.$n")" "" "what run $n of $count at once said"
  done
}

# tool NAME: a program of that name, from stdin, before all others on PATH
tool() {
  cat >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

tool systemctl <<'TOOL'
#!/bin/sh
exit 1
TOOL
tool crontab <<'TOOL'
#!/bin/sh
case $1 in
-l) [ -e "$WORK/tab" ] || { echo "no crontab for me" >&2; exit 1; }; cat "$WORK/tab" ;;
-r) rm "$WORK/tab" ;;
-) cat >"$WORK/tab" ;;
esac
TOOL
tool take <<'TOOL'
#!/bin/sh
cat >>"$WORK/taken"
echo "$ENTENTE_TITLE" >>"$WORK/titles"
TOOL
tool sendmail <<'TOOL'
#!/bin/sh
[ ! -e "$WORK/mail-is-down" ] || { echo "no route" >&2; exit 75; }
{ cat; echo "== $*"; } >>"$WORK/mails"
TOOL
tool hang <<'TOOL'
#!/bin/sh
echo $$ >"$WORK/hanging.new"
mv "$WORK/hanging.new" "$WORK/hanging"
exec sleep 600
TOOL

sunday="--now 2026-11-22T21:40"
monday="--now 2026-11-23T09:00"
tuesday="--now 2026-11-24T09:00"
night="--now 2026-11-25T06:30"
morning="--now 2026-11-25T07:00"
thursday="--now 2026-11-26T09:00"
later="--now 2026-11-26T09:20"

# --- nothing there yet -------------------------------------------------------
printf '[remind]\ndesktop = no\n' >"$conf"
exits 0 "$entente" remind
is "$out$err" "" "a run without a journal"
[ -e "$work/data" ] && fail "a run without a journal has made one"
exits 0 "$entente" remind --status
has "$out" "nothing yet; \`entente remind --install\` sets up a timer"
has "$out" "never"
has "$out" "none: name one under [remind] in $conf"
exits 5 "$entente" remind --test
has "$err" "Nothing was sent. No channel"

exits 0 "$entente" remind --install
has "$out" "There is no journal at $work/data/entente/journal.db yet: nothing is due until there is."
has "$out" "But no channel can be reached now. Name one under [remind] in $conf"
exits 0 "$entente" remind --status --json
has "$out" '"next":"20'
exits 0 "$entente" --journal "$work/other.db" remind --status
has "$out" "no timer for this journal"
has "$out" "A timer runs for another journal: $work/data/entente/journal.db"
lacks "$out" "Next run"
exits 0 "$entente" remind --uninstall
exits 0 "$entente" remind --status --json
has "$out" '"next":null'
printf '[remind]\ndesktop = auto\nfile = %s/tried\n' "$work" >"$conf"
exits 0 env PATH="$work/bin" "$entente" remind --test
has "$out" "file $work/tried: sent."
has "$out" "desktop: not reachable here: notify-send was not found."
printf '[remind]\ndesktop = no\n' >"$conf"

# --- only one thing at a time ------------------------------------------------
exits 2 "$entente" remind --test --status
has "$err" "--test and --status"
exits 2 "$entente" remind --install --json
exits 2 "$entente" remind now
exits 2 "$entente" remind --status --by-timer
exits 0 "$entente" help remind
has "$out" "--uninstall"
lacks "$out" "by-timer"

# --- file, command and mail, once each ---------------------------------------
printf '[remind]\ndesktop = no\ntime-limit = 300 seconds\nfile = %s/due\ncommand = take\nmail = me@example.org\n' "$work" >"$conf"
exits 0 "$entente" $sunday new "Ana Lima" --cadence weekly --first today
exits 0 "$entente" $sunday remind --dry-run
has "$out" "file $work/due: 1 check-in is due"
has "$out" "mail me@example.org: 1 check-in is due"
is "$(lines "$work/due")" 0 "a dry run's lines"
exits 0 "$entente" $sunday remind --dry-run --json
has "$out" '{"version":1,"mode":"dry-run","would_send":[{"channel":'
has "$out" '"body":"","check_ins":1,"commitments":0,"reviews":0}'
exits 0 "$entente" $sunday remind
is "$out$err" "" "a run away from a terminal"
is "$(lines "$work/due")" 1 "the file's lines"
is "$(cat "$work/titles")" "1 check-in is due" "the command's title"
has "$(cat "$work/taken")" '"title":"1 check-in is due"'
mail=$(cat "$work/mails")
has "$mail" "To: me@example.org"
has "$mail" "Subject: 1 check-in is due"
has "$mail" "Date: "
has "$mail" "Message-ID: <"
lacks "$mail$(cat "$work/due" "$work/taken")" "Ana"

# of_each: how many lines, commands and letters came
of_each() { echo "$(lines "$work/due") $(lines "$work/titles") $(grep -c '^==' "$work/mails")"; }

for _ in 1 2 3; do exits 0 "$entente" $sunday remind; done
at_once 4 $sunday
is "$(of_each)" "1 1 1" "sent again and again"

# --- the next due day, by many at once ---------------------------------------
exits 0 "$entente" $monday remind
is "$(of_each)" "1 1 1" "the day after"
exits 0 "$entente" $monday new "Ben Okafor" --cadence weekly --first today
at_once 6 $monday
is "$(of_each)" "2 2 2" "sent by six at once"
exits 0 "$entente" $sunday remind
is "$(of_each)" "2 2 2" "after the clock went back"

# --- a failure is said, logged and made good ---------------------------------
touch "$work/mail-is-down"
exits 0 "$entente" $tuesday new "Cleo" --cadence weekly --first today
exits 0 "$entente" $tuesday remind
is "$out" "" "a failing run's output"
has "$err" "entente: mail me@example.org: "
has "$err" "no route"
has "$err" ". It is tried again at the next run."
is "$(of_each)" "3 3 2" "what did not fail"
exits 0 "$entente" $tuesday remind
is "$out$err" "" "what a timer would mail of the same failure"
exits 0 "$entente" $tuesday remind --status
has "$out" "Not delivered"
has "$out" "mail me@example.org, a check-in, due Tue 24 Nov: "
lacks "$out" "Cleo"
exits 5 "$entente" $tuesday remind --test
has "$out" "file $work/due: sent."
has "$err" "entente: mail me@example.org: "
rm "$work/mail-is-down"
exits 0 "$entente" $tuesday remind --json
has "$out" '"mode":"run","sent":[{"channel":"mail me@example.org","title":"1 more check-in is due"'
has "$out" '"delivered":true,"why":null}],"waits":null,"clock":null}'
exits 0 "$entente" $tuesday remind --status
lacks "$out" "Not delivered"
has "$out" "Last deliveries"
has "$out" "Last run  Tue 24 Nov 09:00"
is "$(of_each)" "4 4 3" "with the test, after all"

# --- what is entente's own gets no line, and a timer that stopped is missed ---
cp "$conf" "$work/conf.kept"
own="--journal $work/own.db"
printf '[remind]\ndesktop = no\nfile = %s/own.db\n' "$work" >"$conf"
exits 0 "$entente" $own $tuesday new "Ned" --cadence weekly --first today
exits 0 "$entente" $own $tuesday remind
has "$err" "it is the journal, and reminders need a file of their own"
exits 0 "$entente" $own list
has "$out" "Ned"
exits 0 "$entente" $own $tuesday remind --install
exits 0 "$entente" $own $night remind --status
has "$out" "The timer has not run for 21 hours, though it is installed: is cron running?"
exits 0 "$entente" $own $night remind
exits 0 "$entente" $own $night remind --status
has "$out" "The timer has not run for 21 hours"
exits 0 "$entente" $own $night remind --by-timer
exits 0 "$entente" $own $night remind --status
lacks "$out" "has not run"
exits 0 "$entente" $own $tuesday remind --uninstall
exits 0 "$entente" $own $night remind --status
lacks "$out" "has not run"
mv "$work/conf.kept" "$conf"

# --- quiet hours, and names on request ---------------------------------------
printf 'quiet = 22:00-07:00\nnames = yes\n' >>"$conf"
exits 0 "$entente" $night new "Dina Aalto" --cadence weekly --first today
exits 0 "$entente" $night remind
exits 0 "$entente" $night remind --dry-run
is "$out" "Quiet hours until 07:00." "a dry run at night"
is "$(of_each)" "4 4 3" "at night"
exits 0 "$entente" $morning remind
is "$(tail -n 1 "$work/titles")" "Check in with Dina Aalto" "in the morning"
exits 0 "$entente" $morning remind --status --json
has "$out" '{"version":1,"timer":{"kind":null,'
has "$out" '"channels":["'
has "$out" '"last_run":"2026-11-25T07:00:00+01:00"'
has "$out" '"kind":"check-in","alliance_id":"'
has "$out" '"alliance":"Dina Aalto","due":"2026-11-25","round":0,"attempts":1,"outcome":"delivered","detail":null}'
has "$out" '"trouble":[]}'

# --- what is wrong with the settings is said to people, not to a timer -------
printf '[remind]\ndesktop = maybe\n' >"$conf"
exits 0 "$entente" $morning remind
is "$out$err" "" "a timer's run with a mistake in the settings"
exits 0 "$entente" $morning remind --dry-run
has "$err" "entente.conf"
exits 0 "$entente" $morning remind --status
has "$out" "1 line of $conf could not be used; \`entente config\` says why"

# --- killed while a command hangs --------------------------------------------
printf '[remind]\ndesktop = no\ntime-limit = 300 seconds\ncommand = hang\n' >"$conf"
exits 0 "$entente" $thursday new "Emil" --cadence weekly --first today
"$entente" $thursday remind >"$work/killed" 2>&1 &
run=$!
waits_for "$work/hanging"
kill -9 "$run"
wait "$run" 2>"$work/killed"
kill -9 "$(cat "$work/hanging")"
rm "$work/hanging"
exits 0 "$entente" $thursday remind --status
has "$out" "being sent"
exits 0 "$entente" $later remind --status
has "$out" "5 reminders: it was cut off, so it is not known whether they arrived. They are not sent again."
exits 0 "$entente" $later remind
[ -e "$work/hanging" ] && fail "what was cut off was sent again"

# --- the crontab's line does by itself what a run does -----------------------
odd="$work/a b%c \$d"
mkdir -p "$odd"
cp "$entente" "$odd/entente"
printf '[remind]\ndesktop = no\ntime-limit = 300 seconds\nnames = yes\nfile = %s/due2\ncommand = take\n' "$work" >"$conf"
printf '@daily one' >"$work/tab"
exits 0 "$odd/entente" --journal "$odd/it's.db" new "Zoë Łaska" --cadence weekly --first today
exits 0 "$odd/entente" --journal "$odd/it's.db" remind --install
has "$out" "A line in your crontab now runs reminders every 10 minutes."
has "$out" "$odd/it's.db"
exits 0 "$odd/entente" --journal "$odd/it's.db" remind --status
has "$out" "Run by    your crontab, every 10 minutes"
has "$out" "Next run  "
sed -n 's/^\*\/10 \* \* \* \* //p' "$work/tab" | sed 's/\\%/%/g' >"$work/line"
is "$(lines "$work/line")" 1 "lines for cron"
env -i WORK="$work" sh "$work/line" >"$work/cron.out" 2>&1 || fail "cron's line ended badly"
is "$(cat "$work/cron.out")" "" "what cron would send by mail"
is "$(lines "$work/due2")" 1 "what cron's line brought"
has "$(cat "$work/due2")" '"title":"Check in with Zoë Łaska"'
is "$(tail -n 1 "$work/titles")" "Check in with Zoë Łaska" "a name without a locale"
env -i HOME="$work" XDG_DATA_HOME="$work/none" "$entente" --journal "$odd/it's.db" list >"$work/plain" 2>&1
has "$(cat "$work/plain")" "Zoë Łaska"
exits 0 "$entente" remind --uninstall
has "$out" "The timer was taken away: the line in your crontab."
is "$(cat "$work/tab")" "@daily one" "the crontab"
exits 0 "$entente" remind --uninstall
has "$out" "No timer of entente's was installed."
rm "$work/bin/crontab" "$work/bin/systemctl"
exits 0 env PATH="$work/bin" "$entente" remind --install
has "$out" "Neither systemd nor cron can be used here"
has "$out" "('$entente' remind --by-timer &)"

[ "$failed" -eq 0 ] || exit 1
echo "reminders: all is as it should be"
