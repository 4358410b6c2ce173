/** What a plan allows. */
import type { Plan } from '../../people/person.ts';

/** Contracts a day. */
export const perDay: Readonly<Record<Plan, number>> = { free: 10, basic: 50, pro: 200 };
