/** What the address of the Settings screen holds: how the services are sorted. */

import { z } from 'zod'
import { type StorageSort, storageColumns } from './storage-rows.ts'

export const settingsUrlSchema = z.object({
  sort: z.enum(storageColumns).optional().catch(undefined),
  reversed: z
    .preprocess((value) => value === 'true' || value === true, z.boolean())
    .optional()
    .catch(undefined),
})
export type SettingsUrl = z.output<typeof settingsUrlSchema>

export function readSort(url: SettingsUrl): StorageSort {
  return { column: url.sort ?? 'bytes', reversed: url.reversed === true }
}

/** A click on a column sorts by it; on the one sorted by already, the other way. The default leaves the address. */
export function sortPatch(before: StorageSort, column: StorageSort['column']): SettingsUrl {
  const reversed = before.column === column && !before.reversed
  return { sort: column === 'bytes' ? undefined : column, reversed: reversed ? true : undefined }
}
