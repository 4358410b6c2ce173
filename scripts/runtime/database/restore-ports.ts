/** What a restore needs of the world. */
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import { projectHooks } from '../../io/hooks/hooks.ts';
import { operator } from '../../io/operator.ts';
import { requireHosts } from '../clouds/hosts.ts';
import type { Clouds, Context } from '../context.ts';
import { environmentNotifier } from '../notifier.ts';
import type { RestoreAudience } from './restore-notices.ts';

export interface RestorePorts extends RestoreAudience {
  readonly aws: Pick<Clouds['aws'], 'outputs' | 'dumpStore'>;
  readonly shell: HostShell;
}

export function restorePorts(context: Context, clouds: Clouds): RestorePorts {
  return {
    aws: clouds.aws,
    shell: requireHosts(clouds).shell,
    notifier: environmentNotifier(context, clouds),
    hooks: projectHooks({ note: context.report.note }),
    who: operator(),
  };
}
