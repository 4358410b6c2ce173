/** The notifier of an environment: Discord, where the operator has given a webhook. */
import type { Notifier } from '../../lib/ports/notifier.ts';
import { discordNotifier } from '../io/discord/notifier.ts';
import type { Clouds, Context } from './context.ts';

export function environmentNotifier(
  { environment, report }: Pick<Context, 'environment' | 'report'>,
  { secrets }: Pick<Clouds, 'secrets'>,
): Notifier {
  const parameter = environment.names.parameters.trust.operator['discord-webhook'];
  return discordNotifier({ webhook: async () => (await secrets.read([parameter]))[parameter], note: report.note });
}
