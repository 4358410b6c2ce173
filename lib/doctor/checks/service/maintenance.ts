/** Whether visitors get the maintenance page: it is easily forgotten. */
import { text } from '../../../host/bash/bash-template.ts';
import { maintenanceText } from '../../../host/maintenance/state.ts';
import { maintenanceTool } from '../../../host/maintenance/tool.ts';
import { failed, type HostCheck, ok, type Verdict, warning } from '../../check.ts';
import type { Facts } from '../../facts.ts';

export function maintenanceCheck(environment: string): HostCheck {
  return {
    id: 'maintenance',
    from: 'aws',
    title: 'visitors reach the service, not the maintenance page',
    probe: { name: 'maintenance', script },
    verdict: (facts) => verdict(facts, environment),
  };
}

const script = text`
  local key value
  while IFS=$'\t' read -r key value; do fact "$key" "$value"; done < <(${maintenanceTool} status)
`;

function verdict(facts: Facts, environment: string): Verdict {
  const says = (key: string) => facts.all(key).length > 0;
  if (says('off')) return ok('');
  if (!says('on')) return failed('could not be asked', `dojang provision --env ${environment}`);
  const [[since], [by], [reason]] = [facts.first('since'), facts.first('by'), facts.first('reason')];
  const state = { on: true, ...(since && { since }), ...(by && { by }), ...(reason && { reason }) };
  return warning(maintenanceText(state), `dojang maintenance off --env ${environment}`);
}
