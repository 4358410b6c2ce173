/** Listings in MySQL, read in pages by the id of the last one seen: a new listing does not shift the next page. */
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../deps.ts';
import { notFound, Problem } from '../errors.ts';
import type { Listing, ListingInput, ListingPage, ListingQuery } from './listing.ts';

/** Words of a search that count. */
const mostWords = 5;

export class Listings {
  readonly #deps: Pick<Deps, 'db' | 'clock'>;

  constructor(deps: Pick<Deps, 'db' | 'clock'>) {
    this.#deps = deps;
  }

  /** Newest first. `viewer` is the id of who looks, if we know. */
  async page(query: ListingQuery, viewer: string | undefined): Promise<ListingPage> {
    const { conditions, parameters } = conditionsOf(query);
    const rows = await this.#read(`${conditions.join(' AND ')} ORDER BY l.id DESC LIMIT ?`, [...parameters, String(query.limit + 1)]);
    const items = rows.slice(0, query.limit).map((row) => listingOf(row, viewer));
    return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws Problem 404 */
  async one(id: string, viewer: string): Promise<Listing> {
    return listingOf(await this.#row(id), viewer);
  }

  async add(author: string, { title, district, deposit, monthlyRent, areaM2, description }: ListingInput): Promise<Listing> {
    const [{ insertId }] = await this.#deps.db.execute<ResultSetHeader>(
      `INSERT INTO listings (person_id, title, district, deposit, monthly_rent, area_m2, description, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [author, title, district, deposit, monthlyRent, areaM2 ?? null, description || null, this.#deps.clock()],
    );
    return this.one(String(insertId), author);
  }

  /** @throws Problem 404; 403 when it is somebody else's */
  async remove(author: string, id: string): Promise<void> {
    const [{ affectedRows }] = await this.#deps.db.execute<ResultSetHeader>('DELETE FROM listings WHERE id = ? AND person_id = ?', [
      id,
      author,
    ]);
    if (affectedRows > 0) return;
    await this.#row(id);
    throw new Problem(403, 'not-yours', 'This is not yours', { detail: 'Only who made a listing can delete it.' });
  }

  async #row(id: string): Promise<ListingRow> {
    const [row] = await this.#read('l.id = ?', [id]);
    if (!row) throw notFound();
    return row;
  }

  async #read(rest: string, parameters: (string | number)[]): Promise<ListingRow[]> {
    const [rows] = await this.#deps.db.execute<ListingRow[]>(
      `SELECT l.id, l.title, l.district, l.deposit, l.monthly_rent, l.area_m2, l.description, l.created_at, l.person_id, p.name
       FROM listings l JOIN people p ON p.id = l.person_id WHERE ${rest}`,
      parameters,
    );
    return rows;
  }
}

/** Every word has to be somewhere in the listing. */
function conditionsOf({ query = '', maxDeposit, maxRent, before }: ListingQuery) {
  const words = query.split(/\s+/).filter(Boolean).slice(0, mostWords);
  const all: (readonly [condition: string, parameter: string | number | undefined])[] = [
    ['l.deposit <= ?', maxDeposit],
    ['l.monthly_rent <= ?', maxRent],
    ['l.id < ?', before],
    ...words.map((word) => ["CONCAT_WS(' ', l.title, l.district, l.description) LIKE ?", `%${literal(word)}%`] as const),
  ];
  const given = all.filter(([, parameter]) => parameter !== undefined);
  return {
    conditions: ['TRUE', ...given.map(([condition]) => condition)],
    parameters: given.map(([, parameter]) => parameter ?? ''),
  };
}

/** A percent sign in a search is a percent sign. */
function literal(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}

interface ListingRow extends RowDataPacket {
  readonly id: number;
  readonly title: string;
  readonly district: string;
  readonly deposit: number;
  readonly monthly_rent: number;
  readonly area_m2: number | null;
  readonly description: string | null;
  readonly created_at: Date;
  readonly person_id: number;
  readonly name: string;
}

function listingOf(row: ListingRow, viewer: string | undefined): Listing {
  const { title, district, deposit, description } = row;
  return {
    id: String(row.id),
    title,
    district,
    deposit,
    monthlyRent: row.monthly_rent,
    areaM2: row.area_m2,
    description,
    author: { name: row.name },
    createdAt: row.created_at.toISOString(),
    mine: String(row.person_id) === viewer,
  };
}
