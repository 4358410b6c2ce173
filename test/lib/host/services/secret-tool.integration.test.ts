/** The reader of secrets, with a Systems Manager that is a file of Python. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { parametersIn } from '../../../../lib/host/services/secret-tool.ts';
import { bash, type Said } from '../bash.ts';
import { local, localFacts, stepOf } from '../recipes.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-secret-'));
const tool = join(folder, 'secret');
const values = join(folder, 'values.json');

beforeAll(() => {
  const { definitions } = stepOf(hostRecipe(local, 'aws', localFacts), 'secret-tool');
  writeFileSync(tool, bash(`${definitions}\ntext_of__usr_local_lib_dojang_secret`).stdout);
  mkdirSync(join(folder, 'botocore'));
  writeFileSync(join(folder, 'botocore/__init__.py'), '');
  writeFileSync(join(folder, 'botocore/config.py'), 'class Config:\n    def __init__(self, **given):\n        pass\n');
  writeFileSync(
    join(folder, 'botocore/exceptions.py'),
    'class BotoCoreError(Exception):\n    pass\n\n\nclass ClientError(Exception):\n    pass\n',
  );
  writeFileSync(
    join(folder, 'boto3.py'),
    `import json


class Client:
    def get_parameters(self, Names, WithDecryption):
        assert WithDecryption and len(Names) <= 10
        with open(${JSON.stringify(values)}) as file:
            known = json.load(file)
        return {"Parameters": [{"Name": name, "Value": known[name]} for name in Names if name in known]}


def client(service, **given):
    assert service == "ssm" and given["region_name"] == "ap-northeast-2"
    return Client()
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

type Values = Readonly<Record<string, string>>;

function secret(args: string, input = '', known: Values = {}, settings: Values = {}): Said {
  writeFileSync(values, JSON.stringify(known));
  return bash(`python3 ${tool} ${args}`, { ...settings, PYTHONPATH: folder }, input);
}

describe('the reader of secrets', () => {
  it('prints one that is asked for', () =>
    expect(secret('get /a/b', '', { '/a/b': 'x\n' })).toEqual({ code: 0, stdout: 'x\n', stderr: '' }));

  it('fills a text, however many there are', () => {
    const names = Array.from({ length: 25 }, (_, index) => `/a/${index}`);
    const known = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
    const { stdout } = secret('fill', names.map((name) => `{{${name}}}`).join('\n'), known);
    expect(stdout.split('\n')).toEqual(Object.values(known));
  });

  it('names what is missing and prints nothing else', () => {
    expect(secret('fill', 'a={{/a}} b={{/b}}', { '/a': 'hidden' })).toEqual({ code: 1, stdout: '', stderr: 'no parameter /b\n' });
  });

  it('keeps a value whole in a settings file, whatever is in it', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(value, (given) => {
        const { stdout } = secret('fill', 'NAME={{env /a}}', { '/a': given });
        expect(bash(`${stdout}\nprintf '%s' "$NAME"`).stdout).toBe(given);
      }),
      { numRuns: 25 },
    );
  });

  it('lets no value end its literal', () => {
    const { stdout } = secret('fill', '{{sql /a}} {{cnf /a}}', { '/a': `a'b"c\\` });
    expect(stdout).toBe(`'a\\'b"c\\\\' "a'b\\"c\\\\"`);
  });

  it('asks once for what a whole run needs: what was read is not asked for again', () => {
    const read = join(folder, 'read.json');
    writeFileSync(read, secret('fetch /b /a /c', '', { '/a': 'first', '/b': 'second' }).stdout);
    expect(JSON.parse(readFileSync(read, 'utf8'))).toEqual({ '/a': 'first', '/b': 'second' });
    const again = (input: string) => secret('fill', input, { '/a': 'changed', '/c': 'third' }, { SECRETS_READ: read });
    expect(again('{{/a}} {{/b}}')).toEqual({ code: 0, stdout: 'first second', stderr: '' });
    expect(again('{{/a}} {{/c}}').stdout).toBe('changed third');
    expect(again('{{/b}} {{/c}}').stderr).toBe('no parameter /b\n');
  });

  it.each(['', '{"/a": "fir', 'missing file'])('asks itself where nothing useful was read before: %j', (content) => {
    const read = join(folder, content === 'missing file' ? 'none.json' : 'half.json');
    if (content !== 'missing file') writeFileSync(read, content);
    expect(secret('get /a', '', { '/a': 'x' }, { SECRETS_READ: read })).toEqual({ code: 0, stdout: 'x\n', stderr: '' });
  });

  it('finds the names in a script', () => expect(parametersIn('{{env /b/c}} {{/a}} {{cnf /b/c}} {{b}}')).toEqual(['/a', '/b/c']));

  it('says how it is used', () =>
    expect(secret(quoted('put')).stderr).toBe('usage: secret get NAME | secret fill | secret fetch NAME...\n'));
});
