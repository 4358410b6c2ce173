/** Submitting a contract, with pointer and keyboard, and what can be refused. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { someone } from '../fake/state.ts';
import { desktop, phone, type Site } from '../site.ts';
import { tabTo } from './keys.ts';

const file = (name: string, mimeType: string, content: string | Buffer) => ({ name, mimeType, buffer: Buffer.from(content) });
const pdf = file('계약서.pdf', 'application/pdf', '%PDF-1.4');
const text = (name: string) => file(`${name}.txt`, 'text/plain', `${name} 제1조`);

const choose = (page: Page, files: ReturnType<typeof file>[]) => page.getByLabel('파일 고르기').setInputFiles(files);
const names = (page: Page) => page.getByRole('region', { name: '올린 쪽' }).getByRole('listitem').allInnerTexts();
const send = (page: Page) => page.getByRole('button', { name: '설명 받기' });

export function describeSubmission(site: () => Site): void {
  const open = (size = {}) => {
    site().state.person = someone;
    return site().visit('/contracts', size);
  };

  describe.each([
    ['a desktop', desktop],
    ['a phone', phone],
  ])('submitting on %s', (_, size) => {
    it('sends the pages in the order that they were put in, and shows the explanation', async () => {
      const page = await open(size);
      await choose(page, [text('둘'), pdf]);
      await page.getByRole('button', { name: '글 붙여넣기' }).click();
      await page.getByLabel('계약서 내용').fill('제3조 보증금');
      await page.getByRole('button', { name: '한 쪽으로 추가' }).click();
      await page.getByRole('button', { name: '3쪽을 앞으로' }).click();
      await page.getByRole('button', { name: '2쪽을 앞으로' }).click();
      await page.getByRole('button', { name: '3쪽 빼기' }).click();
      expect((await names(page)).map((words) => words.includes('붙여 넣은 글'))).toEqual([true, false]);
      await send(page).click();
      await page.getByRole('heading', { name: '계약서를 읽고 있어요' }).waitFor();
      const sent = site().state.sent[0];
      expect(sent?.pages.map(({ type, text: words }) => [type, words])).toEqual([
        ['text/plain', '제3조 보증금'],
        ['text/plain', '둘 제1조'],
      ]);
      expect(sent?.locale).toBe('ko');
    });
  });

  describe('submitting', () => {
    it('works with the keyboard alone', async () => {
      const page = await open();
      await tabTo(page, '글 붙여넣기');
      await page.keyboard.press('Enter');
      for (const words of ['첫째 쪽', '둘째 쪽']) {
        await tabTo(page, '계약서 내용');
        await page.keyboard.type(words);
        await tabTo(page, '한 쪽으로 추가');
        await page.keyboard.press('Enter');
        await page.getByRole('region', { name: '올린 쪽' }).getByText(words).waitFor();
      }
      await tabTo(page, '1쪽을 뒤로');
      await page.keyboard.press('Enter');
      await page.getByText('이제 2쪽이에요').waitFor({ state: 'attached' });
      await tabTo(page, '설명 받기');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '계약서를 읽고 있어요' }).waitFor();
      expect(site().state.sent[0]?.pages.map((each) => each.text)).toEqual(['둘째 쪽', '첫째 쪽']);
    });

    it('keeps the focus in the list when a page is removed', async () => {
      const page = await open();
      await choose(page, [text('하나'), text('둘')]);
      await page.getByRole('button', { name: '1쪽 빼기' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('뺐어요: 하나.txt').waitFor({ state: 'attached' });
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('1쪽 빼기');
    });

    it('reports what cannot be taken before anything is sent', async () => {
      const page = await open();
      await send(page).click();
      await page.getByRole('alert').getByText('먼저 한 쪽 이상 올려 주세요.').waitFor();
      await choose(page, [file('그림.gif', 'image/gif', 'GIF89a'), file('빈.txt', 'text/plain', ''), text('하나')]);
      const alert = page.getByRole('alert');
      await alert.getByText('그림.gif: 읽을 수 없는 형식이에요.').waitFor();
      await alert.getByText('빈.txt: 비어 있는 파일이에요.').waitFor();
      await choose(page, [file('큰.pdf', 'application/pdf', Buffer.alloc(21 * 1024 * 1024))]);
      await alert.getByText('큰.pdf: 모두 합쳐 20 MB를 넘어요.').waitFor();
      await choose(
        page,
        Array.from({ length: 30 }, (_, index) => text(`쪽${index}`)),
      );
      await alert.getByText('쪽29.txt: 한 번에 30쪽까지 보낼 수 있어요.').waitFor();
      expect((await names(page)).length).toBe(30);
      expect(site().state.sent).toEqual([]);
    });

    it('keeps the pages while the user looks at other pages of the site', async () => {
      const page = await open();
      await choose(page, [pdf]);
      await page.getByRole('link', { name: '체크리스트', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: '체크리스트' }).waitFor();
      await page.getByRole('link', { name: '쉬운 계약서', exact: true }).click();
      await page.getByText('계약서.pdf').waitFor();
    });

    it.each([
      [413, {}, { detail: 'A contract may have 20480 KiB in all.' }, '한 번에 보내기에 너무 커요'],
      [
        422,
        {},
        { errors: [{ field: 'pages.0', message: '하나.txt is nothing that we can read' }] },
        '하나.txt is nothing that we can read',
      ],
      [429, { 'retry-after': '30' }, { detail: 'Please wait until one of your contracts is answered.' }, '한꺼번에 너무 많이 요청했어요.'],
      [429, { 'retry-after': '7500' }, { detail: 'The plan free allows 10 contracts a day.' }, '2시간 5분 뒤에 다시 할 수 있어요.'],
      [503, { 'retry-after': '5' }, {}, '5초 뒤에 다시 할 수 있어요.'],
    ])('puts a %d in words, and the same pages can be sent again under the same key', async (status, headers, body, words) => {
      const page = await open();
      await choose(page, [text('하나')]);
      site().state.failures.set('POST /api/contracts', { status, headers, body });
      const keys: (string | undefined)[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') keys.push(request.headers()['idempotency-key']);
      });
      await send(page).click();
      await page.getByRole('alert').getByText(words).waitFor();
      site().state.failures.clear();
      await page.getByRole('button', { name: '다시 시도' }).click();
      await page.getByRole('heading', { name: '계약서를 읽고 있어요' }).waitFor();
      expect(keys).toHaveLength(2);
      expect(keys[0]).toBe(keys[1]);
    });

    it('makes large photos smaller before they are sent', async () => {
      const page = await open();
      const photo = await noisyPhoto(page);
      expect(photo.length).toBeGreaterThan(1_500_000);
      await choose(page, [file('사진.png', 'image/png', photo)]);
      await page.getByRole('img', { name: '사진.png 미리보기' }).waitFor();
      await send(page).click();
      await page.getByRole('heading', { name: '계약서를 읽고 있어요' }).waitFor();
      const sent = site().state.sent[0]?.pages[0];
      expect(sent?.type).toBe('image/jpeg');
      expect(sent?.size).toBeLessThan(photo.length);
    });
  });
}

/** A picture as large as that of a phone, drawn by the browser; noise does not compress well. */
async function noisyPhoto(page: Page): Promise<Buffer> {
  const url = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000;
    canvas.height = 1000;
    const context = canvas.getContext('2d');
    const image = context.createImageData(3000, 1000);
    let noise = 1;
    for (let at = 0; at < image.data.length; at++) image.data[at] = at % 4 === 3 ? 255 : (noise = Math.imul(noise, 1664525) + 1013904223) >>> 24;
    context.putImageData(image, 0, 0);
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}
