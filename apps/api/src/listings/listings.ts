/**
 * Listings in MySQL, read in pages by the id of the last one seen: a new listing does not shift the
 * next page.
 */
import type { PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { inTransaction } from '../db/transaction.ts';
import type { Deps } from '../deps.ts';
import { notFound, Problem, unavailable } from '../errors.ts';
import { ConcurrencyLimit } from '../http/limits/concurrency-limit.ts';
import { lockPerson } from '../people/person-lock.ts';
import type { Listing, ListingInput, ListingPage, ListingQuery } from './listing.ts';

/** Words of a search that count. */
const mostWords = 5;
/** Per person at a time: enough for any real landlord, too few to crowd out all others. */
const most = 50;
/** A search looks through the texts of all listings; MySQL ends each after this time. */
const searchLimitMs = 3_000;
/**
 * Searches share the pool of connections (20) with everything else, so they have a few of them. One
 * that waits has no connection; with the time of a search the last in the line is answered before
 * the time of its request is over (http/limits.ts).
 */
const searchesAtOnce = { running: 4, waiting: 12 } as const;

export class Listings {
  readonly #deps: Pick<Deps, 'db' | 'clock'>;
  readonly #searches = new ConcurrencyLimit(searchesAtOnce);

  constructor(deps: Pick<Deps, 'db' | 'clock'>) {
    this.#deps = deps;
  }

  /**
   * Newest first. `viewer` is the id of the signed-in person.
   * @throws Problem 503 when too many search, or MySQL takes too long
   */
  async page(query: ListingQuery, viewer: string | undefined): Promise<ListingPage> {
    const { conditions, parameters } = conditionsOf(query);
    const read = () => this.#read(`${conditions.join(' AND ')} ORDER BY l.id DESC LIMIT ?`, [...parameters, String(query.limit + 1)]);
    const rows = isSearch(query)
      ? await this.#searches.run('Too many people search at this moment. Please try again.', read)
      : await read();
    const items = rows.slice(0, query.limit).map((row) => listingOf(row, viewer));
    return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws Problem 404 */
  async one(id: string, viewer: string): Promise<Listing> {
    return listingOf(await this.#row(id), viewer);
  }

  /** @throws Problem 409 when there are too many */
  async add(author: string, { title, district, deposit, monthlyRent, areaM2, description }: ListingInput): Promise<Listing> {
    const id = await inTransaction(this.#deps.db, async (connection) => {
      await lockPerson(connection, author);
      await refuseTooMany(connection, author);
      const [{ insertId }] = await connection.execute<ResultSetHeader>(
        `INSERT INTO listings (person_id, title, district, deposit, monthly_rent, area_m2, description, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [author, title, district, deposit, monthlyRent, areaM2 ?? null, description || null, this.#deps.clock()],
      );
      return String(insertId);
    });
    return this.one(id, author);
  }

  /** @throws Problem 404; 403 when it is another person's */
  async remove(author: string, id: string): Promise<void> {
    const [{ affectedRows }] = await this.#deps.db.execute<ResultSetHeader>('DELETE FROM listings WHERE id = ? AND person_id = ?', [
      id,
      author,
    ]);
    if (affectedRows > 0) return;
    await this.#row(id);
    throw new Problem(403, 'not-yours', 'This is not yours', { detail: 'Only the author of a listing can delete it.' });
  }

  async #row(id: string): Promise<ListingRow> {
    const [row] = await this.#read('l.id = ?', [id]);
    if (!row) throw notFound();
    return row;
  }

  async #read(rest: string, parameters: (string | number)[]): Promise<ListingRow[]> {
    const reading = this.#deps.db.execute<ListingRow[]>(
      `SELECT /*+ MAX_EXECUTION_TIME(${searchLimitMs}) */ l.id, l.title, l.district, l.deposit, l.monthly_rent, l.area_m2, l.description, l.created_at, l.person_id, p.name
       FROM listings l JOIN people p ON p.id = l.person_id WHERE ${rest}`,
      parameters,
    );
    const [rows] = await reading.catch(explainTimeLimit);
    return rows;
  }
}

async function refuseTooMany(connection: PoolConnection, author: string): Promise<void> {
  const [rows] = await connection.execute<RowDataPacket[]>('SELECT COUNT(*) AS count FROM listings WHERE person_id = ?', [author]);
  if (Number(rows[0]?.count) >= most)
    throw new Problem(409, 'too-many-listings', 'Too many listings', { detail: `At most ${most}; delete one first.` });
}

const endedByTimeLimit = 3024;

/** @throws always: Problem 503 when MySQL has ended the statement itself */
function explainTimeLimit(error: Error & { readonly errno?: number }): never {
  if (error.errno === endedByTimeLimit) throw unavailable('The search takes too long at the moment. Please try again.', error);
  throw error;
}

/** What looks through many listings; a page without conditions is read by the key. */
function isSearch({ query, maxDeposit, maxRent }: ListingQuery): boolean {
  return Boolean(query?.trim()) || maxDeposit !== undefined || maxRent !== undefined;
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
