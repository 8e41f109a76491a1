/** SQL statements in addresses. */

/** A longer statement would make an address that servers and chats refuse. */
const maxLinkCharacters = 6_000

/** What an address says of a statement: nothing where it would be too long. */
export function linkOf(query: string): string | undefined {
  return encodeURIComponent(query).length > maxLinkCharacters ? undefined : query
}
