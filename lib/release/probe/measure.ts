/** What a release does that serves: its requests by nginx's log, and whether it is healthy. */
import { text } from '../../host/bash/bash-template.ts';
import { maintenanceText } from '../../host/maintenance/nginx.ts';
import { ports } from '../../host/paths.ts';
import { slotState } from '../../host/slots/state.ts';
import type { App } from '../artifact.ts';
import { accessLogFunctions } from './access-log.ts';
import { asking, type ProbeScript, python, whole } from './script.ts';

export interface MeasureOptions {
  readonly component: App;
  /** Length of the window that ends now. */
  readonly seconds: number;
  /** Where the window before this one ended (`measuredUntil`): this one begins there instead. */
  readonly from?: string;
  /**
   * The requests to one slot of the API alone, and its health: that of a port, or the one that
   * serves or is idle by then. @default all requests, and the slot that serves
   */
  readonly port?: number | 'serving' | 'idle';
}

/** Seconds that a question waits; where its time is measured, more than the manual's 10. */
const limits = { health: 5, response: 15 } as const;

/**
 * For the host of the component. Prints the window, the windows of each port beside it, and one
 * probe of each signal that its triggers watch.
 */
export function measureScript({ component, seconds, from = '', port }: MeasureOptions): ProbeScript {
  const program = `${asking}\n${accessLogFunctions}\n${measure}\n${probes[component]}`;
  const slots = component === 'api' ? [slotState, `slot=${slotPort(port)}`] : [];
  const only = { web: '', api: port === undefined ? '' : '$slot', ai: ports.ai }[component];
  const args = [component, seconds, from, only, component === 'api' ? '$slot' : '', '$maintenance'];
  return {
    script: whole(maintenanceText, 'maintenance=$(maintenance_state)', ...slots, python(program, args)),
    limitSeconds: limits.health + limits.response + 30,
  };
}

function slotPort(port: MeasureOptions['port'] = 'serving'): string {
  if (port === 'idle') return '$(port_of "$(idle_slot)")';
  return port === 'serving' ? '$(port_of "$(serving_slot || echo a)")' : `${port}`;
}

/** Lines are in the file when they have waited for their time; the window ends before. */
const measure = text`
  component, seconds, since, port, slot, maintenance = sys.argv[1:7]
  until = time.time() - FLUSH - 0.5
  since = float(since) if since else until - float(seconds)
  found = requests(since, until)
  sample("window", *window(found, component, port, maintenance))
  for each in sorted({port_of(entry) for entry in found} - {""}):
      print("port", each, *window(found, component, each, maintenance), sep="\t")
  print("until", f"{until:.3f}", sep="\t")
`;

/**
 * A slot is asked by itself, past nginx: another one may serve. An AI server that says why it has
 * no model is not made better by an older release.
 */
const probes: Readonly<Record<App, string>> = {
  web: text`
    status, seconds, _, _ = ask("https://127.0.0.1/", ${limits.response})
    probe("main-page", status == 200 or (maintenance == "on" and status == 503), seconds, f"status {status}")
  `,
  api: text`
    status, seconds, _, _ = ask(f"http://127.0.0.1:{slot}/health/readiness", ${limits.health})
    probe("health", status == 200, seconds, f"status {status}")
    if status != 0:
        status, seconds, _, _ = ask(f"http://127.0.0.1:{slot}/api/listings?limit=1", ${limits.response})
        probe("response-time", status == 200, seconds, "listings query")
  `,
  ai: text`
    status, seconds, _, body = ask("http://127.0.0.1:${ports.ai}/health", ${limits.response})
    try:
        reason = json.loads(body).get("reason", "")
    except (ValueError, AttributeError):
        reason = ""
    probe("health", status == 200 or reason != "", seconds, reason or f"status {status}")
    probe("gpu-memory", not out_of_memory(reason), seconds, reason)
  `,
};
