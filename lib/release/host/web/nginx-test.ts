/** nginx accepts its configuration, so that a reload or a restart does not end it. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostScript, hostScript } from '../script.ts';

/** Outcome `tested`. */
export function nginxTestScript(): HostScript {
  return hostScript({
    step: 'nginx-test',
    component: 'web',
    seconds: stepSeconds['nginx-test'],
    body: text`
      nginx -t 2>&1
      report tested -
    `,
  });
}
