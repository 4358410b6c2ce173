/** `dojang outputs`: addresses, ids and endpoints of what is deployed. */
import type { Outputs } from '../../../lib/ports/outputs.ts';
import { tableLines } from '../../../lib/text/table.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { outputsAnswer } from './answer.ts';

/** All outputs of what is deployed; a side that is not deployed is empty. */
export async function outputs({ environment }: Context, { aws, gcp }: Clouds): Promise<Outcome<DataOf<typeof outputsAnswer>>> {
  const [ofAws, ofGcp, endpoints] = await Promise.all([
    aws.outputs(Object.values(environment.names.stacks)),
    gcp.outputs(),
    aws.parameters(Object.values(environment.names.parameters.endpoints)),
  ]);
  const data = { aws: withoutExports(ofAws), gcp: ofGcp, endpoints };
  return {
    format: outputsAnswer,
    data,
    lines: [...section('aws', data.aws), ...section('gcp', ofGcp), ...section('endpoints (SSM parameters)', endpoints)],
  };
}

/** Exports are for other stacks, not for the operator. */
function withoutExports(values: Outputs): Outputs {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('Export')));
}

function section(title: string, values: Outputs): string[] {
  const names = Object.keys(values).sort();
  if (names.length === 0) return [title, '  nothing deployed'];
  const rows = names.map((name) => [name, values[name] ?? '']);
  return [title, ...tableLines([{}, {}], rows)];
}
