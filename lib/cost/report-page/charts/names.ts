/** What a bar is called. */

import type { Provider } from '../../component.ts';
import { providerName } from '../../render/format.ts';

/**
 * `AWS Machine, m7g.large`. A short item says which machine or disk it is; a sentence, or the name
 * again, says nothing new.
 */
export function componentName(provider: Provider, name: string, items: readonly (string | undefined)[]): string {
  const telling = [...new Set(items)].filter(
    (item) => item !== undefined && item.length <= 22 && !item.toLowerCase().includes(name.toLowerCase()),
  );
  return `${providerName[provider]}  ${name.charAt(0).toUpperCase()}${name.slice(1)}${telling.length > 0 ? `, ${telling.join(' → ')}` : ''}`;
}
