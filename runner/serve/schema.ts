/**
 * What lies in the database, one step for each version of it; `PRAGMA user_version` says how many are done. A step that was released is never changed: a new one follows it.
 * Times are milliseconds since 1970.
 */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
    account TEXT,
    enqueued_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    -- how often the service was ended while it ran
    attempts INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    message TEXT,
    -- of the project, as in report.json
    report TEXT,
    CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
    CHECK ((state IN ('done', 'failed')) = (outcome IS NOT NULL))
  ) STRICT;

  CREATE UNIQUE INDEX queued_once ON jobs (project) WHERE state = 'queued';
  CREATE UNIQUE INDEX running_once ON jobs (project) WHERE state = 'running';
  CREATE INDEX of_project ON jobs (project, id) WHERE state IN ('done', 'failed');
  CREATE INDEX by_end ON jobs (finished_at) WHERE state IN ('done', 'failed');

  CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
];
