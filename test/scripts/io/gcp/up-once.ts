/** A command that deploys into the place named by its argument: what the tests kill. */
import { inputs, openPlace } from './place.ts';

const place = await openPlace(process.argv[2]);
await place.cloud.up(inputs, (note) => process.stdout.write(`${note}\n`));
