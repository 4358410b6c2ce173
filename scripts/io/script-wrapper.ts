/** What a script is put into before it is sent to a host, whichever way it goes there. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { heredoc } from '../../lib/host/bash/bash-template.ts';

/**
 * Of each stream, a little less than what Systems Manager keeps (24,000 and 8,000 characters, of
 * which it keeps the first).
 */
export const outputLimits = { stdout: 23_500, stderr: 7_500 } as const;

/**
 * From here on a script is packed: what is read in the record of a run should be short or readable.
 */
const readable = 20 * 1024;
/**
 * Systems Manager takes documents of 64 KB; "this quota also includes the content specified for
 * input parameters at runtime".
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html#systemsmanager-CreateDocument-request-Content
 */
const longest = 60 * 1024;

/** Exit status of a script that ran into its limit, as `timeout` answers. */
export const timedOut = 124;
/** Seconds that a script has to end by itself when its limit is reached. */
export const endsWithin = 10;

/** Characters of base64 in one part of a script that is too long for one command. */
const partLength = 45 * 1024;

/**
 * A bash script that runs `script` by bash with nothing on its standard input, ends it with all its
 * children at the limit, and passes on its exit status and its output; of a long output both ends,
 * since an error is at the end.
 */
export function wrapScript(script: string, limitSeconds: number): string {
  return [before, unpack(script), run(limitSeconds)].join('\n');
}

/**
 * As `wrapScript`, in as many scripts as Systems Manager needs: those before the last one leave
 * their part in a folder of its own that only root can read, and the last one takes it from there.
 * What commands left that were ended in between is removed by the next one, and by a boot.
 * @param top where the folders of scripts are
 */
export function wrapInParts(script: string, limitSeconds: number, top = '/run/dojang-scripts'): readonly string[] {
  const whole = wrapScript(script, limitSeconds);
  if (Buffer.byteLength(JSON.stringify(whole)) <= longest) return [whole];
  const base64 = packed(script);
  // Another for each time that a script is sent.
  const folder = `${top}/${randomUUID()}`;
  const parts = Array.from({ length: Math.ceil(base64.length / partLength) }, (_, index) =>
    leavePart({ top, folder }, index, base64.slice(index * partLength, (index + 1) * partLength)),
  );
  return [...parts, [before, takeParts(folder, parts.length), run(limitSeconds)].join('\n')];
}

/** Names of parts sort as their numbers do. */
const partName = (index: number) => String(index).padStart(4, '0');

interface Folders {
  readonly top: string;
  readonly folder: string;
}

function leavePart({ top, folder }: Folders, index: number, part: string): string {
  const file = `${folder}/${partName(index)}`;
  return `#!/bin/bash
set -e
umask 077
mkdir -p ${folder}
find ${top} -mindepth 1 -maxdepth 1 -mmin +60 -exec rm -rf {} +
${heredoc(`cat >${file}.new`, part.replaceAll(/.{120}/g, '$&\n'))}
mv -f ${file}.new ${file}
`;
}

function takeParts(folder: string, count: number): string {
  return `if [ "$(find ${folder} -name '[0-9][0-9][0-9][0-9]' | wc -l)" != ${count} ]; then
  echo "a part of the script is missing in ${folder}" >&2
  exit 1
fi
cat ${folder}/[0-9][0-9][0-9][0-9] | base64 -d | gzip -d >"$work/script" || exit 1
rm -rf ${folder}`;
}

const before = `#!/bin/bash
cd /
work=$(mktemp -d -t dojang-XXXXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
show() {
  local size
  size=$(wc -c <"$1")
  if [ "$size" -le "$2" ]; then
    cat "$1"
  else
    head -c $(($2 / 2)) "$1"
    printf '\\n... %s bytes left out ...\\n' $((size - $2 / 2 * 2))
    tail -c $(($2 / 2)) "$1"
  fi
}`;

/** Systems Manager puts parameters in the place of \`{{...}}\`; packed, there is none. */
function unpack(script: string): string {
  if (Buffer.byteLength(script) <= readable && !script.includes('{{')) return heredoc('cat >"$work/script"', script);
  return heredoc('{ base64 -d | gzip -d; } >"$work/script"', packed(script).replaceAll(/.{120}/g, '$&\n'));
}

const packed = (script: string) => gzipSync(script, { level: 9 }).toString('base64');

function run(limitSeconds: number): string {
  return `timeout --kill-after=${endsWithin} ${Math.ceil(limitSeconds)} /bin/bash "$work/script" >"$work/out" 2>"$work/err" </dev/null
code=$?
show "$work/out" ${outputLimits.stdout}
show "$work/err" ${outputLimits.stderr} >&2
exit "$code"
`;
}
