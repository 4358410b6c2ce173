/** Resource types that must not be planned. */
import type { Policy } from './policy.ts';

export const forbiddenTypes: Policy = {
  id: 'forbidden-types',
  about: 'Nothing of policies.forbiddenTypes is planned.',
  evaluate({ after }, { forbiddenTypes: forbidden }) {
    if (forbidden.length === 0) return undefined;
    const found = after.filter(({ type }) => forbidden.includes(type));
    return {
      right: `none of ${forbidden.join(', ')}`,
      findings: found.map((resource) => ({
        level: 'fail',
        message: `${resource.id} is of the forbidden type ${resource.type}`,
        next: 'plan it without, or take the type out of policies.forbiddenTypes in the same change',
        resource,
      })),
    };
  },
};
