/**
 * Restarts that updates ask for: in the maintenance window only, and never both hosts at the same
 * time.
 */
import { type Maintenance, type Weekday, weekdays } from '../../config/schema/maintenance.ts';
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import { runPaths } from '../bash/runner.ts';
import { type HostStep, step } from '../bash/step.ts';
import { paths } from '../paths.ts';

/** The host's part of the window, by the clock of the zone. */
export interface RebootSlot {
  readonly day: Weekday;
  /** Like 04:30. */
  readonly time: string;
  readonly zone: string;
}

/**
 * The AI host first: the API keeps contracts in its queue meanwhile. When the API's turn comes, the
 * AI host has long been back.
 */
const turns: Readonly<Record<HostName, number>> = { gcp: 0, aws: 1 };
const slotMinutes = 30;
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

const rebootUnit = 'dojang-reboot';
const tool = `${paths.tools}/reboot-if-required`;
const timer = `/etc/systemd/system/${rebootUnit}.timer`;
const service = `/etc/systemd/system/${rebootUnit}.service`;

/** Undefined when an operator restarts the hosts. */
export function rebootSlot(host: HostName, { day, time, zone }: Maintenance): RebootSlot | undefined {
  if (day === 'never') return undefined;
  const minute = (minuteOf(day, time) + turns[host] * slotMinutes) % weekMinutes;
  const onDay = weekdays[Math.floor(minute / dayMinutes)] ?? day;
  return { day: onDay, time: clockTime(minute % dayMinutes), zone };
}

/** Like `sunday 04:30 Asia/Seoul`. */
export function slotText({ day, time, zone }: RebootSlot): string {
  return `${day} ${time} ${zone}`;
}

export function rebootWindow(host: HostName, maintenance: Maintenance): HostStep {
  const slot = rebootSlot(host, maintenance);
  return slot === undefined ? noWindow : window(slot);
}

/**
 * A timer that was missed, as the host was off, is not made up for: that would be outside of the
 * window.
 */
function window(slot: RebootSlot): HostStep {
  const at = slotText(slot);
  return filesStep({
    id: 'reboot-window',
    title: `Restart when an update asks for it, ${at}`,
    files: [
      { path: tool, content: rebootTool(slot), mode: '755' },
      {
        path: service,
        content: text`
          [Unit]
          Description=Restart of the host when an update asks for it

          [Service]
          Type=oneshot
          ExecStart=${tool}
          TimeoutStartSec=${(slotMinutes + 5) * 60}
        `,
      },
      {
        path: timer,
        content: text`
          [Unit]
          Description=Maintenance window, ${at}

          [Timer]
          OnCalendar=${slot.day.slice(0, 3)} *-*-* ${slot.time}:00 ${slot.zone}
          AccuracySec=1s
          Persistent=no

          [Install]
          WantedBy=timers.target
        `,
      },
    ],
    check: text`
      unit_differs ${rebootUnit}.timer
      [ -e /usr/share/zoneinfo/${slot.zone} ] || echo "this host knows no time zone ${slot.zone}"
    `,
    apply: text`
      systemctl daemon-reload
      systemctl enable -q ${rebootUnit}.timer
      systemctl restart ${rebootUnit}.timer
    `,
  });
}

const noWindow = step({
  id: 'reboot-window',
  title: 'Restart by hand only when an update asks for it',
  check: `[ ! -e ${timer} ] || echo "${rebootUnit}.timer is there, and no window is configured"`,
  apply: text`
    systemctl disable -q --now ${rebootUnit}.timer
    rm -f ${timer} ${service} ${tool}
    systemctl daemon-reload
  `,
});

/**
 * Looks at the clock itself, since a unit started by hand or a clock that was set is no window
 * either. It holds the locks of the recipe and of releases until the host goes down, and begins no
 * restart while packages are being installed.
 */
function rebootTool(slot: RebootSlot): string {
  return text`
    #!/bin/bash
    # Restarts this host when an update asks for it: ${slotText(slot)} and
    # ${slotMinutes} minutes on. Written by dojang provision.
    set -u
    required=/var/run/reboot-required

    minute_of_week() {
      local day hour minute
      read -r day hour minute < <(TZ=${slot.zone} date '+%w %H %M')
      echo $((day * ${dayMinutes} + 10#$hour * 60 + 10#$minute))
    }

    in_window() {
      ((($(minute_of_week) - ${minuteOf(slot.day, slot.time)} + ${weekMinutes}) % ${weekMinutes} < ${slotMinutes}))
    }

    # at_rest: no recipe, release or installation of packages is at work; the locks of the first two
    # are kept. A lock belongs to its open file, so that what a try has opened must be closed again:
    # it would lock out the next one.
    at_rest() {
      local lock opened=()
      if locks_are_free && packages_are_at_rest; then return 0; fi
      for lock in "\${opened[@]}"; do exec {lock}>&-; done
      return 1
    }

    # locks_are_free: locks what is free, and leaves the descriptors in the array of at_rest
    locks_are_free() {
      local file lock
      for file in ${runPaths.state}/lock ${paths.releases}/*/.lock; do
        [ -e "$file" ] || continue
        exec {lock}>>"$file"
        opened+=("$lock")
        flock -n "$lock" || return 1
      done
    }

    packages_are_at_rest() {
      python3 -c 'import fcntl; fcntl.lockf(open("/var/lib/dpkg/lock-frontend", "a"), fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null
    }

    if [ ! -e "$required" ]; then
      echo "no update asks for a restart"
      exit 0
    fi
    if ! in_window; then
      echo "not restarted: outside of the window, ${slotText(slot)}"
      exit 0
    fi
    while in_window; do
      if at_rest; then
        echo "restarting for $(sort -u "$required.pkgs" 2>/dev/null | tr '\n' ' ')"
        systemctl --no-block reboot
        # Until the host goes down, so that nothing else begins.
        exec sleep infinity
      fi
      echo "waiting for what is at work on this host"
      sleep 10
    done
    echo "not restarted: something was at work on this host for the whole window"
  `;
}

function minuteOf(day: Weekday, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return weekdays.indexOf(day) * dayMinutes + hours * 60 + minutes;
}

function clockTime(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
