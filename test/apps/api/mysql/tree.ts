/** Where the tests' MySQL comes from: the machine's own `mysqld`, or the packages in the image of the embedded hosts. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { remove } from '../../../../scripts/io/state.ts';
import { hostImage } from '../../../../scripts/local/hosts/image.ts';
import { packagesFolder } from '../../../../scripts/local/hosts/image-recipe.ts';

/** The words before the arguments of `mysqld`. */
export interface Mysqld {
  readonly command: string;
  readonly args: readonly string[];
}

/** @throws when there is none, and no image can be made either */
export async function findMysqld(): Promise<Mysqld> {
  const installed = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].map((each) => join(each, 'mysqld')).find(existsSync);
  return installed ? { command: installed, args: ['--no-defaults'] } : inTree(await mysqlTree());
}

/** Run by the loader and with the libraries of its own tree, so it needs neither root nor the same distribution. */
function inTree({ program, roots }: Tree): Mysqld {
  const libraries = roots.flatMap((root) => [join(root, 'usr/lib', triple), join(root, 'usr/lib')]);
  const loader = roots.map((root) => join(root, loaderPath)).find(existsSync) ?? loaderPath;
  const share = join(program, 'usr/share/mysql');
  return {
    command: loader,
    args: [
      '--library-path',
      libraries.join(':'),
      join(program, 'usr/sbin/mysqld'),
      '--no-defaults',
      `--basedir=${join(program, 'usr')}`,
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${join(share, 'charsets')}`,
    ],
  };
}

interface Tree {
  /** What holds usr/sbin/mysqld. */
  readonly program: string;
  /** Where its libraries are, the first first. */
  readonly roots: readonly string[];
}

const triple = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const loaderPath = process.arch === 'arm64' ? 'usr/lib/ld-linux-aarch64.so.1' : 'usr/lib64/ld-linux-x86-64.so.2';

/** The image of the embedded hosts, and beside it the packages of MySQL unpacked; made once for each image. */
async function mysqlTree(): Promise<Tree> {
  const image = await hostImage(() => {});
  const program = join(dirname(image), 'mysql');
  if (!existsSync(program)) unpack(join(image, packagesFolder), program);
  return { program, roots: [program, image] };
}

/** Made under another name first: killed half-way, it is not there. */
function unpack(folder: string, program: string): void {
  const draft = `${program}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const file of packagesOf(readFileSync(join(folder, 'Packages'), 'utf8')))
    execFileSync('dpkg-deb', ['-x', join(folder, file), draft]);
  try {
    renameSync(draft, program);
  } catch (error) {
    remove(draft);
    if (!existsSync(program)) throw error;
  }
}

/** The files of the server's package and of the libraries that it needs, as far as they are not in the image anyway. */
function packagesOf(index: string): string[] {
  const field = (text: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const all = new Map(index.split('\n\n').map((each) => [field(each, 'Package'), each]));
  const wanted = ['mysql-server-core'];
  for (const name of wanted) {
    const needed = field(all.get(name) ?? '', 'Depends').match(/\blib[\w.+-]+/g) ?? [];
    wanted.push(...needed.filter((each) => all.has(each) && !wanted.includes(each)));
  }
  return wanted.map((name) => field(all.get(name) ?? '', 'Filename'));
}
