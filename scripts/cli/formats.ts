/**
 * The formats of all answers, for the documentation and the tests. The program never loads this
 * list: what a command returns has its own format.
 */
import { auditAnswer } from '../commands/audit/answer.ts';
import { configCheckAnswer } from '../commands/config/answer.ts';
import { costActualAnswer, costAnswer, costCompareAnswer, costRunwayAnswer, costWhatIfAnswer } from '../commands/cost/answer.ts';
import { deployAnswer, deployPlanAnswer } from '../commands/deploy/answer.ts';
import { doctorAnswer, doctorPlanAnswer } from '../commands/doctor/answer.ts';
import { downAnswer } from '../commands/down/answer.ts';
import { dumpAnswer } from '../commands/dump/answer.ts';
import { execAnswer } from '../commands/exec/answer.ts';
import { initAnswer } from '../commands/init/answer.ts';
import { localConfirmAnswer, localDomainAnswer, localEnvAnswer, localFaultAnswer } from '../commands/local/answer.ts';
import { lockReleaseAnswer, lockStatusAnswer } from '../commands/lock/answer.ts';
import { logsAnswer } from '../commands/logs/answer.ts';
import { maintenanceOffAnswer, maintenanceOnAnswer, maintenanceStatusAnswer } from '../commands/maintenance/answer.ts';
import { outputsAnswer } from '../commands/outputs/answer.ts';
import { planAnswer, planLiveAnswer } from '../commands/plan/answer.ts';
import { preflightAnswer, preflightPlanAnswer } from '../commands/preflight/answer.ts';
import { pricesCheckAnswer, pricesRefreshAnswer } from '../commands/prices/answer.ts';
import { provisionAnswer, provisionPlanAnswer } from '../commands/provision/answer.ts';
import { releasesAnswer } from '../commands/releases/answer.ts';
import { reportAnswer } from '../commands/report/answer.ts';
import { restoreAnswer, restoreListAnswer, restorePlanAnswer } from '../commands/restore/answer.ts';
import { reviewAnswer } from '../commands/review/answer.ts';
import { rollbackAnswer, rollbackPlanAnswer } from '../commands/rollback/answer.ts';
import { secretListAnswer, secretSetAnswer } from '../commands/secret/answer.ts';
import { shellAnswer } from '../commands/shell/answer.ts';
import { statusAnswer } from '../commands/status/answer.ts';
import { upAnswer, upPlanAnswer } from '../commands/up/answer.ts';
import { wireAnswer, wirePlanAnswer } from '../commands/wire/answer.ts';
import type { AnswerFormat } from '../runtime/answers/format.ts';

/** In the order of the help. */
export const answerFormats: readonly AnswerFormat<unknown>[] = [
  ...[planAnswer, planLiveAnswer, preflightAnswer, preflightPlanAnswer, upAnswer, upPlanAnswer, wireAnswer, wirePlanAnswer],
  ...[
    provisionAnswer,
    provisionPlanAnswer,
    deployAnswer,
    deployPlanAnswer,
    rollbackAnswer,
    rollbackPlanAnswer,
    releasesAnswer,
    dumpAnswer,
    restoreAnswer,
    restoreListAnswer,
    restorePlanAnswer,
  ],
  ...[doctorAnswer, doctorPlanAnswer, downAnswer],
  ...[statusAnswer, outputsAnswer, costAnswer, costRunwayAnswer, costWhatIfAnswer, costCompareAnswer, costActualAnswer],
  ...[reviewAnswer, reportAnswer, pricesRefreshAnswer, pricesCheckAnswer, secretSetAnswer, secretListAnswer],
  ...[logsAnswer, execAnswer, shellAnswer],
  ...[maintenanceOnAnswer, maintenanceOffAnswer, maintenanceStatusAnswer],
  ...[lockStatusAnswer, lockReleaseAnswer, auditAnswer],
  ...[configCheckAnswer, initAnswer, localEnvAnswer, localConfirmAnswer, localDomainAnswer, localFaultAnswer],
];
