"""Runs what Systems Manager is asked to run: as root inside a booted machine, where its agent would, with the agent's habits."""

import os
import shlex
import subprocess
import threading
import time

from moto.core.utils import utcnow

STDOUT_LIMIT, STDERR_LIMIT = 24000, 8000
CUT = "--output truncated--"
KILLED = 137  # what the agent answers for a script that it ended: 128 + SIGKILL
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin"

# Writes the script, which comes on standard input, and starts it detached: under the machine's own
# systemd where it has one.
DELIVER = """
set -eu
cd /
umask 077
mkdir -p "$1"
cat >"$1/_script.sh"
printf '%s\\n' "$3" >"$1/run"
chmod 700 "$1/_script.sh"
if [ -d /run/systemd/system ]; then
  systemd-run --quiet --collect --unit="$2" --property=KillMode=process --setenv=HOME=/root --setenv=LANG=C.UTF-8 --setenv="PATH=$PATH" /bin/sh "$1/run"
else
  umask 022
  setsid env -i HOME=/root LANG=C.UTF-8 "PATH=$PATH" /bin/sh "$1/run" >/dev/null 2>&1 &
fi
"""
# The exit status appears at once with all that was written before.
RUNNER = """
echo $$ >{place}/pid
code=0
{{ cd {work} && {place}/_script.sh; }} >{place}/stdout 2>{place}/stderr </dev/null || code=$?
echo "$code" >{place}/code.part
mv {place}/code.part {place}/code"""
KILL = """
cd /
if [ -d /run/systemd/system ]; then systemctl kill --signal=SIGKILL "$2"; else kill -s KILL -- "-$(cat "$1/pid")"; fi
"""
FORGET = 'cd / && rm -rf "$1"'


class Invocation:
    """One script on one machine. Runs in a thread of its own; requests read its fields."""

    def __init__(self, command_id, node_id, leader, script, limit, folder):
        self.command_id, self.node_id, self.leader, self.script, self.limit = command_id, node_id, leader, script, limit
        self.folder = folder or f"/var/lib/amazon/ssm/{node_id}"
        self.place = f"/var/lib/amazon/ssm/{node_id}/document/orchestration/{command_id}/awsrunShellScript/0.awsrunShellScript"
        self.unit = f"ssm-{command_id}.service"
        self.status, self.details, self.code, self.stdout, self.stderr = "Pending", "Pending", -1, "", ""
        self.started = self.ended = None
        self.cancelled = threading.Event()

    def start(self):
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        self.started = utcnow()
        try:
            delivered = self.inside(DELIVER, self.place, self.unit, self.runner(), stdin=self.script)
            self.status = self.details = "InProgress"
            self.finish(*(self.outcome() if delivered.returncode == 0 else self.undeliverable(delivered.stderr)))
        except (OSError, subprocess.SubprocessError) as error:
            self.finish(*self.undeliverable(str(error)))

    def runner(self):
        # The agent works in a folder of its own, which a machine without the real agent may not
        # have.
        work = shlex.quote(self.folder)
        return RUNNER.format(place=self.place, work=work)

    def inside(self, text, *arguments, stdin=""):
        # The root folder too: a machine whose root was changed, not pivoted, is not reached by its
        # mounts alone.
        enter = ["nsenter", "-t", str(self.leader), "-m", "-p", "-u", "-i", "-n", "-r", "-w", "--", "/bin/sh", "-c", text, "sh", *arguments]
        return subprocess.run(enter, input=stdin, capture_output=True, text=True, timeout=60, check=False, start_new_session=True, env={"PATH": PATH})

    def outcome(self):
        """Waits until the script exits, times out or is cancelled, or the machine is gone."""
        end = time.monotonic() + self.limit
        while (code := self.read("code", 16)) == "":
            if not os.path.exists(f"/proc/{self.leader}/root/"):
                return self.undeliverable("the machine went away while the script ran")
            if self.cancelled.is_set() or time.monotonic() > end:
                self.inside(KILL, self.place, self.unit)
                return ("Cancelled", "Cancelled", KILLED) if self.cancelled.is_set() else ("TimedOut", "Execution Timed Out", KILLED)
            time.sleep(0.05)
        status = {"0": "Success", str(KILLED): "TimedOut"}.get(code.strip(), "Failed")
        return status, "Execution Timed Out" if status == "TimedOut" else status, int(code)

    def undeliverable(self, why):
        self.stderr = why
        return "Failed", "Undeliverable", -1

    def finish(self, status, details, code):
        self.stdout = cut(self.read("stdout", STDOUT_LIMIT * 4 + 1), STDOUT_LIMIT)
        self.stderr = cut(self.read("stderr", STDERR_LIMIT * 4 + 1), STDERR_LIMIT) or self.stderr
        self.code, self.details, self.ended = code, details, utcnow()
        self.script = ""
        if os.path.exists(f"/proc/{self.leader}/root/"):
            self.inside(FORGET, self.place)
        self.status = status

    def read(self, name, limit):
        """A file that the script has made so far, from outside; empty when there is none."""
        try:
            with open(f"/proc/{self.leader}/root{self.place}/{name}", "rb") as file:
                return file.read(limit).decode(errors="replace")
        except OSError:
            return ""


def cut(text, limit):
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT
