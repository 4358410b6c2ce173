/** What a script is put into before it is sent to a host, whichever way it goes there. */
import { gzipSync } from 'node:zlib';
import { DojangError } from '../../lib/errors/dojang-error.ts';
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

/**
 * A bash script that runs `script` by bash with nothing on its standard input, ends it with all its
 * children at the limit, and passes on its exit status and its output; of a long output both ends,
 * since an error is at the end.
 * @throws DojangError `script-too-long` when it is too long even packed.
 */
export function wrapScript(script: string, limitSeconds: number): string {
  const whole = [before, unpack(script), run(limitSeconds)].join('\n');
  if (Buffer.byteLength(JSON.stringify(whole)) <= longest) return whole;
  throw new DojangError('script-too-long', `a script of ${Math.ceil(script.length / 1024)} KB is too long to be sent to a host`, {
    why: `Packed it still has more than ${longest / 1024} KB, of which Systems Manager takes 64.`,
    next: 'send it in parts, or put what it carries into an artifact',
  });
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
  const packed = gzipSync(script, { level: 9 })
    .toString('base64')
    .replaceAll(/.{120}/g, '$&\n');
  return heredoc('{ base64 -d | gzip -d; } >"$work/script"', packed);
}

function run(limitSeconds: number): string {
  return `timeout --kill-after=${endsWithin} ${Math.ceil(limitSeconds)} /bin/bash "$work/script" >"$work/out" 2>"$work/err" </dev/null
code=$?
show "$work/out" ${outputLimits.stdout}
show "$work/err" ${outputLimits.stderr} >&2
exit "$code"
`;
}
