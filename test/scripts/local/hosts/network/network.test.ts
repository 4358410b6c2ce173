import { describe, expect, it } from 'vitest';
import { internetCommands, partyCommands, prefixOf } from '../../../../../scripts/local/hosts/network/network.ts';

const lines = (commands: readonly (readonly string[])[]) => commands.map((argv) => argv.join(' '));

describe('the names of a clone', () => {
  it('differ from another clone’s and fit where names are short', () => {
    expect(prefixOf('/a/.dojang/local/hosts')).toMatch(/^dj-[0-9a-f]{6}$/);
    expect(prefixOf('/a/.dojang/local/hosts')).not.toBe(prefixOf('/b/.dojang/local/hosts'));
  });
});

describe('the internet', () => {
  it('has no interface of this machine and no way out', () => {
    const commands = [
      ...internetCommands('p'),
      ...partyCommands('p', 'external', '192.0.2.50'),
      ...partyCommands('p', 'aws', '203.0.113.10'),
    ];
    // Every link is made inside of it, and the only default routes are those of parties, to it.
    for (const argv of commands) expect(argv.slice(0, 2)).not.toEqual(['ip', 'link']);
    const defaults = lines(commands).filter((line) => line.includes(' default '));
    expect(defaults).toEqual([
      'ip -n p-external route replace default via 192.0.2.1 dev eth0 onlink',
      'ip -n p-aws route replace default via 203.0.113.1 dev eth0 onlink',
    ]);
  });

  it('offers AWS and the sign-in provider under addresses of its own', () => {
    expect(lines(internetCommands('p'))).toEqual(
      expect.arrayContaining([
        'ip -n p-internet address replace 192.0.2.10/32 dev lo',
        'ip -n p-internet address replace 192.0.2.20/32 dev lo',
      ]),
    );
  });

  it('gives a machine of a cloud its deployed address and, of the link-local range, its metadata alone', () => {
    expect(lines(partyCommands('p', 'gcp', '198.51.100.10'))).toEqual(
      expect.arrayContaining([
        'ip -n p-gcp route replace unreachable 169.254.0.0/16',
        'ip -n p-gcp route replace 169.254.169.254/32 via 198.51.100.1 dev eth0 onlink',
        'ip -n p-gcp address replace 198.51.100.10/32 dev eth0',
        'ip -n p-internet route replace 198.51.100.10/32 dev to-gcp',
      ]),
    );
    expect(lines(partyCommands('p', 'external', '192.0.2.50')).join('\n')).not.toContain('169.254.169.254');
  });
});
