/** What makes a machine a node: run here with stand-ins for the agent, snap and systemd. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinScript } from '../../../lib/host/join.ts';
import { Secret } from '../../../lib/values/secret.ts';

const script = joinScript('ap-northeast-2', { id: 'an-id', code: Secret.of(`co'de`) });
let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'dojang-join-test-'));
  stand('systemctl', `echo "systemctl $*" >>${bin}/did`);
});
afterEach(() => rmSync(bin, { recursive: true }));

function stand(name: string, does: string): void {
  writeFileSync(join(bin, name), `#!/bin/bash\n${does}\n`);
  chmodSync(join(bin, name), 0o755);
}

const agent = `echo "agent $*" >>${'$'}{0%/*}/did`;
const run = () => spawnSync('bash', ['-s'], { input: script, encoding: 'utf8', env: { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) } });
const did = () => (existsSync(join(bin, 'did')) ? readFileSync(join(bin, 'did'), 'utf8') : '');
const registered = [
  'systemctl stop amazon-ssm-agent.service',
  `agent -register -y -region ap-northeast-2 -id an-id -code co'de`,
  'systemctl enable amazon-ssm-agent.service',
  'systemctl start amazon-ssm-agent.service',
  '',
].join('\n');

describe('joining', () => {
  it('registers with the agent that is there', () => {
    stand('amazon-ssm-agent', agent);
    expect(run().status).toBe(0);
    expect(did()).toBe(registered);
  });

  it('installs the agent first where there is none', () => {
    stand(
      'snap',
      `[ "$*" = 'install amazon-ssm-agent --classic' ] && printf '%s\\n' '#!/bin/bash' '${agent}' >${bin}/amazon-ssm-agent && chmod +x ${bin}/amazon-ssm-agent`,
    );
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    expect(did()).toBe(registered);
  });

  it('says so when it can not be installed', () => {
    expect(run()).toMatchObject({ status: 3, stderr: expect.stringContaining('no snap') });
    expect(did()).toBe('');
  });
});
