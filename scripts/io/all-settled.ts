/**
 * Waits for all of them, also when one fails; then throws the first failure. No work goes on in the
 * background.
 */
export async function allSettled(work: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}
