/** Reading an explanation, on the screen and on paper. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { advance, submitted } from '../fake/contracts.ts';
import { someone } from '../fake/state.ts';
import { phone, type Site } from '../site.ts';

export function describeAnswers(site: () => Site): void {
  const open = async (options = {}): Promise<Page> => {
    site().state.person = someone;
    const { id } = submitted(site().state, 3);
    while (advance(site().state, id) !== 'answered');
    return site().visit(`/contracts/${id}`, options);
  };

  describe('an explanation', () => {
    it('shows the clauses by risk, the dangerous first, each with its sign and word', async () => {
      const page = await open(phone);
      const groups = await page.evaluate('Array.from(document.querySelectorAll("section[id]"), (section) => section.id)');
      expect(groups).toEqual(['danger', 'caution', 'safe']);
      for (const [risk, word, count] of [
        ['danger', '위험', 1],
        ['caution', '주의', 2],
        ['safe', '안전', 1],
      ] as const) {
        const clauses = page.locator(`#${risk} article`);
        expect(await clauses.count()).toBe(count);
        await clauses.first().locator('header', { hasText: word }).locator('svg').waitFor();
      }
      const worst = page.locator('#danger article');
      await worst.locator('blockquote', { hasText: '새로운 임차인이 입주한 때에' }).waitFor();
      await worst.getByText('이렇게 해 보세요').waitFor();
      await page.getByRole('region', { name: '계약서에 없는 내용' }).getByText('전입신고와 확정일자').waitFor();
    });

    it('says who explained, and that it is no legal advice', async () => {
      const page = await open();
      const summary = page.getByRole('region', { name: '한눈에 보기' });
      await summary.getByText('오프라인 엔진').waitFor();
      await summary.getByText('법률 자문이 아니라').waitFor();
    });

    it('links to the law in a new tab that learns nothing of us', async () => {
      const page = await open();
      const link = page.getByRole('link', { name: '주택임대차보호법 제3조의3' });
      expect(await link.getAttribute('rel')).toBe('noopener noreferrer external');
      expect(await link.getAttribute('target')).toBe('_blank');
      expect(await link.getAttribute('href')).toContain('https://www.law.go.kr/');
    });

    it('on paper is the explanation alone, with the addresses of its sources', async () => {
      const page = await open();
      await page.emulateMedia({ media: 'print' });
      for (const hidden of [page.getByRole('banner'), page.getByRole('contentinfo'), page.getByRole('button', { name: '인쇄하거나' })])
        expect(await hidden.isVisible()).toBe(false);
      const printed = await page.evaluate('getComputedStyle(document.querySelector("#danger a"), "::after").content');
      expect(printed).toContain('https://www.law.go.kr/');
    });

    it('that breaks the contract of the API is shown as a problem', async () => {
      site().state.person = someone;
      site().state.failures.set('GET /api/contracts/odd', { status: 200, body: { id: 'odd', status: 'dancing' } });
      const page = await site().visit('/contracts/odd');
      await page.getByRole('alert').getByText('서버가 알 수 없는 답을 보냈어요.').waitFor();
    });
  });
}
