/** A user at the browser. */
import type { Browser, Page } from 'playwright-core';
import { openWatched } from '../../browser.ts';
import type { Place } from './place.ts';

export const desktop = { width: 1280, height: 900 } as const;
export const phone = { width: 390, height: 844, touch: true } as const;

/** Opens the site and signs in as a user whose plan allows 200 contracts a day. */
export async function signedIn(place: Place, name: string, size: typeof desktop | typeof phone = desktop) {
  const watched = await openWatched(place.browser, { url: place.url, ...size });
  const { page } = watched;
  await page.goto('/contracts');
  await page.getByRole('main').getByText('로그인').last().click();
  await page.getByLabel('이름').fill(name);
  await page.getByLabel('이메일').fill(`${name.replaceAll(' ', '-')}@example.com`);
  await page.getByLabel('프로').check();
  await page.getByRole('button', { name: '로그인' }).click();
  await page.getByRole('heading', { level: 1, name: '쉬운 계약서' }).waitFor();
  return watched;
}

/** Pages as a user photographs them: the words are in the pixels alone. */
export async function photographs(browser: Browser, pages: readonly string[]) {
  const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
  const files = [];
  for (const [index, words] of pages.entries()) {
    const shown = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    await page.setContent(`<body style="font: 22px/1.7 'Noto Sans CJK KR'; padding: 40px; white-space: pre-wrap">${shown}</body>`);
    files.push({ name: `${index + 1}.png`, mimeType: 'image/png', buffer: await page.screenshot() });
  }
  await page.close();
  return files;
}

/**
 * Submits these files and follows the page to the explanation. @returns the words that were shown
 * while waiting
 */
export async function submitted(page: Page, files: Awaited<ReturnType<typeof photographs>>): Promise<string> {
  await page.getByLabel('파일 고르기').setInputFiles(files);
  await page.getByRole('button', { name: '설명 받기' }).click();
  const waiting = page.getByRole('heading', { name: '계약서를 읽고 있어요' });
  await waiting.waitFor();
  const words = await page.getByRole('main').textContent();
  await page.getByRole('heading', { name: '계약서 설명' }).waitFor({ timeout: 120_000 });
  return words ?? '';
}
