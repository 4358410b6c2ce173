/** Every file that the tools of the database consist of. */
import { binlogModule, binlogProgram, binlogTool } from './binlog.ts';
import { bucketModule, bucketProgram } from './bucket.ts';
import { commonModule, commonProgram } from './common.ts';
import { dumpModule, dumpProgram, dumpTool } from './dump.ts';
import { prepareModule, prepareProgram } from './prepare.ts';
import { restoreModule, restoreProgram, restoreTool } from './restore.ts';
import { serviceModule, serviceProgram } from './service.ts';
import type { DatabaseTools } from './settings.ts';

export interface ToolFile {
  readonly name: string;
  readonly content: string;
  /** Whether it is called by its name, or imported by those that are. */
  readonly program: boolean;
}

export function toolFiles(tools: DatabaseTools): readonly ToolFile[] {
  const module = (name: string, content: string) => ({ name: `${name}.py`, content, program: false });
  const program = (name: string, content: string) => ({ name, content, program: true });
  return [
    module(commonModule, commonProgram(tools)),
    module(bucketModule, bucketProgram),
    module(dumpModule, dumpProgram),
    module(binlogModule, binlogProgram),
    module(prepareModule, prepareProgram),
    module(serviceModule, serviceProgram),
    module(restoreModule, restoreProgram),
    program('dump', dumpTool),
    program('binlog', binlogTool),
    program('restore', restoreTool),
  ];
}
