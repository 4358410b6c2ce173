/** The listings: searching, more of them, writing and deleting one's own, and what can go wrong. */
import { describe, expect, it } from 'vitest';
import type { Listing } from '../../../../apps/web/src/api/schemas.ts';
import { someone } from '../fake/state.ts';
import { phone, type Site } from '../site.ts';

const listing = (number: number): Listing => ({
  id: String(number),
  title: `방 ${number}`,
  district: number % 2 ? '서울 마포구 망원동' : '서울 성동구 성수동',
  deposit: number * 10_000_000,
  monthlyRent: 500_000,
  areaM2: 23.5,
  description: null,
  author: { name: '이나래' },
  createdAt: '2026-11-20T00:00:00Z',
  mine: number === 8,
});
const eight = () => Array.from({ length: 8 }, (_, index) => listing(8 - index));

export function describeListings(site: () => Site): void {
  describe('the listings', () => {
    it('are shown without a sign-in, page by page', async () => {
      site().state.listings = eight();
      const page = await site().visit('/listings', phone);
      await page.getByText('매물 6개를 보여 드리고 있어요.').waitFor();
      await page.getByRole('button', { name: '더 보기' }).click();
      await page.getByText('마지막 매물까지 다 보셨어요.').waitFor();
      expect(await page.getByRole('heading', { level: 3 }).count()).toBe(8);
    });

    it('are searched by words and sums, which stand in the address', async () => {
      site().state.listings = eight();
      const page = await site().visit('/listings');
      await page.getByLabel('동네나 낱말').fill('망원동');
      await page.getByLabel('보증금 최대').fill('5천');
      await page.getByRole('button', { name: '찾기' }).click();
      await page.getByText('매물 3개를 보여 드리고 있어요.').waitFor();
      expect(new URL(page.url()).searchParams.get('maxDeposit')).toBe('50000000');
      await page.reload();
      await page.getByText('매물 3개를 보여 드리고 있어요.').waitFor();
      expect(await page.getByLabel('보증금 최대').inputValue()).toBe('5,000');
      await page.getByLabel('월세 최대').fill('1');
      await page.getByRole('button', { name: '찾기' }).click();
      await page.getByText('조건에 맞는 방이 없어요').waitFor();
      await page.getByRole('button', { name: '조건 지우기' }).last().click();
      await page.getByText('매물 6개를 보여 드리고 있어요.').waitFor();
    });

    it('say so when there are none', async () => {
      const page = await site().visit('/listings');
      await page.getByText('아직 올라온 방이 없어요').waitFor();
    });

    it('are written and deleted by those whose own they are', async () => {
      Object.assign(site().state, { person: someone, listings: [listing(3)] });
      const page = await site().visit('/listings/new');
      await page.getByRole('button', { name: '올리기' }).click();
      await page.getByText('확인할 곳이 4군데 있어요.').waitFor();
      await page.getByLabel('제목').fill('햇빛 드는 방');
      await page.getByLabel('동네').fill('망원동');
      await page.getByLabel('보증금').fill('1,000');
      await page.getByLabel('월세').fill('60');
      await page.getByRole('button', { name: '올리기' }).click();
      await page.getByText('매물을 올렸어요.').waitFor();
      expect(site().state.listings[0]).toMatchObject({ deposit: 10_000_000, monthlyRent: 600_000, areaM2: null });

      await page.getByRole('link', { name: '방 3' }).click();
      await page.getByRole('heading', { level: 1, name: '방 3' }).waitFor();
      expect(await page.getByRole('button', { name: '이 매물 삭제' }).count()).toBe(0);
      await page.getByRole('link', { name: '매물 목록' }).click();
      await page.getByRole('link', { name: '햇빛 드는 방' }).click();
      await page.getByRole('button', { name: '이 매물 삭제' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '삭제' }).click();
      await page.getByText('매물을 지웠어요.').waitFor();
      expect(site().state.listings.map(({ id }) => id)).toEqual(['3']);
    });

    it('ask to sign in before one is shown in full', async () => {
      site().state.listings = eight();
      const page = await site().visit('/listings/8');
      const link = page.getByRole('link', { name: '로그인하고 계속하기' });
      expect(await link.getAttribute('href')).toBe('/api/auth/login?returnTo=%2Flistings%2F8');
    });

    it('are tried again after a failure, whose reason was shown', async () => {
      site().state.listings = eight();
      site().state.failures.set('GET /api/listings', { status: 422, body: { detail: 'must be a number' } });
      const page = await site().visit('/listings');
      await page.getByRole('alert').getByText('must be a number').waitFor();
      site().state.failures.clear();
      await page.getByRole('button', { name: '다시 시도' }).click();
      await page.getByText('매물 6개를 보여 드리고 있어요.').waitFor();
    });

    it('have their sums in English for an English browser', async () => {
      site().state.listings = [listing(8)];
      const page = await site().visit('/listings', { locale: 'en-US' });
      await page.getByText('Deposit ₩80,000,000').waitFor();
    });
  });
}
