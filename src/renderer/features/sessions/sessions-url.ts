/** What the address of the Sessions screen holds: a dialog to open, and the file it is about. */

import { z } from 'zod'

export const sessionDialogs = ['new', 'open', 'copy', 'rename', 'recover'] as const
export type SessionDialog = (typeof sessionDialogs)[number]

export const sessionsUrlSchema = z.object({
  do: z.enum(sessionDialogs).optional().catch(undefined),
  file: z.string().max(4096).optional().catch(undefined),
})
