#!/usr/bin/env bash
# Compares `truerate report rates --format csv` with `ledger balance` over the same history, which is written as timeclock
# lines first: both in turn, several times, in one run. Prints the middle of the wall times and of what the processor did (a busy
# machine stretches the former alone), and the largest memory.
#
#   bash benches/ledger.sh [SESSIONS]     100000 where none is said
#
# With SPEED_BUILT set it builds nothing; SPEED_PROGRAM is the program, target/release/truerate where none is said.
#
# Needs Debian's `ledger` and GNU time. Asserts nothing: docs/speed.md has targets and latest figures.
set -euo pipefail
exec </dev/null
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sessions=${1:-100000}
runs=7
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -n "${SPEED_BUILT:-}" ] || cargo build --quiet --release --bins
truerate=${SPEED_PROGRAM:-$PWD/target/release/truerate}

"$truerate" --dir "$scratch/book" sample --sessions "$sessions" 2>/dev/null
"$truerate" --dir "$scratch/book" export timeclock --out "$scratch/book.timeclock" 2>/dev/null

# Seconds on the wall, of the program and of the system for it, and kilobytes: a line a run, into a file.
measure() {
  local into=$1
  shift
  LC_ALL=C command time -a -o "$into" -f '%e %U %S %M' "$@" >/dev/null
}
middle() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
for _ in $(seq "$runs"); do
  measure "$scratch/ledger" ledger --init-file /dev/null --no-pager -f "$scratch/book.timeclock" balance
  measure "$scratch/ours" "$truerate" --dir "$scratch/book" report rates --format csv
done

wall() { cut -d ' ' -f 1 "$1" | middle; }
worked() { awk '{ print $2 + $3 }' "$1" | middle; }
mega() { cut -d ' ' -f 4 "$1" | sort -n | tail -n 1 | awk '{ printf "%.0f", $1 / 1024 }'; }
ratio() { awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f ×", one / other }'; }
row() { printf '%-34s %10s %10s %10s   %s\n' "$@"; }
compare() { row "$1" "$3" "$4" "$(ratio "$4" "$3")" "$2"; }
row "$sessions sessions" 'ledger' 'TrueRate' 'ratio' 'target'
compare "wall time, s (middle of $runs)" '≤ 0.33 ×' "$(wall "$scratch/ledger")" "$(wall "$scratch/ours")"
compare 'processor, s' '' "$(worked "$scratch/ledger")" "$(worked "$scratch/ours")"
compare 'largest memory, MB' '≤ 1 ×' "$(mega "$scratch/ledger")" "$(mega "$scratch/ours")"
