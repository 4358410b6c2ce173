/** Contracts as their person sees them. */
import type { Pool } from 'mysql2/promise';
import type { Answer } from '../ai/answer.ts';
import { isOpen, type OpenStatus, type Status, type Words } from '../contract.ts';
import type { Row } from '../database.ts';
import { endedWords, progressMessage } from './messages.ts';
import type { OpenContract, Progress, QueuePositions } from './queue-position.ts';

export interface ContractView {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly answeredAt: string | null;
  readonly position: number | null;
  readonly pageCount: number;
  readonly message: Words;
  readonly result: Answer | null;
}

export interface ContractLine {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: string;
  readonly pageCount: number;
  readonly summary: Words | null;
}

export class Views {
  readonly #db: Pool;
  readonly #positions: QueuePositions;

  constructor(db: Pool, positions: QueuePositions) {
    this.#db = db;
    this.#positions = positions;
  }

  /** Undefined when there is none, or when it is another person's. */
  async find(id: string, personId: string): Promise<ContractView | undefined> {
    const row = await this.#row(id, personId);
    if (!row || !isOpen(row.status)) return row && endedView(row);
    const open = await this.#open(id, row.status);
    if (open) return openView(row, this.#positions.progress(open));
    // It has ended between the two looks.
    const now = await this.#row(id, personId);
    return now && endedView(now);
  }

  /** Status alone: enough to know whether there is something to wait for. */
  async status(id: string, personId: string): Promise<Status | undefined> {
    const [rows] = await this.#db.query<ViewRow[]>('SELECT status FROM contracts WHERE id = ? AND person_id = ?', [id, personId]);
    return rows[0]?.status;
  }

  /**
   * Those of these that are there, whatever account they belong to; places in the line are left
   * out.
   */
  async of(ids: readonly string[]): Promise<ContractView[]> {
    const [rows] = await this.#db.query<ViewRow[]>(`${viewColumns} WHERE id IN (?)`, [ids]);
    return rows.map(endedView);
  }

  /** Newest first; `next` continues after the last of them. */
  async list(personId: string, limit: number, before: number | undefined): Promise<{ items: ContractLine[]; next: string | null }> {
    const [rows] = await this.#db.query<LineRow[]>(
      `SELECT number, id, status, created_at AS createdAt, page_count AS pageCount, summary FROM contracts
       WHERE person_id = ? AND number < ? ORDER BY number DESC LIMIT ?`,
      [personId, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
    );
    const items = rows.slice(0, limit);
    const next = rows.length > limit ? String(items.at(-1)?.number) : null;
    return {
      items: items.map(({ id, status, createdAt, pageCount, summary }) => ({
        id,
        status,
        createdAt: createdAt.toISOString(),
        pageCount,
        summary,
      })),
      next,
    };
  }

  /** Place in the line of a contract that waits. */
  async position(id: string): Promise<number | null> {
    return (await this.#open(id, 'waiting'))?.position ?? null;
  }

  async #row(id: string, personId: string): Promise<ViewRow | undefined> {
    const [rows] = await this.#db.query<ViewRow[]>(`${viewColumns} WHERE id = ? AND person_id = ?`, [id, personId]);
    return rows[0];
  }

  /** From the last reading of the line, unless it is old or knows less than the row. */
  async #open(id: string, status: OpenStatus): Promise<OpenContract | undefined> {
    if (!this.#positions.isFresh || this.#positions.find(id)?.status !== status) await this.#positions.refresh();
    return this.#positions.find(id);
  }
}

const viewColumns = 'SELECT id, status, created_at AS createdAt, answered_at AS answeredAt, page_count AS pageCount, result FROM contracts';

const thinking = progressMessage({ status: 'running', elapsedSeconds: 0, typicalSeconds: undefined });

interface ViewRow extends Row {
  readonly id: string;
  readonly status: Status;
  readonly createdAt: Date;
  readonly answeredAt: Date | null;
  readonly pageCount: number;
  readonly result: Answer | null;
}

interface LineRow extends Row {
  readonly number: number;
  readonly id: string;
  readonly status: Status;
  readonly createdAt: Date;
  readonly pageCount: number;
  readonly summary: Words | null;
}

const openView = (row: ViewRow, progress: Progress): ContractView => ({ ...viewOf(row, progress.message), ...progress });

/**
 * Should it be open again (its lease has run out in this very moment), the words are the ones of a
 * contract being worked on.
 */
const endedView = (row: ViewRow): ContractView => viewOf(row, isOpen(row.status) ? thinking : endedWords(row.status));

function viewOf(row: ViewRow, message: Words): ContractView {
  const { id, status, createdAt, answeredAt, pageCount, result } = row;
  return {
    id,
    status,
    createdAt: createdAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    position: null,
    pageCount,
    message,
    result,
  };
}
