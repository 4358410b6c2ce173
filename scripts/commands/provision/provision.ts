/**
 * `dojang provision`: makes both hosts look as their recipe says. Safe to interrupt anywhere and to
 * run again.
 */
import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import { recipeLines } from '../../../lib/host/bash/dry-run.ts';
import { factsBeforeDeployment } from '../../../lib/host/facts.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import { chosenRecipes, type ProvisionPorts, type RecipeOptions, runRecipes } from '../../runtime/hosts/recipes.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { provisionAnswer, provisionPlanAnswer } from './answer.ts';

export interface ProvisionOptions extends RecipeOptions {
  /** With `--dry-run`: the scripts too. */
  readonly verbose?: boolean;
}

/**
 * @param ports the shell and what is known of the hosts; not asked for by a dry run
 * @throws DojangError `unknown-step`, `host-unreachable`, `host-busy`, `host-interrupted`
 */
export async function provision(
  context: Context,
  ports: () => Promise<ProvisionPorts>,
  options: ProvisionOptions,
): Promise<Outcome<DataOf<typeof provisionAnswer>> | Outcome<DataOf<typeof provisionPlanAnswer>>> {
  const { environment } = context;
  // Names are checked before any cloud is asked.
  const { recipes } = describeEnvironment(environment);
  const planned = chosenRecipes(recipes(factsBeforeDeployment(environment)), options.only);
  if (context.options.dryRun) {
    return {
      format: provisionPlanAnswer,
      data: planned,
      lines: planned.flatMap((recipe) => [...recipeLines(recipe, { scripts: options.verbose }), '']).slice(0, -1),
    };
  }
  const { shell, facts } = await ports();
  const chosen = chosenRecipes(recipes(facts), options.only);
  return { format: provisionAnswer, ...(await runRecipes(context, shell, chosen, options)) };
}
