/** What pruning needs: which traces it removed and when, and links by their source. */

export const sql = /* sql */ `
CREATE TABLE pruned_trace (
  id INTEGER PRIMARY KEY,
  trace_id BLOB NOT NULL UNIQUE,
  pruned_unix_nano INTEGER NOT NULL,
  reason TEXT NOT NULL,
  unfinished INTEGER NOT NULL
) STRICT;
CREATE INDEX pruned_trace_unfinished ON pruned_trace (unfinished) WHERE unfinished = 1;

CREATE INDEX span_link_source ON span_link (trace_id);
`
