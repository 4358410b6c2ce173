/** What `dojang config check` answers. */
import { objectAnswer } from '../../runtime/answers/format.ts';
import { configFault, list, texts } from '../../runtime/answers/parts.ts';

export const configCheckAnswer = objectAnswer(
  { command: 'config check', version: 1, about: 'Every fault of the configuration.' },
  { faults: list(configFault), environments: texts.optional().describe('their names; missing when there are faults') },
);
