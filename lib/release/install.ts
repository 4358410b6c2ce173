/** Putting one release on its host, as a bash script: fetch, unpack, prepare, switch, see that it is well, or take it back. */
import { places, ports, units } from '../host/places.ts';
import { type App, artifactKey, shortDigest } from './artifact.ts';

export interface InstallOptions {
  readonly digest: string;
  /** The artifact bucket and its region. */
  readonly bucket: string;
  readonly region: string;
  /** SSM parameter with the password of the account that may alter tables; `api` only. */
  readonly migratePassword?: string;
}

/** Releases that stay on the host beside the current one. */
const kept = 4;

/**
 * The script for one application. Run twice it changes nothing; killed anywhere, the next run starts what was not complete anew.
 * A new release that does not become well within a minute is taken back, and the script fails.
 * Its last line is `release<TAB>app<TAB>outcome<TAB>short digest`, outcome being `current`, `installed` or `taken-back`.
 */
export function installScript(app: App, options: InstallOptions): string {
  return [
    head(app, options),
    unpack(app, options),
    ...(app === 'api' ? [migrate(options)] : []),
    ...(app === 'web' ? [keepAssets] : []),
    switchOver,
    ...(app === 'web' ? [] : [wellOrBack(app)]),
    tidy,
    `printf 'release\\t%s\\t%s\\t%s\\n' ${app} "$outcome" ${shortDigest(options.digest)}`,
    '',
  ].join('\n');
}

function head(app: App, { digest }: InstallOptions): string {
  return `set -euo pipefail
umask 022
home=${places.releases}/${app}
release=$home/releases/${digest}
install -d "$home/releases"
exec 9>"$home/.lock"
flock -w 300 9
previous=$(readlink -f "$home/current" || true)
outcome=installed`;
}

/** A release is never current before it is complete, so it is made in its own place. What a killed run left is made anew. */
function unpack(app: App, { digest, bucket, region }: InstallOptions): string {
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
  rm -f "$file"${app === 'ai' ? environment : ''}
  touch "$release/.complete"
fi`;
}

/** The packages lie in the release; nothing is fetched. */
const environment = `
  python3 -m venv "$release/venv"
  "$release/venv/bin/python" -m pip install --quiet --no-index --no-deps --disable-pip-version-check \\
    --find-links "$release/wheels" --requirement "$release/requirements.txt"
  cp -r "$release/dojang_ai" "$("$release/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
  rm -rf "$release/wheels"`;

/** The password is read on the host, from Systems Manager, into a file that only root can read and that is gone afterwards. */
function migrate({ migratePassword = '' }: InstallOptions): string {
  return `
settings=$(mktemp /run/dojang-migrate.XXXXXX)
trap 'rm -f "$settings"' EXIT
grep -vE '^MYSQL_(USER|PASSWORD)=' ${places.settings}/api.env > "$settings"
printf 'MYSQL_USER=migrate\\nMYSQL_PASSWORD=%s\\n' "$(${places.tools}/secret get ${quoted(migratePassword)})" >> "$settings"
systemd-run --quiet --wait --pipe --collect --property=User=dojang-api --property=EnvironmentFile="$settings" \\
  "$release/bin/node" "$release/migrate.js" </dev/null`;
}

/** A page that is open still asks for the files it was built with. */
const keepAssets = `
if [ -d "$previous/assets" ] && [ "$previous" != "$release" ]; then
  cp --recursive --link --no-clobber "$previous/assets/." "$release/assets/" || true
fi`;

const switchOver = `
switch() {
  ln -sfn "releases/$(basename "$1")" "$home/.next"
  mv -T "$home/.next" "$home/current"
}
if [ "$previous" = "$release" ]; then outcome=current; else switch "$release"; fi`;

function wellOrBack(app: 'api' | 'ai'): string {
  const question = app === 'api' ? `http://127.0.0.1:${ports.api}/health/readiness` : `http://127.0.0.1:${ports.ai}/health`;
  return `
well() {
  for _ in $(seq 60); do
    if curl --fail --silent --max-time 5 --output /dev/null ${question}; then return 0; fi
    sleep 1
  done
  return 1
}
if [ "$outcome" = installed ] || ! systemctl is-active --quiet ${units[app]}; then systemctl restart ${units[app]}; fi
if ! well; then
  echo "${app} did not become well within a minute; the end of its log:"
  journalctl --unit ${units[app]} --lines 15 --no-pager --output cat || true
  if [ "$outcome" = installed ] && [ -f "$previous/.complete" ]; then
    switch "$previous"
    systemctl restart ${units[app]}
    well || true
    printf 'release\\t%s\\ttaken-back\\t%s\\n' ${app} "$(basename "$previous" | cut -c1-12)"
  fi
  exit 1
fi`;
}

/** The newest few stay, for the way back. */
const tidy = `
find "$home/releases" -mindepth 1 -maxdepth 1 -type d ! -path "$release" -printf '%T@ %p\\n' |
  sort -rn | tail -n +${kept + 1} | cut -d' ' -f2- | while read -r old; do rm -rf "$old"; done`;

/** Bucket and parameter names have no quote in them; a word that has would not be one. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
