/** What a visitor sees who opens the printed address. */
import { expect, it } from 'vitest';
import { desktop, phone, photographs, signedIn, submitted } from './person.ts';
import { leasePages, type Place } from './place.ts';

export function describeVisit(place: Place): void {
  it.each([
    ['a desktop', desktop],
    ['a phone', phone],
  ])('a contract of three photographed pages is explained on %s', async (name, size) => {
    const { page, context, errors } = await signedIn(place, name, size);
    const pages = leasePages().map((words) => `${words}\n${name}`);
    expect(pages).toHaveLength(3);
    const waiting = await submitted(page, await photographs(place.browser, pages));
    expect(waiting).toMatch(/AI가 답변을 생각하고 있어요|순서를 기다려요/);
    const explanation = await page.getByRole('main').textContent();
    expect(explanation).toContain('보증금 반환');
    expect(explanation).toContain('주택임대차보호법');
    // The small engine must not be mistaken for a lawyer, or for a large model.
    expect(explanation).toContain('내장된 지식 자료로 설명한 결과');
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('the checklist comes from MySQL through the API and nginx', async () => {
    const { stdout } = await place.on('aws', `curl -sk --resolve site:443:127.0.0.1 https://site/api/checklist`);
    const rows = await place.must('aws', `mysql dojang -Ne 'SELECT COUNT(*) FROM checklist_items'`);
    expect(JSON.parse(stdout).sections.flatMap(({ items }: { items: unknown[] }) => items)).toHaveLength(Number(rows));
  });
}
