/** Moving about with the keyboard alone. */
import type { Locator, Page } from 'playwright-core';

const most = 80;

export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) > 0;
}

/**
 * Presses Tab until the element with this name has the focus. @throws Error when it is never
 * reached
 */
export async function tabTo(page: Page, name: string): Promise<void> {
  const target = page
    .getByRole('button', { name })
    .or(page.getByRole('link', { name }))
    .or(page.getByLabel(name, { exact: true }))
    .first();
  for (let presses = 0; presses < most; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`"${name}" was not reached by ${most} presses of Tab`);
}
