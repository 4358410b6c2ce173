/**
 * Programs of the packages in the image of the embedded hosts, unpacked beside it: for tests on
 * machines that do not have them installed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { remove } from '../scripts/io/state.ts';
import { hostImage } from '../scripts/local/hosts/image/image.ts';
import { packagesFolder } from '../scripts/local/hosts/image/image-recipe.ts';

export interface UnpackedProgram {
  /** What holds the files of the packages. */
  readonly program: string;
  /**
   * The words before the program's own: its loader, and the libraries of its own tree. So it needs
   * neither root nor the same distribution.
   */
  readonly loader: readonly [string, ...string[]];
}

const triple = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const loaderPath = process.arch === 'arm64' ? 'usr/lib/ld-linux-aarch64.so.1' : 'usr/lib64/ld-linux-x86-64.so.2';

/**
 * A package and what it needs of libraries, as far as they are not in the image anyway; unpacked
 * once for each image.
 */
export async function unpackedPackage(folder: string, name: string): Promise<UnpackedProgram> {
  const image = await hostImage(() => {});
  const program = join(dirname(image), folder);
  if (!existsSync(program)) unpack(join(image, packagesFolder), program, name);
  const roots = [program, image];
  const libraries = roots.flatMap((root) => [join(root, 'usr/lib', triple), join(root, 'usr/lib')]);
  const loader = roots.map((root) => join(root, loaderPath)).find(existsSync) ?? loaderPath;
  return { program, loader: [loader, '--library-path', libraries.join(':')] };
}

/** Made under another name first: killed half-way, it is not there. */
function unpack(folder: string, program: string, name: string): void {
  const draft = `${program}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const file of packagesOf(readFileSync(join(folder, 'Packages'), 'utf8'), name))
    execFileSync('dpkg-deb', ['-x', join(folder, file), draft]);
  try {
    renameSync(draft, program);
  } catch (error) {
    remove(draft);
    if (!existsSync(program)) throw error;
  }
}

function packagesOf(index: string, first: string): string[] {
  const field = (text: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const all = new Map(index.split('\n\n').map((each) => [field(each, 'Package'), each]));
  const wanted = [first];
  for (const name of wanted) {
    const needed = field(all.get(name) ?? '', 'Depends').match(/\blib[\w.+-]+/g) ?? [];
    wanted.push(...needed.filter((each) => all.has(each) && !wanted.includes(each)));
  }
  return wanted.map((name) => field(all.get(name) ?? '', 'Filename'));
}
