# What the benches of the window share: a screen without a screen, programs started on it, and how long they take to be
# seen. Sourced from the project's root; SPEED_PROGRAM is the program, target/release/truerate where none is said, SPEED_DISPLAY
# the number of the X display, 87 where none is said.
#
# Needs Xvfb, openbox and xdotool. Whoever sources it sets `runs`, and says what `begin NAME` starts.

truerate=${SPEED_PROGRAM:-$PWD/target/release/truerate}
scratch=$(mktemp -d)
started=()
cleanup() {
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do kill "${started[at]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT

export DISPLAY=:${SPEED_DISPLAY:-87} LIBGL_ALWAYS_SOFTWARE=1 XDG_RUNTIME_DIR=$scratch/runtime XDG_SESSION_TYPE=x11
unset WAYLAND_DISPLAY
mkdir -m 700 "$XDG_RUNTIME_DIR"
Xvfb "$DISPLAY" -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & started+=($!)
for _ in $(seq 50); do xdotool getmouselocation >/dev/null 2>&1 && break; sleep 0.1; done
openbox >/dev/null 2>&1 & started+=($!)
sleep 1

millis() { local now=$EPOCHREALTIME; echo $((${now/./} / 1000)); }
middle() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
# Private memory in MB, with so many decimals.
private() { awk -v places="$1" '/^Private/ { sum += $2 } END { printf "%.*f", places, sum / 1024 }' "/proc/$pid/smaps_rollup"; }

# Rests for some seconds, without a process that would take the processor from what is looked at.
exec {nothing}<> <(:)
rest() { read -rt "$1" -u "$nothing" || true; }

# Starts a program and waits until its window is shown, which is after its first frame. Sets `pid` and `took`.
start() {
  local title=$1 begun
  shift
  begun=$(millis)
  "$@" >/dev/null 2>&1 & pid=$!
  until xdotool search --onlyvisible --name "^$title\$" >/dev/null 2>&1; do
    kill -0 "$pid" 2>/dev/null || { echo "$title ended" >&2; exit 1; }
    rest 0.01
  done
  took=$(($(millis) - begun))
}
stop() { kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; }

# Starts what has these names several times, in turn: a busy minute of the machine is one of all of them.
first_frames() {
  local name
  for _ in $(seq "$runs"); do
    for name in "$@"; do
      begin "$name"
      stop
      echo "$took" >>"$scratch/first.$name"
    done
  done
}
# The middle of the first frames of a name, in milliseconds.
first_frame() { middle <"$scratch/first.$1"; }
