/** A clone that is up with its machines, and ways onto them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { HostName } from '../../../lib/ports/host-shell.ts';
import { root } from '../../../scripts/io/state.ts';
import { attempt, type CommandResult } from '../../../scripts/local/hosts/command.ts';
import { nodesOf } from '../../../scripts/local/hosts/files.ts';
import { onMachine } from '../../../scripts/local/hosts/machine/machine.ts';
import { startBrowser } from '../../browser.ts';
import { Clone } from '../clone.ts';

/** A bash word: the unit of the slot that serves. */
export const servingApi = '"dojang-api@$(cat /opt/dojang/api/serving).service"';

export class Place {
  readonly clone = new Clone();
  #url = '';
  #browser: Browser | undefined;

  /**
   * `dojang up`, to the address that it prints. @throws with all that was printed when it failed
   */
  async start(): Promise<string> {
    const { code, text } = await this.clone.dojang('up');
    const [, url] = /local is up: (https:\S+)/.exec(text) ?? [];
    if (code !== 0 || !url) throw new Error(text);
    this.#url = url;
    this.#browser = await startBrowser();
    return text;
  }

  get url(): string {
    return this.#url;
  }

  get browser(): Browser {
    if (!this.#browser) throw new Error('no browser has been started');
    return this.#browser;
  }

  /** Runs bash on a host, as root. */
  on(host: HostName, script: string): Promise<CommandResult> {
    const node = nodesOf(this.clone.hosts).find((each) => each.host === host);
    if (!node) throw new Error(`${host} is not booted`);
    return attempt(onMachine(node.leader, ['/bin/bash', '-c', script]));
  }

  /** As `on`. @throws when the script failed */
  async must(host: HostName, script: string): Promise<string> {
    const { code, text, stdout } = await this.on(host, script);
    if (code !== 0) throw new Error(`${script} ended with ${code} on ${host}: ${text}`);
    return stdout.trim();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.clone.remove();
  }
}

/** A risky lease of three pages. */
export function leasePages(): string[] {
  const folder = join(root, 'apps/ai/samples');
  const file = readdirSync(folder).find((name) => name.startsWith('risky'));
  return readFileSync(join(folder, file ?? ''), 'utf8').split(/^----- page -----$/m);
}
