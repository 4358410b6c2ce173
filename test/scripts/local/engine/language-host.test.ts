import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../../scripts/io/state.ts';
import { openPlace, type Place } from '../../io/gcp/place.ts';

let place: Place;
let project: string;

/** The project as it is, in a folder of its own so that its stack configuration is its own too. */
beforeAll(async () => {
  place = await openPlace();
  project = join(place.folder, 'project');
  mkdirSync(project);
  copyFileSync(join(root, 'Pulumi.yaml'), join(project, 'Pulumi.yaml'));
  for (const name of ['bin', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(project, name));
});
afterAll(() => place.end());

describe('pulumi typed by the operator on the embedded cloud', () => {
  it('previews, deploys, and finds nothing to do the second time', () => {
    expect(pulumi('stack', 'init', 'local').code).toBe(0);
    pulumi('config', 'set', 'awsAddress', '203.0.113.10');
    const preview = pulumi('preview');
    expect(preview).toMatchObject({ code: 0, text: expect.stringMatching(/\+ 3\d to create/) });
    expect(place.contents()).toEqual([]);
    expect(pulumi('up', '--yes')).toMatchObject({ code: 0, text: expect.stringMatching(/address\s*: "198\.51\.100\.10"/) });
    expect(pulumi('up', '--yes', '--expect-no-changes')).toMatchObject({ code: 0, text: expect.stringMatching(/3\d unchanged/) });
  });

  it('shows what the program says when it stops', () => {
    pulumi('config', 'set', 'zone', 'asia-northeast3-a');
    const { code, text } = pulumi('preview');
    expect(code).not.toBe(0);
    expect(text).toContain('asia-northeast3-a is not a zone of local');
    expect(text).not.toContain('the program ended with');
  });
});

function pulumi(...args: string[]): { readonly code: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(
    'pulumi',
    [...args, '--non-interactive', '--stack', 'local'].slice(0, args[0] === 'stack' ? -2 : undefined),
    {
      cwd: project,
      env: place.connection.variables,
      encoding: 'utf8',
    },
  );
  return { code: status, text: `${stdout}${stderr}` };
}
