/** A release of the API, fetched and unpacked beside the others. Nothing that serves is touched. */
import { quoted, text } from '../../host/bash/bash-template.ts';
import { units } from '../../host/paths.ts';
import { apiHome } from '../../host/slots/state.ts';
import { artifactKey } from '../artifact.ts';
import { pruneFunctions } from './prune.ts';
import { type HostScript, hostScript, releaseFolder } from './script.ts';

export interface PrepareOptions {
  readonly digest: string;
  /** The artifact bucket and its region. */
  readonly bucket: string;
  readonly region: string;
}

/** KiB that stay free beside a release: logs go on, and MySQL has a volume of its own. */
const spareKib = 64 * 1024;

/**
 * Outcome `current` when this release serves, healthy and with the settings of now; else
 * `prepared`. What is older than the last few goes first, and room is checked before the download
 * and before it is unpacked; a run that fails leaves nothing of its own behind.
 */
export function prepareScript({ digest, bucket, region }: PrepareOptions): HostScript {
  const release = releaseFolder(digest);
  const object = [bucket, artifactKey({ app: 'api', digest }), region].map(quoted).join(' ');
  return hostScript(
    'prepare',
    300,
    text`
      ${pruneFunctions}
      ${bucketFunction}
      ${unpackFunction(digest)}
      if [ ! -e /etc/systemd/system/${units.api} ] || ! grep -qs api-upstream.conf /etc/nginx/dojang/site.conf; then
        echo "this host has no slots for the API yet: dojang provision makes them, and the API serves on meanwhile"
        exit 1
      fi
      release=${release}
      if serving=$(serving_slot); then
        # A release that an earlier dojang installed has its mark under the name of that time.
        current=$(release_of "$serving" || true)
        if [ -f "$current/.well" ]; then mv "$current/.well" "$current/.healthy"; fi
        if [ "$current" = "$release" ] && [ -f "$release/.healthy" ] && ! settings_differ "$serving" && systemctl is-active --quiet "$(unit_of "$serving")"; then
          report current ${digest}
          exit 0
        fi
      fi
      prune_releases "$release"
      if [ ! -f "$release/.complete" ]; then unpack ${object}; fi
      report prepared ${digest}
    `,
  );
}

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

/**
 * `tar` of a gzip file says in its last four bytes how much it holds. Each file takes whole blocks,
 * and the disk has folders to keep, hence a tenth more.
 */
function unpackFunction(digest: string): string {
  return text`
    # unpack BUCKET KEY REGION: what a killed run left is made anew
    unpack() {
      local size
      incoming=${apiHome}/.incoming
      trap 'rm -f "$incoming"; [ -f "$release/.complete" ] || rm -rf "$release"; say_serving' EXIT
      rm -rf "$release" "$incoming"
      size=$(from_bucket size "$@")
      make_room "$((size / 1024 + ${spareKib}))" "$release"
      from_bucket fetch "$@" "$incoming"
      echo "${digest}  $incoming" | sha256sum --check --quiet
      size=$(tail -c 4 "$incoming" | od -An -tu4 | tr -d ' ')
      make_room "$((size * 11 / 10240 + ${spareKib}))" "$release"
      install -d "$release"
      tar -xzf "$incoming" --no-same-owner -C "$release"
      rm -f "$incoming"
      sync --file-system "$release"
      touch "$release/.complete"
    }
  `;
}
