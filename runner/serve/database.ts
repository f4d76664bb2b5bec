import { closeSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail } from '../../src/base/failure.ts';
import { STEPS } from './schema.ts';

export interface Database {
  readonly sql: DatabaseSync;
  read<T>(work: () => T): T;
  /** All of `work` or nothing of it is on the disk afterwards. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** How long a writer waits for another program, `sqlite3` in somebody's shell. */
const BUSY_MS = 5_000;

/**
 * Opens the file for this process alone, and brings it to the newest version. What is committed is on the disk: WAL with `synchronous=FULL` syncs at every commit (https://www.sqlite.org/pragma.html#pragma_synchronous).
 * @throws FailureError `database-unusable`
 */
export function openDatabase(path: string): Database {
  const lock = attempt(path, () => locked(path));
  let sql: DatabaseSync | undefined;
  try {
    return attempt(path, () => {
      const opened = (sql = new DatabaseSync(path, { timeout: BUSY_MS }));
      opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      migrate(opened, path);
      return databaseOf(opened, lock, path);
    });
  } catch (error) {
    sql?.close();
    lock.close();
    throw error;
  }
}

function databaseOf(sql: DatabaseSync, lock: DatabaseSync, path: string): Database {
  return {
    sql,
    read: (work) => attempt(path, work),
    transaction: (work) => attempt(path, () => transaction(sql, work)),
    close: () => {
      // the last connection to close writes the log into the file
      sql.close();
      lock.close();
    },
  };
}

function transaction<T>(sql: DatabaseSync, work: () => T): T {
  sql.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    sql.exec('COMMIT');
    return result;
  } catch (error) {
    // some errors, a full disk among them, have rolled back already
    if (sql.isTransaction) sql.exec('ROLLBACK');
    throw error;
  }
}

/**
 * A second file, because the first should stay readable for `sqlite3` while the service runs. Its lock is the system's: it goes with the process, however that ends.
 * The file is private like the other: it tells names of projects and titles of merge requests.
 */
function locked(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
  // by another name it is the same file
  const real = realpathSync(path);
  const lock = new DatabaseSync(join(dirname(real), `${basename(real)}.lock`), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (codeOf(error) === BUSY) fail({ code: 'database-unusable', message: `another service works with ${path}`, remedy: 'End it first, or give this one a file of its own (`serve.database`).' });
    throw error;
  }
  return lock;
}

function migrate(sql: DatabaseSync, path: string): void {
  const { user_version: version } = sql.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > STEPS.length) fail({ code: 'database-unusable', message: `${path} was written by a later version of this program`, remedy: 'Install that version, or give this one a file of its own (`serve.database`).' });
  if (version < 0 || (version === 0 && sql.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined)) {
    fail({ code: 'database-unusable', message: `${path} is a database of another program`, remedy: 'Name a file of its own (`serve.database`).' });
  }
  STEPS.slice(version).forEach((step, index) => transaction(sql, () => sql.exec(`${step}; PRAGMA user_version = ${version + index + 1}`)));
}

const BUSY = 5;

/** Result codes that tell of the file or its disk (https://www.sqlite.org/rescode.html); all others are our own mistakes. */
const OF_THE_FILE: Readonly<Record<number, string>> = {
  [BUSY]: 'another program holds it locked',
  6: 'another program holds it locked',
  8: 'it may not be written to',
  10: 'its disk fails',
  11: 'it is damaged',
  13: 'its disk is full',
  14: 'it cannot be opened',
  26: 'it is no SQLite database',
};

/** Expected failures get their words. */
function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    const reason = syscall !== undefined && code !== undefined ? code : OF_THE_FILE[codeOf(error) ?? -1];
    if (reason === undefined) throw error;
    return fail({ code: 'database-unusable', message: `the database ${path} cannot be used: ${reason}`, remedy: 'Check the file, its folder and its disk, or name another one (`serve.database`); queue and history are all that is in it.' });
  }
}

/** The primary result code: the lowest byte of the extended one. */
function codeOf(error: unknown): number | null {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : null;
}
