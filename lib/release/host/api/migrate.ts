/** Migrations of the database that a release of the API brings. */
import { quoted, text } from '../../../host/bash/bash-template.ts';
import { paths } from '../../../host/paths.ts';
import { apiSettingsFile } from '../../../host/slots/state.ts';
import { noMetadata } from '../../../host/system/metadata-address.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/** Where the password lies during a migration; a run that was killed left its file. */
const settings = '/run/dojang-migrate';

/**
 * The password is read on the host, from Systems Manager, into a file that only root can read and
 * that is gone afterwards. The migration runs as a user of its own: as that of the API, which may
 * read the memory of its other processes, it would show it the account that alters tables.
 */
export function migrateScript({ digest, migratePassword }: Pick<HostReleaseOptions, 'digest' | 'migratePassword'>): HostScript {
  return hostScript({
    step: 'migrate',
    component: 'api',
    digest,
    seconds: stepSeconds.migrate,
    body: text`
      rm -f ${settings}.*
      trap 'rm -f ${settings}.*; say_serving' EXIT
      settings=$(mktemp ${settings}.XXXXXX)
      grep -vE '^MYSQL_(USER|PASSWORD)=' ${apiSettingsFile} > "$settings"
      printf 'MYSQL_USER=migrate\nMYSQL_PASSWORD=%s\n' "$(${paths.tools}/secret get ${quoted(migratePassword)})" >> "$settings"
      systemd-run --quiet --wait --pipe --collect --property=DynamicUser=yes --property=EnvironmentFile="$settings" \
        '--property=${noMetadata}' \
        --property=RuntimeMaxSec=${stepSeconds.migrate} \
        "$release/bin/node" "$release/migrate.js" </dev/null
      report migrated ${digest}
    `,
  });
}
