/**
 * What to look at before, at and after signing a lease. The content is in the database, so that it
 * is corrected by a migration.
 */
import type { PoolConnection, RowDataPacket } from 'mysql2/promise';

interface Bilingual {
  readonly ko: string;
  readonly en: string;
}

export interface Checklist {
  readonly sections: readonly Section[];
}

interface Section {
  readonly id: string;
  readonly title: Bilingual;
  readonly items: { readonly id: string; readonly text: Bilingual; readonly why: Bilingual }[];
}

/** One statement. */
export async function readChecklist(db: PoolConnection): Promise<Checklist> {
  const [rows] = await db.execute<Row[]>(
    `SELECT s.id AS section, s.title_ko, s.title_en, i.id, i.text_ko, i.text_en, i.why_ko, i.why_en
     FROM checklist_sections s JOIN checklist_items i ON i.section_id = s.id ORDER BY s.position, i.position`,
  );
  const sections: Section[] = [];
  for (const row of rows) {
    const item = { id: row.id, text: { ko: row.text_ko, en: row.text_en }, why: { ko: row.why_ko, en: row.why_en } };
    const last = sections.at(-1);
    if (last?.id === row.section) last.items.push(item);
    else sections.push({ id: row.section, title: { ko: row.title_ko, en: row.title_en }, items: [item] });
  }
  return { sections };
}

type Column = 'section' | 'title_ko' | 'title_en' | 'id' | 'text_ko' | 'text_en' | 'why_ko' | 'why_en';

interface Row extends RowDataPacket, Record<Column, string> {}
