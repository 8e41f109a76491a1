/** Reads logfmt, `level=info msg="a b" took=3ms`, as Go's slog and logrus print it. */

const pair = /(?:^|\s+)([A-Za-z_@][\w.@/-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"=]*))(?=\s|$)/y

/** The fields of a line that is logfmt from its start to its end and tells a level or a message; else `undefined`. */
export function logfmtFields(line: string): { readonly [key: string]: string } | undefined {
  const text = line.trim()
  if (!/(?:^|\s)(?:level|lvl|severity|msg|message)=/.test(text)) return undefined
  const fields: [string, string][] = []
  pair.lastIndex = 0
  while (pair.lastIndex < text.length) {
    const match = pair.exec(text)
    if (match === null) return undefined
    const [, key = '', quoted, bare = ''] = match
    fields.push([key, quoted === undefined ? bare : unquoted(quoted)])
  }
  return Object.fromEntries(fields)
}

function unquoted(text: string): string {
  return text.replace(/\\(["\\nrt])/g, (_whole, escaped: string) =>
    escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped === 't' ? '\t' : escaped,
  )
}
