import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/io/state.ts';
import { oldNodeIn } from './old-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-launch-'));
const project = join(folder, 'project');
/** What npm 9 does not make. Nothing but the tools' own commands may need it. */
const link = join(project, 'node_modules/.bin/node');
let env: NodeJS.ProcessEnv;

/**
 * The project as npm 9 installs it, without node_modules/.bin/node, and an old Node first on PATH.
 */
beforeAll(() => {
  const withoutLink = join(project, 'node_modules');
  mkdirSync(join(withoutLink, '.bin'), { recursive: true });
  linkAll(join(root, 'node_modules'), withoutLink, ['.bin']);
  linkAll(join(root, 'node_modules/.bin'), join(withoutLink, '.bin'), ['node', 'dojang']);
  linkAll(root, project, ['node_modules', '.git', '.dojang', 'bin', 'cdk.out', 'package.json']);
  for (const name of ['bin', 'package.json']) cpSync(join(root, name), join(project, name), { recursive: true });
  const inherited = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules'));
  env = { ...process.env, PATH: [oldNodeIn(join(folder, 'old')), ...inherited].join(delimiter) };
  expect(run('npm', 'run', 'postinstall').status).toBe(0);
  renameSync(link, `${link}-kept`);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('with a Node that is too old, and no link to the one of the project', () => {
  it('npm start runs in the Node of the project', () => {
    const { status, text } = run('npm', 'start', '--', '--dry-run');
    expect(text).not.toContain('ERR_UNKNOWN_FILE_EXTENSION');
    expect(text).toMatch(/Node 24\.\d+\.\d+ \(.*node-linux-\w+\/bin\/node\), because Node 20\.1\.0 is too old/);
    expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('aws-addresses') });
  });

  it('so does npx dojang, which npm ci links', () => {
    expect(run('npx', 'dojang', '--version')).toMatchObject({ status: 0, text: expect.stringMatching(/^0\.\d+\.\d+$/m) });
  });

  it('so does the CDK app', () => {
    const { status, text } = run('npx', 'cdk', 'ls');
    expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining('dojang-prod-addresses') });
  });

  it('so do the stand-ins that other programs start', () => {
    const { status, text } = run('scripts/local/hosts/bin/gcloud', 'nonsense');
    expect(text).not.toContain('ERR_UNKNOWN_FILE_EXTENSION');
    expect(status).toBe(2);
  });
});

it('npm ci makes the link that npm 9 does not make, for the tools that are called by themselves', () => {
  expect(run(`${link}-kept`, '--version').text).toMatch(/^v24\./);
});

describe('the launcher', () => {
  const launch = join(root, 'bin/launch.mjs');
  const script = (text: string) => {
    const file = join(folder, `script-${Math.random().toString(36).slice(2)}.mjs`);
    writeFileSync(file, text);
    return file;
  };

  it('gives the arguments and the exit code through, and puts its Node first on PATH', () => {
    const { status, text } = run(
      'node',
      launch,
      script('console.log(process.version, ...process.argv.slice(2)); process.exit(7)'),
      'a',
      '-b',
    );
    expect({ status, text }).toMatchObject({ status: 7, text: expect.stringMatching(/^v24\.\d+\.\d+ a -b$/m) });
    const { text: path } = run('node', launch, script('console.log(process.env.PATH)'));
    expect(path).toMatch(/^[^:]*node-[-\w]+\/bin:/m);
  });

  it('runs the program itself when its Node is new enough, and says nothing of it', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [launch, script('console.log(process.ppid, process.argv[2])'), 'word'], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: `${process.pid} word\n`, stderr: '' });
  });

  it('passes signals on, and ends as the program ends', async () => {
    const program = script(`process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready')`);
    const child = spawn('node', [launch, program], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break;
    child.kill('SIGTERM');
    expect(await ended).toBe(9);
  });

  it('says what to do when there is no Node to be had', () => {
    const empty = join(folder, 'empty');
    cpSync(join(root, 'bin'), join(empty, 'bin'), { recursive: true });
    const { status, text } = run('node', join(empty, 'bin/dojang.mjs'), 'up');
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringMatching(/Node 20\.1\.0 is too old.*\n {2}Next: npm ci/) });
  });
});

function run(command: string, ...args: string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, env, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}

function linkAll(from: string, to: string, without: readonly string[]): void {
  for (const name of readdirSync(from)) if (!without.includes(name)) symlinkSync(join(from, name), join(to, name));
}
