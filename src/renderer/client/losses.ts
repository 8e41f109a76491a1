/** Two kinds of loss: what was refused though it was sent, and old data that made room as retention asks. */

import type { Loss } from '#shared/contract/health.ts'

/** Pruned by retention, and so expected. */
export function isPruned(loss: Pick<Loss, 'reason'>): boolean {
  return loss.reason.startsWith('pruned')
}
