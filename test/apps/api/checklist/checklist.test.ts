import { describe, expect, it } from 'vitest';
import type { Checklist } from '../../../../apps/api/src/checklist/checklist.ts';
import { testApp, testDeps, unauthenticatedClient } from '../app.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
const read = async (): Promise<Checklist> => (await unauthenticatedClient(testApp(testDeps(mysql))).call('GET', '/api/checklist')).json();

describe('the checklist', () => {
  it('leads from before the contract to moving out, each item in both languages with its reason', async () => {
    const { sections } = await read();
    expect(sections.map(({ id }) => id)).toEqual(['before-contract', 'at-contract', 'moving-in', 'living']);
    const items = sections.flatMap((section) => section.items);
    expect(items.length).toBeGreaterThanOrEqual(25);
    for (const { id, text, why } of items) {
      for (const ko of [text.ko, why.ko]) expect(ko, id).toMatch(/[가-힣]/);
      for (const en of [text.en, why.en]) expect(en, id).toMatch(/^[^가-힣]*(\([가-힣 ]+\)[^가-힣]*)*$/);
    }
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  it('names what protects a deposit', async () => {
    const ids = (await read()).sections.flatMap(({ items }) => items.map(({ id }) => id));
    expect(ids).toEqual(expect.arrayContaining(['registry-owner', 'landlord-identity', 'landlord-taxes', 'move-in-report', 'fixed-date']));
    expect(ids).toEqual(expect.arrayContaining(['lease-report', 'deposit-insurance', 'agent-documents', 'keep-registration']));
  });
});
