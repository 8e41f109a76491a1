/** Names of files made of charts. */

/** `latency-percentiles-2026-11-28T101500Z.png`: what it shows, and when it begins. */
export function fileName(title: string, startUnixNano: bigint, extension: string): string {
  const words =
    title
      .normalize('NFD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  const start = new Date(Number(startUnixNano / 1_000_000n)).toISOString()
  return `${[...words, `${start.slice(0, 19).replaceAll(':', '')}Z`].join('-').slice(-120)}.${extension}`
}
