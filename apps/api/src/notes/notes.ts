/** House notes in MySQL. Each function takes the owner's id and reads only their notes. */
import type { PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { inTransaction } from '../db/transaction.ts';
import type { Deps } from '../deps.ts';
import { invalid, notFound, Problem } from '../errors.ts';
import { lockPerson } from '../people/person-lock.ts';
import type { Note, NoteInput, NotePage, NoteQuery } from './note.ts';

/** Of one person. */
const most = 200;

export class Notes {
  readonly #deps: Pick<Deps, 'db' | 'clock'>;

  constructor(deps: Pick<Deps, 'db' | 'clock'>) {
    this.#deps = deps;
  }

  /** Newest first. */
  async page(owner: string, { before, limit }: NoteQuery): Promise<NotePage> {
    const older = before === undefined ? '' : 'AND n.id < ?';
    const parameters = [owner, ...(before === undefined ? [] : [before]), String(limit + 1)];
    const notes = await this.#read(`n.person_id = ? ${older} ORDER BY n.id DESC LIMIT ?`, parameters);
    const items = notes.slice(0, limit);
    return { items, next: notes.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws Problem 404 */
  async one(owner: string, id: string): Promise<Note> {
    const [note] = await this.#read('n.person_id = ? AND n.id = ?', [owner, id]);
    if (!note) throw notFound();
    return note;
  }

  /** @throws Problem 409 when there are too many, 422 for items that are not on the checklist */
  async add(owner: string, input: NoteInput): Promise<Note> {
    const id = await inTransaction(this.#deps.db, async (connection) => {
      await lockPerson(connection, owner);
      await refuseTooMany(connection, owner);
      const [{ insertId }] = await connection.execute<ResultSetHeader>(
        'INSERT INTO notes (title, address, deposit, monthly_rent, memo, visited_on, person_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [...values(input), owner, this.#deps.clock()],
      );
      await check(connection, String(insertId), input.checked);
      return String(insertId);
    });
    return this.one(owner, id);
  }

  /** @throws Problem 404, 422 */
  async change(owner: string, id: string, input: NoteInput): Promise<Note> {
    await inTransaction(this.#deps.db, async (connection) => {
      const [rows] = await connection.execute<RowDataPacket[]>('SELECT id FROM notes WHERE person_id = ? AND id = ? FOR UPDATE', [
        owner,
        id,
      ]);
      if (rows.length === 0) throw notFound();
      await connection.execute(
        'UPDATE notes SET title = ?, address = ?, deposit = ?, monthly_rent = ?, memo = ?, visited_on = ? WHERE id = ?',
        [...values(input), id],
      );
      await connection.execute('DELETE FROM note_checks WHERE note_id = ?', [id]);
      await check(connection, id, input.checked);
    });
    return this.one(owner, id);
  }

  /** @throws Problem 404 */
  async remove(owner: string, id: string): Promise<void> {
    const [{ affectedRows }] = await this.#deps.db.execute<ResultSetHeader>('DELETE FROM notes WHERE person_id = ? AND id = ?', [
      owner,
      id,
    ]);
    if (affectedRows === 0) throw notFound();
  }

  async #read(rest: string, parameters: string[]): Promise<Note[]> {
    const [rows] = await this.#deps.db.execute<NoteRow[]>(
      `SELECT n.id, n.title, n.address, n.deposit, n.monthly_rent, n.memo, n.visited_on, n.created_at,
         (SELECT JSON_ARRAYAGG(c.item_id) FROM note_checks c WHERE c.note_id = n.id) AS checked
       FROM notes n WHERE ${rest}`,
      parameters,
    );
    return rows.map(noteOf);
  }
}

interface NoteRow extends RowDataPacket {
  readonly id: number;
  readonly title: string;
  readonly address: string | null;
  readonly deposit: number | null;
  readonly monthly_rent: number | null;
  readonly memo: string | null;
  readonly visited_on: string | null;
  readonly created_at: Date;
  readonly checked: string[] | null;
}

function noteOf(row: NoteRow): Note {
  const { title, address, deposit, memo } = row;
  return {
    id: String(row.id),
    title,
    address,
    deposit,
    monthlyRent: row.monthly_rent,
    memo,
    visitedOn: row.visited_on,
    checked: (row.checked ?? []).toSorted(),
    createdAt: row.created_at.toISOString(),
  };
}

/** In the order of the columns. A text of nothing is nothing. */
function values({ title, address, deposit, monthlyRent, memo, visitedOn }: NoteInput) {
  return [title, address || null, deposit ?? null, monthlyRent ?? null, memo || null, visitedOn ?? null];
}

async function refuseTooMany(connection: PoolConnection, owner: string): Promise<void> {
  const [rows] = await connection.execute<RowDataPacket[]>('SELECT COUNT(*) AS count FROM notes WHERE person_id = ?', [owner]);
  if (Number(rows[0]?.count) >= most)
    throw new Problem(409, 'too-many-notes', 'Too many notes', { detail: `At most ${most}; delete one first.` });
}

async function check(connection: PoolConnection, noteId: string, items: readonly string[]): Promise<void> {
  const wanted = [...new Set(items)];
  if (wanted.length === 0) return;
  const places = wanted.map(() => '?').join(', ');
  const [rows] = await connection.execute<RowDataPacket[]>(`SELECT id FROM checklist_items WHERE id IN (${places})`, wanted);
  const known = new Set(rows.map(({ id }) => id));
  const unknown = wanted.filter((each) => !known.has(each));
  if (unknown.length > 0)
    throw invalid(unknown.map((each) => ({ field: `checked.${items.indexOf(each)}`, message: 'is not on the checklist' })));
  await connection.execute(`INSERT INTO note_checks (note_id, item_id) SELECT ?, id FROM checklist_items WHERE id IN (${places})`, [
    noteId,
    ...wanted,
  ]);
}
