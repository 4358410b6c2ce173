/**
 * Waiting for an answer: progress, lost connections, leaving and coming back, answers that are
 * none.
 */
import { describe, expect, it } from 'vitest';
import { advance, submitted } from '../fake/contracts.ts';
import { someone } from '../fake/state.ts';
import { phone, type Site } from '../site.ts';

/** In which the site looks again, when the stream of events is down. */
const untilNextLookMs = 15_000;

export function describeWaiting(site: () => Site): void {
  /** A contract that has just come into the line. */
  const begun = () => {
    site().state.person = someone;
    const { id } = submitted(site().state, 3);
    return { id, path: `/contracts/${id}`, events: `GET /api/contracts/${id}/events` };
  };

  describe('waiting', () => {
    it('shows the words of the service, the place in line and the steps that have been made', async () => {
      const { id, path } = begun();
      const page = await site().visit(path, phone);
      await page.getByRole('status').getByText('앞에 2건이 기다리고 있어요.').waitFor();
      await page.getByText('대기 순서 3번째').waitFor();
      await page.getByText('늦어도 5분 안에 답해 드려요.').waitFor();
      advance(site().state, id);
      await page.getByRole('status').getByText('다음 차례예요.').waitFor();
      advance(site().state, id);
      await page.getByText('AI가 답변을 생각하고 있어요...').waitFor();
      expect(await page.locator('[aria-current=step]').textContent()).toContain('조항을 읽고 근거를 찾아요');
      advance(site().state, id);
      await page.getByText('거의 다 되었습니다!').waitFor();
      advance(site().state, id);
      await page.getByRole('heading', { level: 1, name: '계약서 설명' }).waitFor();
      await page.getByText('설명이 준비됐어요').waitFor();
    });

    it('survives a server that is away for a while', async () => {
      const { id, path, events } = begun();
      site().state.failures.set(events, { status: 502 });
      const page = await site().visit(path);
      await page.getByText('연결이 잠시 끊겨 다시 잇고 있어요.').waitFor();
      site().state.failures.clear();
      await page.getByText('연결이 잠시 끊겨 다시 잇고 있어요.').waitFor({ state: 'detached' });
      while (advance(site().state, id) !== 'answered');
      await page.getByRole('heading', { level: 1, name: '계약서 설명' }).waitFor();
    });

    it('goes on by itself when the service has ended the stream', async () => {
      const { id, path } = begun();
      const page = await site().visit(path);
      await page.getByText('대기 순서 3번째').waitFor();
      site().state.endStreams();
      await expect.poll(() => site().state.watched(id)).toBe(1);
      while (advance(site().state, id) !== 'answered');
      await page.getByRole('heading', { level: 1, name: '계약서 설명' }).waitFor();
    });

    it('asks for the contract itself while the service takes no more streams', async () => {
      const { id, path, events } = begun();
      site().state.failures.set(events, { status: 429, headers: { 'retry-after': '15' } });
      const page = await site().visit(path, { clock: true });
      await page.getByText('연결이 잠시 끊겨 다시 잇고 있어요.').waitFor();
      while (advance(site().state, id) !== 'answered');
      await page.clock.fastForward(untilNextLookMs);
      await page.getByRole('heading', { level: 1, name: '계약서 설명' }).waitFor({ timeout: 60_000 });
      expect(site().state.watched(id)).toBe(0);
    });

    it('ends with the plain truth when the contract has been deleted', async () => {
      const { path } = begun();
      const page = await site().visit(path, { clock: true });
      await page.getByText('대기 순서 3번째').waitFor();
      site().state.contracts = [];
      site().state.endStreams();
      await page.getByText('연결이 잠시 끊겨 다시 잇고 있어요.').waitFor();
      await page.clock.fastForward(untilNextLookMs);
      await page.getByRole('alert').getByText('찾을 수 없어요.').waitFor({ timeout: 60_000 });
    });

    it('can be left and taken up again', async () => {
      const { id, path } = begun();
      const page = await site().visit(path);
      await page.getByText('대기 순서 3번째').waitFor();
      await page.getByRole('link', { name: '기다리는 동안 체크리스트 보기' }).click();
      await page.getByRole('heading', { level: 1, name: '체크리스트' }).waitFor();
      await expect.poll(() => site().state.watched(id)).toBe(0);
      while (advance(site().state, id) !== 'answered');
      await page.getByRole('link', { name: '쉬운 계약서', exact: true }).click();
      await page.getByRole('link', { name: /설명이 준비됐어요/ }).click();
      await page.getByRole('heading', { level: 1, name: '계약서 설명' }).waitFor();
    });

    it('asks to sign in when the session has ended meanwhile', async () => {
      const { path, events } = begun();
      site().state.failures.set(events, { status: 401 });
      const page = await site().visit(path);
      await page.getByText('연결이 잠시 끊겨').waitFor();
      site().state.person = null;
      await page.evaluate('window.dispatchEvent(new Event("visibilitychange"))');
      await page.reload();
      await page.getByText('로그인이 필요해요').waitFor();
    });
  });

  describe('an answer that comes too late', () => {
    it('is friendly, and the same pages go again with one press', async () => {
      site().state.person = someone;
      site().state.ending = 'late';
      const page = await site().visit('/contracts');
      await page.getByLabel('파일 고르기').setInputFiles([{ name: '하나.txt', mimeType: 'text/plain', buffer: Buffer.from('제1조') }]);
      await page.getByRole('button', { name: '설명 받기' }).click();
      await page.getByText('대기 순서 3번째').waitFor();
      const first = site().state.contracts[0]?.id ?? '';
      while (advance(site().state, first) !== 'late');
      await page.getByText('죄송해요, 지금 많은 분들의 이야기를 듣고 있어서').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await page.getByRole('button', { name: '같은 쪽으로 다시 시도' }).click();
      await page.getByText('대기 순서 3번째').waitFor();
      const [before, after] = site().state.sent;
      expect(after?.pages).toEqual(before?.pages);
      expect(after?.key).not.toBe(before?.key);
    });

    it('asks for the pages again when they are no longer there', async () => {
      const { id, path } = begun();
      site().state.ending = 'late';
      while (advance(site().state, id) !== 'late');
      const page = await site().visit(path);
      await page.getByRole('link', { name: '다시 올리기' }).click();
      await page.getByRole('heading', { level: 1, name: '쉬운 계약서' }).waitFor();
    });
  });

  it('pages that could not be read are explained, with what helps', async () => {
    const { id, path } = begun();
    site().state.ending = 'unreadable';
    while (advance(site().state, id) !== 'unreadable');
    const page = await site().visit(path, phone);
    await page.getByText('올려주신 계약서를 읽지 못했어요.').waitFor();
    await page.getByRole('heading', { name: '이렇게 찍으면 잘 읽혀요' }).waitFor();
    await page.getByRole('link', { name: '다시 찍어 올리기' }).click();
    await page.getByRole('heading', { level: 1, name: '쉬운 계약서' }).waitFor();
  });

  it('a contract of another user is not found', async () => {
    site().state.person = someone;
    const page = await site().visit('/contracts/of-another-user');
    await page.getByRole('alert').getByText('찾을 수 없어요.').waitFor();
    expect(await page.getByRole('button', { name: '다시 시도' }).count()).toBe(0);
  });
}
