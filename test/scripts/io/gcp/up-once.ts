/**
 * A command that deploys into the place named by its first argument, the environment with the
 * changes of the second one, with the approvals after it: what the tests kill.
 */
import { inputs, openPlace, withGcp } from './place.ts';

const [folder, changes = '{}', ...approved] = process.argv.slice(2);
const place = await openPlace(folder);
await place.as(withGcp(JSON.parse(changes))).up({ ...inputs, approved }, (note) => process.stdout.write(`${note}\n`));
