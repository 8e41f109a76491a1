/** The settings a person chose, with defaults where they chose none. */

import { defaultRedaction, type Redaction, redactionSchema } from '#shared/contract/exports.ts'
import { defaultRetention, type ReceiverPorts, type RetentionPolicy, readSetting } from '../store/settings.ts'
import type { QueryContext } from './context.ts'

export interface ChosenSettings {
  readonly retention: RetentionPolicy
  /** Undefined while the default ports stand. */
  readonly ports: ReceiverPorts | undefined
  readonly redaction: Redaction
}

export function readSettings({ db }: QueryContext, _input: undefined): ChosenSettings {
  // A newer Spanlight may have kept rules this one doesn't know.
  const redaction = redactionSchema.safeParse(readSetting(db, 'redaction'))
  return {
    retention: { ...defaultRetention, ...readSetting(db, 'retention') },
    ports: readSetting(db, 'ports'),
    redaction: redaction.data ?? defaultRedaction,
  }
}
