/** A folder with an `apt-get` that answers what a test wants, and what the code beside it calls. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Answer {
  /** @default 0 */
  readonly code?: number;
  readonly text: string;
}

const program = `
case " $* " in
  *" --print-uris "*)
    for name in "$@"; do
      case "$name" in -*|install) continue;; esac
      size=$(cat "$FOLDER/size-$name") || exit 100
      echo "'http://deb/$name.deb' $name.deb $size SHA256:00"
    done | sort -u
    for name in "$@"; do case "$name" in -*|install) ;; *) [ -e "$FOLDER/size-$name" ] || exit 100;; esac; done
    exit 0;;
esac
echo "$* DEBIAN_FRONTEND=$DEBIAN_FRONTEND" >>"$CALLS"
case " $* " in *" update "*) verb=update;; *) verb=install;; esac
number=$(cat "$FOLDER/$verb-count" 2>/dev/null || echo 0)
echo $((number + 1)) >"$FOLDER/$verb-count"
[ -e "$FOLDER/$verb-$number.sh" ] || exit 0
. "$FOLDER/$verb-$number.sh"
`;

export class FakeApt {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-apt-'));

  constructor() {
    this.writeProgram('apt-get', program);
    for (const name of ['env', 'sh', 'cat', 'sort']) symlinkSync(join('/usr/bin', name), join(this.folder, name));
  }

  /** What each verb answers, call by call; nothing more, with success, after those. */
  answers(verbs: Readonly<Record<string, readonly Answer[]>>): void {
    for (const [verb, answers] of Object.entries(verbs)) {
      for (const [index, { code = 0, text }] of answers.entries()) {
        writeFileSync(join(this.folder, `${verb}-${index}.sh`), `cat <<'END'\n${text}\nEND\nexit ${code}\n`);
      }
    }
  }

  /** The packages that apt knows, with the bytes of each. */
  sizes(packages: Readonly<Record<string, number>>): void {
    for (const [name, size] of Object.entries(packages)) writeFileSync(join(this.folder, `size-${name}`), String(size));
  }

  writeProgram(name: string, body: string): void {
    const file = join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\nFOLDER='${this.folder}'\nCALLS='${join(this.folder, 'calls')}'\n${body}`);
    chmodSync(file, 0o755);
  }

  /** The arguments of each installation and each renewal of the lists, in turn. */
  calls(): string[] {
    const file = join(this.folder, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
