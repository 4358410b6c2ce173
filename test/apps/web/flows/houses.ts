/** The checklist and house notes. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../../apps/web/src/api/schemas.ts';
import { someone } from '../fake/state.ts';
import { phone, type Site } from '../site.ts';
import { hasFocus } from './keys.ts';

const note = (id: string, title: string, deposit: number, monthlyRent: number): Note => ({
  id,
  title,
  address: null,
  deposit,
  monthlyRent,
  memo: null,
  visitedOn: '2026-11-14',
  checked: [],
  createdAt: '2026-11-14T03:00:00Z',
});
const two = () => [note('1', '망원동 투룸', 350_000_000, 0), note('2', '성수동 오피스텔', 10_000_000, 850_000)];

const box = (page: Page) => page.getByRole('checkbox', { name: '수압과 온수가 괜찮은가요?' });

export function describeHouses(site: () => Site): void {
  describe('the checklist', () => {
    it('keeps ticks on the device of those who are not signed in', async () => {
      const page = await site().visit('/checklist', phone);
      await page.getByText('지금은 이 기기에만 저장돼요.').waitFor();
      await box(page).check();
      await page.getByText('1/6 확인').waitFor();
      await page.reload();
      await page.getByText('1/6 확인').waitFor();
      expect(await box(page).isChecked()).toBe(true);
      await page.getByText('왜 확인하나요?').first().click();
      await page.getByText('살면서 고치기 어렵고').waitFor();
      await page.getByRole('button', { name: '표시 모두 지우기' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '삭제' }).click();
      await page.getByText('0/6 확인').waitFor();
    });

    it('keeps ticks in the note of a house, one after the other', async () => {
      Object.assign(site().state, { person: someone, notes: two() });
      const page = await site().visit('/checklist');
      await page.getByLabel('어느 집을 확인하고 있나요?').selectOption('망원동 투룸');
      await page.getByText('저장했어요').waitFor();
      await box(page).check();
      await page.getByRole('checkbox', { name: '밤에도 조용한가요?' }).check();
      await page.getByText('2/6 확인').waitFor();
      await expect.poll(() => site().state.notes[0]?.checked).toEqual(['water', 'noise']);
      expect(site().state.notes[1]?.checked).toEqual([]);
    });

    it('takes a tick back that could not be saved, and says so', async () => {
      Object.assign(site().state, { person: someone, notes: two() });
      const page = await site().visit('/checklist?note=1');
      await page.getByText('저장했어요').waitFor();
      site().state.failures.set('PUT /api/notes/1', { status: 503 });
      await box(page).click();
      await page.getByRole('alert').getByText('우리 쪽에 문제가 생겼어요.').waitFor();
      await page.getByText('0/6 확인').waitFor();
    });
  });

  describe('house notes', () => {
    it('are written, found wrong, put right, changed and deleted', async () => {
      site().state.person = someone;
      const page = await site().visit('/notes');
      await page.getByRole('link', { name: '새 집 노트' }).first().click();
      await page.getByLabel('보증금').fill('많이');
      await page.getByRole('button', { name: '저장' }).click();
      await page.getByText('확인할 곳이 2군데 있어요.').waitFor();
      const name = page.getByLabel('집 이름');
      expect(await hasFocus(name)).toBe(true);
      expect(await name.getAttribute('aria-invalid')).toBe('true');
      expect(await describedBy(page, '집 이름')).toContain('꼭 적어 주세요.');
      await name.fill('망원동 투룸');
      await page.getByLabel('보증금').fill('3억 5천');
      await page.getByText('= 3억 5,000만원').waitFor();
      await page.getByRole('button', { name: '저장' }).click();
      await page.getByText('노트를 저장했어요.').waitFor();
      expect(site().state.notes[0]).toMatchObject({ title: '망원동 투룸', deposit: 350_000_000, monthlyRent: null });

      await page.getByRole('link', { name: '망원동 투룸' }).click();
      await page.getByLabel('월세').fill('0');
      await page.getByRole('button', { name: '저장' }).click();
      await page.getByText('전세 3억 5,000만원').waitFor();

      await page.getByRole('link', { name: '망원동 투룸' }).click();
      const remove = page.getByRole('button', { name: '삭제' });
      await remove.click();
      await page.getByRole('dialog', { name: '이 노트를 지울까요?' }).waitFor();
      await page.keyboard.press('Escape');
      expect(await hasFocus(remove)).toBe(true);
      await remove.click();
      await page.getByRole('dialog').getByRole('button', { name: '삭제' }).click();
      await page.getByText('아직 적어 둔 집이 없어요').waitFor();
      expect(site().state.notes).toEqual([]);
    });

    it('show what the server finds wrong at the field that it means', async () => {
      Object.assign(site().state, { person: someone, notes: two() });
      const page = await site().visit('/notes/1');
      site().state.failures.set('PUT /api/notes/1', {
        status: 422,
        body: { errors: [{ field: 'address', message: 'has characters that cannot be shown' }] },
      });
      await page.getByRole('button', { name: '저장' }).click();
      await page.getByRole('alert').waitFor();
      expect(await describedBy(page, '주소')).toContain('has characters that cannot be shown');
    });

    it('are not lost when the session has ended', async () => {
      site().state.person = someone;
      const page = await site().visit('/notes/new');
      await page.getByLabel('집 이름').fill('오래 적은 노트');
      site().state.person = null;
      await page.getByRole('button', { name: '저장' }).click();
      const dialog = page.getByRole('dialog', { name: '로그인이 풀렸어요' });
      expect(await dialog.getByRole('link', { name: '새 탭에서 로그인' }).getAttribute('href')).toBe(
        '/api/auth/login?returnTo=%2Fsigned-in',
      );
      await dialog.getByRole('button', { name: '나중에 하기' }).click();
      expect(await page.getByLabel('집 이름').inputValue()).toBe('오래 적은 노트');
      site().state.person = someone;
      await page.getByRole('button', { name: '저장' }).click();
      await page.getByText('노트를 저장했어요.').waitFor();
    });

    it('stand side by side in a table, and under each other on a phone', async () => {
      Object.assign(site().state, { person: someone, notes: two() });
      const page = await site().visit('/notes');
      await page.getByRole('checkbox').nth(1).waitFor();
      for (const checkbox of await page.getByRole('checkbox').all()) await checkbox.check();
      await page.getByRole('link', { name: '2곳 비교하기' }).click();
      const row = page.getByRole('row', { name: /보증금/ });
      await row.waitFor();
      expect(await row.getByRole('cell').allInnerTexts()).toEqual(['3억 5,000만원', expect.stringMatching(/1,000만원\s*가장 낮음/)]);
      await page.setViewportSize(phone);
      await page.getByRole('table').waitFor({ state: 'detached' });
      await page.getByRole('region', { name: '성수동 오피스텔' }).getByText('85만원').waitFor();
    });
  });
}

/** The words that are read out with a field. */
async function describedBy(page: Page, label: string): Promise<string> {
  const ids = (await page.getByLabel(label).getAttribute('aria-describedby'))?.split(' ') ?? [];
  const words = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).textContent()));
  return words.join(' ');
}
