/**
 * Putting one release of the web or the AI server on its host, as a bash script: fetch, unpack,
 * prepare, switch, see that it is healthy, or roll back. The API has scripts of its own (host/).
 */
import { quoted } from '../host/bash/bash-template.ts';
import { paths, ports, units } from '../host/paths.ts';
import { readinessFunctions } from '../host/services/readiness.ts';
import { type App, artifactKey, shortDigest } from './artifact.ts';

export interface InstallOptions {
  readonly digest: string;
  /** The artifact bucket and its region. */
  readonly bucket: string;
  readonly region: string;
}

/** What is installed in one place, in one script. */
export type InstalledApp = Exclude<App, 'api'>;

/** Releases that stay on the host beside the current one. */
const kept = 4;

/**
 * The script for one application. Run twice it changes nothing; killed anywhere, the next run
 * starts what was not complete anew and still knows the way back: to the last release that was seen
 * healthy. A new one that is not healthy within a minute is rolled back, and the script fails. Its
 * last line is `release<TAB>app<TAB>outcome<TAB>short digest<TAB>note`, outcome being `current`,
 * `installed`, `rolled-back` or, where there is nothing to go back to, `unhealthy`.
 */
export function installScript(app: InstalledApp, options: InstallOptions): string {
  return [
    head(app, options),
    unpack(app, options),
    ...(app === 'web' ? [keepAssets] : []),
    switchOver,
    ...(app === 'web' ? [] : [healthyOrRollBack(app)]),
    'touch "$release/.healthy"',
    tidy,
    `printf 'release\\t%s\\t%s\\t%s\\t%s\\n' ${app} "$outcome" ${shortDigest(options.digest)} "$note"`,
    '',
  ].join('\n');
}

function head(app: InstalledApp, { digest }: InstallOptions): string {
  return `set -euo pipefail
umask 022
home=${paths.releases}/${app}
release=$home/releases/${digest}
install -d "$home/releases"
exec 9>"$home/.lock"
flock -w 300 9
current=$(readlink -e "$home/current" || true)
# A run that was killed may have left one current that was never seen healthy.
back=$current
# A release that an earlier dojang installed has its mark under the name of that time.
if [ -n "$current" ] && [ -f "$current/.well" ]; then mv "$current/.well" "$current/.healthy"; fi
if [ -n "$current" ] && [ ! -f "$current/.healthy" ]; then back=$(readlink -e "$home/.back" || true); fi
outcome=installed
note=`;
}

/**
 * A release is never current before it is complete, so it is made in its own place. What a killed
 * run left is made anew.
 */
function unpack(app: InstalledApp, { digest, bucket, region }: InstallOptions): string {
  return `
if [ ! -f "$release/.complete" ]; then
  rm -rf "$release"
  install -d "$release"
  file=$home/.incoming
  python3 - ${quoted(bucket)} ${quoted(artifactKey({ app, digest }))} "$file" ${quoted(region)} <<'FETCH'
import sys, boto3
bucket, key, file, region = sys.argv[1:]
boto3.client("s3", region_name=region).download_file(bucket, key, file)
FETCH
  echo "${digest}  $file" | sha256sum --check --quiet
  tar -xzf "$file" --no-same-owner -C "$release"
  rm -f "$file"${app === 'ai' ? environment : ''}${app === 'web' ? ownAssets : ''}
  touch "$release/.complete"
fi`;
}

/** The packages lie in the release; nothing is fetched. */
const environment = `
  python3 -m venv "$release/venv"
  "$release/venv/bin/python" -m pip install --quiet --no-index --no-deps --require-hashes --disable-pip-version-check \\
    --find-links "$release/wheels" --requirement "$release/requirements.txt"
  cp -r "$release/dojang_ai" "$("$release/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
  rm -rf "$release/wheels"`;

/** What the release itself brought. */
const ownAssets = `
  (cd "$release" && if [ -d assets ]; then find assets -type f > .own; fi)`;

/**
 * A page that is open still asks for the files it was built with: those of the release before, not
 * all that it inherited.
 */
const keepAssets = `
if [ -f "$back/.own" ] && [ "$back" != "$release" ]; then
  (cd "$back" && xargs -r -d '\\n' cp --parents --link --no-clobber -t "$release" < .own) || true
fi`;

const switchOver = `
switch() {
  ln -sfn "releases/$(basename "$1")" "$home/.next"
  mv -T "$home/.next" "$home/current"
}
if [ "$current" = "$release" ] && [ -f "$release/.healthy" ]; then
  outcome=current
else
  if [ -n "$back" ]; then ln -sfn "releases/$(basename "$back")" "$home/.back"; fi
  rm -f "$release/.healthy"
  switch "$release"
fi`;

function healthyOrRollBack(app: 'ai'): string {
  const question = `http://127.0.0.1:${ports.ai}/health`;
  // A unit that says by itself when it listens makes a restart fail where it never does; health
  // decides, and the way back is still ahead.
  return `
${readinessFunctions(app)}
healthy() {
  for _ in $(seq 60); do
    if curl --fail --silent --max-time 5 --output /dev/null ${question}; then return 0; fi
    sleep 1
  done
  ${withoutModel(question)}
}
adapt_readiness
if [ "$outcome" = installed ] || ! systemctl is-active --quiet ${units[app]}; then systemctl restart ${units[app]} || true; fi
if ! healthy; then
  echo "${app} was not healthy within a minute; the end of its log:"
  journalctl --unit ${units[app]} --lines 15 --no-pager --output cat || true
  if [ "$outcome" = installed ] && [ -n "$back" ] && [ "$back" != "$release" ]; then
    switch "$back"
    adapt_readiness
    systemctl restart ${units[app]} || true
    healthy || true
    printf 'release\\t%s\\trolled-back\\t%s\\n' ${app} "$(basename "$back" | cut -c1-12)"
  elif [ "$outcome" = installed ]; then
    printf 'release\\t%s\\tunhealthy\\n' ${app}
  fi
  exit 1
fi`;
}

/**
 * A server that answers in its own words that its model is away is not made better by an older
 * release.
 */
function withoutModel(question: string): string {
  return `note=$(curl --silent --max-time 5 ${question} | python3 -c 'import json, sys; print(json.load(sys.stdin)["reason"])' 2>/dev/null)`;
}

/** The newest few stay, and the way back. */
const tidy = `
find "$home/releases" -mindepth 1 -maxdepth 1 -type d ! -path "$release" -printf '%T@ %p\\n' |
  sort -rn | tail -n +${kept + 1} | cut -d' ' -f2- | while read -r old; do
    [ "$old" = "$back" ] || rm -rf "$old"
  done`;
