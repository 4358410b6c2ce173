/** What the applications say of themselves. */
import { paths, ports, units } from '../../../host/paths.ts';
import { slotState } from '../../../host/slots/state.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';
import { logsOf } from '../system/unit-words.ts';
import { answerOf, jsonOf } from './http-answer.ts';

const apiProbe = { name: 'api-health', script: `${slotState}\nask "http://127.0.0.1:$(port_of "$(serving_slot)")/health"` };
const aiProbe = { name: 'ai-health', script: `ask http://127.0.0.1:${ports.ai}/health` };
/** MySQL answers reads and commits nothing: seldom anything else than a volume that is full. */
const volumeRoom = `df ${paths.data} on the aws host shows whether the data volume is full, so that nothing can be written`;
const apiLogs = logsOf(units.api, 'aws');

/** Seconds that a contract may wait; the API's default. */
const deadline = 300;
/** Seconds that the API may let pass between two tries, with some to spare. */
const pause = 30;

export const apiHealth: HostCheck = { id: 'api-health', from: 'aws', title: 'API says it is UP', probe: apiProbe, verdict: isUp };

export const queueCheck: HostCheck = { id: 'queue', from: 'aws', title: 'contracts are worked on', probe: apiProbe, verdict: isMoving };

export const aiHealth: HostCheck = { id: 'ai-health', from: 'gcp', title: 'AI server says it is ok', probe: aiProbe, verdict: isOk };

interface Component {
  readonly status?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

function componentsOf(facts: Facts): Readonly<Record<string, Component>> {
  return (jsonOf(answerOf(facts).body)?.components ?? {}) as Record<string, Component>;
}

function isUp(facts: Facts): Verdict {
  const status = jsonOf(answerOf(facts).body)?.status;
  if (status === undefined) return failed(silence(facts), apiLogs);
  const down = Object.entries(componentsOf(facts)).filter(([, each]) => each.status !== 'UP');
  const detail = down.map(([name, each]) => `${name} ${each.status}`).join(', ');
  if (status === 'UP') return ok(detail);
  return failed(detail || String(status), down.map(([name]) => name).join() === 'writes' ? volumeRoom : apiLogs);
}

function isMoving(facts: Facts): Verdict {
  const { waiting, running, oldestSeconds } = componentsOf(facts).queue?.details ?? {};
  if (typeof waiting !== 'number' || typeof running !== 'number') return failed('the API reports nothing of its queue', apiLogs);
  const oldest = typeof oldestSeconds === 'number' ? oldestSeconds : 0;
  const detail = `${waiting} waiting, ${running} running${waiting + running === 0 ? '' : `, the oldest for ${oldest} s`}`;
  const stuck = running === 0 && oldest > pause;
  return waiting > 0 && (stuck || oldest > deadline) ? failed(detail, apiLogs) : ok(detail);
}

function isOk(facts: Facts): Verdict {
  const health = jsonOf(answerOf(facts).body);
  if (health === undefined) return failed(silence(facts), logsOf(units.ai, 'gcp'));
  if (health.ok !== true) return failed(String(health.reason ?? 'not ok'), logsOf(units.ai, 'gcp'));
  return ok([health.engine, health.model].filter(Boolean).join(', '));
}

function silence(facts: Facts): string {
  const { exit, code, said } = answerOf(facts);
  if (exit === undefined) return 'could not be asked';
  return exit === '0' ? `HTTP ${code}` : said || `curl ended with ${exit}`;
}
