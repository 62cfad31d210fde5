#!/bin/sh
# Starts the room in the background over a ledger of its own, and says where it is; or stops it.
#
#   room.sh start PROGRAM REPORTS [--pack NAME]    the room filled with the reports; answers once its pages do
#   room.sh stop
#
# Kept under .run/ (not in the repository): the ledger, the process's number, and what it printed.
set -eu
cd "$(dirname "$0")/.."
RUN=.run
PORT=${TRUCEWATCH_PORT:-8731}
# Seconds to wait for the first page: reading a large folder takes its time, and says so meanwhile.
WAIT=${TRUCEWATCH_WAIT:-600}

running() {
	test -f $RUN/pid && kill -0 "$(cat $RUN/pid)" 2>/dev/null
}

stop() {
	if running; then
		kill "$(cat $RUN/pid)"
		echo "room: stopped"
	fi
	rm -f $RUN/pid
}

# Whether nothing listens on the port yet.
free() {
	python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', $1))" 2>/dev/null
}

start() {
	program=$1 reports=$2
	shift 2
	stop >/dev/null
	mkdir -p $RUN
	free "$PORT" || PORT=0
	# One ledger for each folder of reports, so that the invented ones never stand among one's own.
	ledger=$RUN/$(printf %s "$reports $*" | cksum | cut -d' ' -f1).ledger
	nohup "$program" serve --listen "127.0.0.1:$PORT" --ledger "$ledger" --reports "$reports" "$@" >$RUN/room.log 2>&1 &
	echo $! >$RUN/pid
	waited=0
	until grep -qs '^room ' $RUN/room.log; do
		if ! running || [ $waited -ge "$WAIT" ]; then
			cat $RUN/room.log >&2
			echo "room: did not start; what it said stands above" >&2
			exit 1
		fi
		sleep 1
		waited=$((waited + 1))
	done
	echo
	cat $RUN/room.log
	echo "The room is open until \`make stop\`. Reading needs no account on this machine; the first account's link works once."
}

case "${1:-}" in
start) shift; start "$@" ;;
stop) stop ;;
*) echo "usage: room.sh start PROGRAM REPORTS [--pack NAME] | stop" >&2; exit 2 ;;
esac
