/** What a person adds to a session: notes on traces, spans and times, and views of screens by name. */

export const sql = /* sql */ `
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  trace_id BLOB,
  span_id BLOB,
  at_unix_nano INTEGER NOT NULL,
  end_unix_nano INTEGER,
  about TEXT NOT NULL,
  text TEXT NOT NULL,
  created_unix_nano INTEGER NOT NULL,
  changed_unix_nano INTEGER NOT NULL
) STRICT;
CREATE INDEX note_trace ON note (trace_id);
CREATE INDEX note_time ON note (at_unix_nano);

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  screen TEXT NOT NULL,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  created_unix_nano INTEGER NOT NULL,
  UNIQUE (screen, name)
) STRICT;
`
