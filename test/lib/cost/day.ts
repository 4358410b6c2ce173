/** The day that tests price by: what old versions cost depends on it. */
export const day = '2026-11-28';
