#!/bin/sh
# shellcheck disable=SC2086 # $now is an option and its value: two words
# The calendar end to end: the real binary writes, calcurse and khal read.
# Usage: ENTENTE_BINARY=... ics.sh ORACLE_ICS
set -u
entente=$ENTENTE_BINARY
driver=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config" XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache"
export HOME="$work" TZ=Europe/Berlin LC_ALL=C.UTF-8
unset ENTENTE_JOURNAL ACCESSIBLE COLUMNS
now="--now 2026-11-22T21:40"
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

count() {
  grep -c "^$1" "$2"
}

# --- the command --------------------------------------------------------------
exits 0 "$entente" $now export ics
has "$out" "BEGIN:VCALENDAR"
[ -e "$work/data" ] && fail "exporting has made a journal"
exits 2 "$entente" export
exits 2 "$entente" export pdf
has "$err" 'export: "pdf" is no format. There is: ics.'
exits 0 "$entente" $now new "Ana Lima" --cadence "every 2 weeks" --role QZrole --email QZmail --tag QZtag
exits 0 "$entente" $now new "Ben" --cadence "monthly on the 31st"
exits 0 "$entente" $now commit ana me "Call the landlord" --by friday
exits 0 "$entente" $now export ics -
is "$(printf '%s\n' "$out" | grep -c BEGIN:VEVENT)" 2 "events of all"
exits 0 "$entente" $now export ics - ana lima
is "$(printf '%s\n' "$out" | grep -c BEGIN:VEVENT)" 1 "events of Ana"
is "$(printf '%s\n' "$out" | grep -c BEGIN:VTODO)" 1 "to-dos of Ana"
exits 1 "$entente" $now export ics - nobody
exits 0 "$entente" $now export ics "$work/all.ics"
has "$out" "Wrote the calendar to $work/all.ics."
is "$(stat -c %a "$work/all.ics")" 600 "the mode of the file"
exits 0 "$entente" --now 2030-01-01 export ics "$work/all.ics"
has "$out" "holds this calendar already"
is "$(grep -c "$(printf '\r')\$" "$work/all.ics")" "$(wc -l <"$work/all.ics")" "lines that end in CR LF"
grep -q QZ "$work/all.ics" && fail "a role, an address or a tag is in the calendar"
printf 'notes\n' >"$work/notes"
ln -s "$work/notes" "$work/link"
exits 5 "$entente" $now export ics "$work/notes"
exits 5 "$entente" $now export ics "$work/link"
exits 5 "$entente" $now export ics "$work/none/all.ics"
has "$err" "there is no folder"
is "$(cat "$work/notes")" notes "what was there"

# --- the file that is kept up to date ------------------------------------------
mkdir -p "$work/config/entente"
printf '[calendar]\nfile = %s/kept.ics\n' "$work" >"$work/config/entente/entente.conf"
exits 0 "$entente" $now list
[ -e "$work/kept.ics" ] && fail "reading has written the calendar"
exits 0 "$entente" $now snooze ana 2026-12-20
has "$(cat "$work/kept.ics")" "DTSTART;VALUE=DATE:20261220"
exits 0 "$entente" $now undo
has "$(cat "$work/kept.ics")" "DTSTART;VALUE=DATE:20261206"
exits 0 "$entente" $now redo
has "$(cat "$work/kept.ics")" "DTSTART;VALUE=DATE:20261220"
before=$(stat -c %i.%Y "$work/kept.ics")
exits 0 "$entente" $now show ana
exits 0 "$entente" demo
exits 0 "$entente" $now --journal "$work/other.db" new Carla --cadence weekly
exits 0 env ENTENTE_JOURNAL="$work/other.db" "$entente" $now new Dario --cadence weekly
is "$(stat -c %i.%Y "$work/kept.ics")" "$before" "a calendar nothing was changed in"
cd "$work" || exit 1
exits 0 env ENTENTE_JOURNAL=other.db "$entente" $now new Efua --cadence weekly
cd / || exit 1
is "$(stat -c %i.%Y "$work/kept.ics")" "$before" "the calendar of another journal"
# The same journal, whatever it is called, keeps its calendar.
usual=$work/data/entente/journal.db
ln -s "$work/data" "$work/elsewhere"
exits 0 "$entente" $now --journal "$usual" snooze ana 2026-12-21
has "$(cat "$work/kept.ics")" "DTSTART;VALUE=DATE:20261221"
exits 0 env ENTENTE_JOURNAL="$work/elsewhere/entente/journal.db" "$entente" $now undo
has "$(cat "$work/kept.ics")" "DTSTART;VALUE=DATE:20261220"
printf '[journal]\nfile = %s/other.db\n[calendar]\nfile = %s/kept.ics\n' "$work" "$work" >"$work/config/entente/entente.conf"
before=$(stat -c %i.%Y "$work/kept.ics")
exits 0 env ENTENTE_JOURNAL="$usual" "$entente" $now snooze ana 2026-12-22
is "$(stat -c %i.%Y "$work/kept.ics")" "$before" "the calendar of the journal that the settings name"
exits 0 "$entente" $now skip carla
has "$(cat "$work/kept.ics")" "SUMMARY:Check in with Carla"
rm "$work/kept.ics"
exits 0 env ENTENTE_JOURNAL="$work/new.db" "$entente" $now new Gita --cadence weekly
[ -e "$work/kept.ics" ] && fail "a new journal elsewhere has written the calendar"
printf '[calendar]\nfile = %s/kept.ics\n' "$work" >"$work/config/entente/entente.conf"
exits 0 "$entente" $now undo
is "$(stat -c %a "$work/kept.ics")" 600 "the mode of the calendar"
printf 'notes\n' >"$work/kept.ics"
exits 0 "$entente" $now skip ana
has "$err" "something else in it than a calendar"
is "$(cat "$work/kept.ics")" notes "what stood where the calendar should"
rm "$work/config/entente/entente.conf" "$work/kept.ics"

