/** A release, fetched and unpacked beside the others. Nothing that serves is touched. */
import { quoted, text } from '../../host/bash/bash-template.ts';
import { lines } from '../../host/bash/files.ts';
import { units } from '../../host/paths.ts';
import { type App, artifactKey } from '../artifact.ts';
import { stepSeconds } from '../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from './script.ts';
import { requireSettings } from './settings.ts';

/** KiB that stay free beside a release: logs go on, and MySQL has a volume of its own. */
const spareKib = 64 * 1024;

/**
 * How much more room a release takes than its files: each takes whole blocks, and folders take room
 * too. Packages of Python are compressed in it, and are installed before it is complete.
 */
const growth: Readonly<Record<App, number>> = { web: 1.1, api: 1.1, ai: 6 };

/**
 * Outcome `current` when this release serves, healthy and with the settings of now; else
 * `unpacked`. Room is checked before the download and before it is unpacked, and old releases make
 * it; a run that fails leaves nothing of its own behind.
 */
export function unpackScript(component: App, { digest, bucket, region }: HostReleaseOptions): HostScript {
  const object = [bucket, artifactKey({ app: component, digest }), region].map(quoted).join(' ');
  return hostScript({
    step: 'unpack',
    component,
    digest,
    seconds: stepSeconds.unpack,
    body: lines(
      bucketFunction,
      prepare[component],
      text`
        clean_up() {
          rm -f "$home/.incoming"
          if [ ! -f "$release/.complete" ]; then rm -rf "$release"; fi
        }
        trap 'clean_up || true; say_serving' EXIT
        # unpack BUCKET KEY REGION: what a killed run left is made anew
        unpack() {
          local size incoming=$home/.incoming
          rm -rf "$release" "$incoming"
          size=$(from_bucket size "$@")
          make_room "$((size / 1024 + ${spareKib}))" "$release"
          from_bucket fetch "$@" "$incoming"
          echo "${digest}  $incoming" | sha256sum --check --quiet
          # tar of a gzip file says in its last four bytes how much it holds.
          size=$(tail -c 4 "$incoming" | od -An -tu4 | tr -d ' ')
          make_room "$((size * ${growth[component] * 10} / 10240 + ${spareKib}))" "$release"
          install -d "$release"
          tar -xzf "$incoming" --no-same-owner -C "$release"
          rm -f "$incoming"
          prepare_release
          sync --file-system "$release"
          touch "$release/.complete"
        }
        if [ ! -f "$release/.complete" ]; then unpack ${object}; fi
      `,
      component === 'api' ? requireSettings : undefined,
      text`
        if [ "$(serving_release || true)" = "$release" ] && good "$release" && ${isCurrent[component]}; then
          report current ${digest}
        else
          report unpacked ${digest}
        fi
      `,
    ),
  });
}

/** Beside that the release serves and is good. */
const isCurrent: Readonly<Record<App, string>> = {
  web: 'true',
  api: 'slot_active "$(serving_slot)" "$release"',
  ai: `systemctl is-active --quiet ${units.ai}`,
};

const bucketFunction = text`
  # from_bucket size|fetch BUCKET KEY REGION [FILE]
  from_bucket() {
    python3 - "$@" <<'BUCKET'
  import sys, boto3
  action, bucket, key, region = sys.argv[1:5]
  s3 = boto3.client("s3", region_name=region)
  if action == "size":
      print(s3.head_object(Bucket=bucket, Key=key)["ContentLength"])
  else:
      s3.download_file(bucket, key, sys.argv[5])
  BUCKET
  }
`;

/** What a release needs beside its files, as a bash function. */
const prepare: Readonly<Record<App, string>> = {
  api: text`
    prepare_release() { :; }
  `,
  web: text`
    # What the release itself brought: an open page of it asks for these when it is replaced.
    prepare_release() {
      (cd "$release" && if [ -d assets ]; then find assets -type f >.own; fi)
    }
  `,
  // The packages lie in the release; nothing is fetched.
  ai: text`
    prepare_release() {
      python3 -m venv "$release/venv"
      "$release/venv/bin/python" -m pip install --quiet --no-index --no-deps --require-hashes --disable-pip-version-check \
        --find-links "$release/wheels" --requirement "$release/requirements.txt"
      cp -r "$release/dojang_ai" "$("$release/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
      rm -rf "$release/wheels"
    }
  `,
};
