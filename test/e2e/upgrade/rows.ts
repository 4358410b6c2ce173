/**
 * Rows in the MySQL of the AWS host: some that stay as they are, and one after the other while the
 * machine lives.
 */
import { spawn } from 'node:child_process';
import { nodesOf } from '../../../scripts/local/hosts/files.ts';
import { onMachine } from '../../../scripts/local/hosts/machine/machine.ts';
import type { Place } from '../hosts/place.ts';

const many = 10_000;

const tables = `
  CREATE DATABASE trial;
  USE trial;
  CREATE TABLE lasting (id INT PRIMARY KEY, content CHAR(64) NOT NULL);
  CREATE TABLE written (id INT PRIMARY KEY);
  SET SESSION cte_max_recursion_depth = ${many};
  INSERT INTO lasting WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many}) SELECT i, SHA2(i, 256) FROM n;`;

export async function insertRows(place: Place): Promise<void> {
  await place.must('aws', `mysql <<'END'\n${tables}\nEND`);
}

/** Number and checksum of the rows that stay as they are. */
export function digest(place: Place): Promise<string> {
  return place.must('aws', `mysql -N -e "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('-', id, content))) FROM trial.lasting"`);
}

export async function writtenRows(place: Place): Promise<number[]> {
  return (await place.must('aws', 'mysql -N -e "SELECT id FROM trial.written ORDER BY id"')).split('\n').filter(Boolean).map(Number);
}

/**
 * Commits one row after the other on the host until MySQL ends, and records each that was
 * acknowledged.
 */
export class Writer {
  readonly acknowledged: number[] = [];
  readonly ended: Promise<void>;

  constructor(place: Place, first: number) {
    const leader = nodesOf(place.clone.hosts).find(({ host }) => host === 'aws')?.leader;
    if (leader === undefined) throw new Error('the AWS host is not booted');
    const script = `i=${first}; while mysql -e "INSERT INTO trial.written VALUES ($i)" 2>/dev/null; do echo $i; i=$((i + 1)); done`;
    const [program, ...args] = onMachine(leader, ['/bin/bash', '-c', script]);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      const lines = `${rest}${data}`.split('\n');
      rest = lines.pop() ?? '';
      this.acknowledged.push(...lines.map(Number));
    });
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
  }
}