# --- a rough journal ------------------------------------------------------------
long=$(printf '%0100d' 0 | sed 's/0/é/g')
wide='佐藤 恵, "Megumi"; a\b 👩‍👩‍👧'
exits 0 "$entente" $now new "$long" --cadence weekly
exits 0 "$entente" $now new "$wide" --cadence "on the last working day of the month"
exits 0 "$entente" $now new "BEGIN:VEVENT" --cadence "yearly on 29 february"
exits 0 "$entente" $now new "Dora" --cadence "every tuesday"
exits 0 "$entente" $now new "Emil" --cadence "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU"
exits 0 "$entente" $now new "Femi" --cadence "every 3 months on the first monday" --first "2026-12-24"
exits 0 "$entente" $now new "Gwen" --cadence "monthly" --first "2026-12-30"
exits 0 "$entente" $now new "Hugo" --cadence "weekly"
exits 0 "$entente" $now snooze dora 2026-12-03
exits 0 "$entente" $now pause emil 2027-02-03
exits 0 "$entente" $now pause hugo
exits 0 "$entente" $now commit "$wide" both "one, two; three \\ four: \"five\" $long $wide" --by "24 dec"
exits 0 "$entente" $now commit dora them "no day"
exits 0 "$entente" $now export ics "$work/rough.ics"
"$driver" demo >"$work/demo.ics" || fail "the demo cannot be exported"

is "$(count BEGIN:VTODO "$work/rough.ics")" 3 "to-dos of the rough journal"
[ "$(count BEGIN:VEVENT "$work/demo.ics")" -ge 4 ] || fail "the demo has few events"

# --- readers --------------------------------------------------------------------
readers=0
read_by_calcurse() {
  dir=$work/calcurse.$1
  mkdir "$dir"
  exits 0 calcurse -D "$dir" -C "$dir" -i "$work/$1.ics"
  is "$err" "" "what calcurse says of $1"
  has "$out" "/ 0 skipped"
  is "$(wc -l <"$dir/apts")" "$(count BEGIN:VEVENT "$work/$1.ics")" "events calcurse has of $1"
  is "$(wc -l <"$dir/todo")" "$(count BEGIN:VTODO "$work/$1.ics")" "to-dos calcurse has of $1"
}

# The days calcurse shows someone on, from 2026-11-22.
calcurse_days() {
  calcurse -D "$work/calcurse.rough" -C "$work/calcurse.rough" -Q --from 11/22/2026 --days "$2" \
    --output-datefmt %Y-%m-%d |
    who="Check in with $1" awk '/^[0-9].*:$/ { day = $1 } index($0, ENVIRON["who"]) { printf "%s", day }'
}

if command -v calcurse >/dev/null; then
  readers=$((readers + 1))
  read_by_calcurse demo
  read_by_calcurse rough
  has "$(cat "$work/calcurse.rough/apts")" "Check in with $wide"
  has "$(cat "$work/calcurse.rough/apts")" "Check in with $long"
  is "$(calcurse_days Dora 30)" "2026-12-03:2026-12-08:2026-12-15:" "days calcurse shows of a snoozed one"
  is "$(calcurse_days Ben 70)" "2026-11-30:2026-12-31:" "days calcurse shows of a 31st"
else
  echo "calcurse is not installed: the calendar was not read by it"
fi

read_by_khal() {
  dir=$work/khal.$1
  mkdir -p "$dir/calendar"
  cat >"$dir/config" <<CONFIG
[calendars]
[[entente]]
path = $dir/calendar
[default]
default_calendar = entente
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $dir/khal.db
CONFIG
  exits 0 khal -c "$dir/config" import --batch -a entente "$work/$1.ics"
  is "$err" "" "what khal says of $1"
  uids=$(grep '^UID:alliance' "$work/$1.ics" | sort -u | wc -l)
  is "$(find "$dir/calendar" -type f | wc -l)" "$uids" "events khal has of $1"
}

# The days khal shows someone on, from 2026-11-22.
khal_days() {
  khal -c "$work/khal.rough/config" list --format '{start-date}|{title}' --day-format '' 2026-11-22 "$2" 2>"$work/err" |
    who="Check in with $1" awk -F '|' '$2 == ENVIRON["who"] { printf "%s:", $1 }'
}

if command -v khal >/dev/null; then
  readers=$((readers + 1))
  read_by_khal demo
  read_by_khal rough
  is "$(khal_days "$wide" 45d)" "2026-11-30:2026-12-31:" "days khal shows of a last working day"
  is "$(khal_days Dora 30d)" "2026-12-03:2026-12-08:2026-12-15:" "days khal shows of a snoozed one"
  is "$(khal_days Femi 80d)" "2026-12-24:" "days khal shows of one that began beside its calendar"
  is "$(khal_days Gwen 100d)" "2026-12-30:2027-01-30:2027-02-28:" "days khal shows of a 30th"
  is "$(khal_days Hugo 100d)" "" "days khal shows of a paused one"
else
  echo "khal is not installed: the calendar was not read by it"
fi

[ "$failed" -eq 0 ] || exit 1
[ "$readers" -gt 0 ] || exit 77
