/** How Spanlight marks what it sends itself, so that no Spanlight records another one's own doings. */

/** HTTP header and gRPC metadata key; its value is of no matter. */
export const selfHeader = 'x-spanlight-self'
