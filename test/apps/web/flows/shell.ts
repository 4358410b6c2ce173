/** The frame around the pages: sign-in, language, focus, offline. */
import { describe, expect, it } from 'vitest';
import { someone } from '../fake/state.ts';
import { desktop, phone, type Site } from '../site.ts';

export function describeShell(site: () => Site): void {
  describe.each([
    ['a desktop', desktop],
    ['a phone', phone],
  ])('on %s', (_, size) => {
    it('a user signs in, comes back to the same page, and signs out', async () => {
      const page = await site().visit('/notes', size);
      await page.getByText('로그인이 필요해요').waitFor();
      await page.getByRole('link', { name: '로그인하고 계속하기' }).click();
      await page.getByText('아직 적어 둔 집이 없어요').waitFor();
      expect(new URL(page.url()).pathname).toBe('/notes');
      await page.getByRole('button', { name: '김하늘' }).click();
      await page.getByText('오늘 2/10번 사용').waitFor();
      await page.getByRole('button', { name: '로그아웃' }).click();
      await page.getByText('로그아웃했어요.').waitFor();
      await page.getByRole('banner').getByRole('link', { name: '로그인' }).waitFor();
    });

    it('the language changes, is set on the document, and is remembered', async () => {
      const page = await site().visit('/checklist', size);
      expect(await page.locator('html').getAttribute('lang')).toBe('ko');
      expect(await page.title()).toBe('체크리스트 · 도장');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: 'Checklist' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await page.title()).toBe('Checklist · Dojang');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Checklist' }).waitFor();
      await page.getByRole('button', { name: '한국어' }).click();
      await page.getByRole('heading', { level: 1, name: '체크리스트' }).waitFor();
    });
  });

  describe('the frame', () => {
    it('speaks English to a browser that prefers it', async () => {
      const page = await site().visit('/', { locale: 'en-US' });
      await page.getByRole('heading', { level: 1, name: 'Before you seal it' }).waitFor();
    });

    it('moves the focus to the heading of a new page, and to the content by the skip link', async () => {
      const page = await site().visit('/');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('본문으로 건너뛰기');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
      await page.getByRole('navigation').getByRole('link', { name: '매물' }).click();
      await page.getByRole('heading', { level: 1, name: '매물' }).waitFor();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
      expect(await page.title()).toBe('매물 · 도장');
      expect(await page.getByRole('link', { name: '매물', exact: true }).getAttribute('aria-current')).toBe('page');
    });

    it('reports that the network is gone, and goes on when it is back', async () => {
      const page = await site().visit('/');
      await page.context().setOffline(true);
      await page.getByText('인터넷 연결이 끊겼어요').waitFor();
      await page.context().setOffline(false);
      await page.getByText('인터넷 연결이 끊겼어요').waitFor({ state: 'detached' });
    });

    it('shows a signed-in user what is left of the daily limit', async () => {
      site().state.person = someone;
      const page = await site().visit('/');
      await page.getByText('오늘 설명을 8번 더 받을 수 있어요.').waitFor();
    });

    it('reports a failed sign-in once', async () => {
      const page = await site().visit('/?signIn=unavailable');
      await page.getByRole('alert').getByText('지금은 로그인할 수 없어요').waitFor();
      await page.getByRole('button', { name: '닫기' }).click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('');
    });

    it('has a page for addresses at which there is nothing', async () => {
      const page = await site().visit('/nowhere/at/all');
      await page.getByRole('heading', { name: '이 주소에는 아무것도 없어요' }).waitFor();
    });

    it('keeps still for those who asked for less motion', async () => {
      const page = await site().visit('/');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const longest = await page.evaluate(
        'Math.max(0, ...document.getAnimations().map((each) => each.effect.getComputedTiming().activeDuration))',
      );
      expect(longest).toBeLessThan(1);
    });
  });
}
