/** The settings a person chose, with defaults where they chose none. */

import { defaultRetention, type ReceiverPorts, type RetentionPolicy, readSetting } from '../store/settings.ts'
import type { QueryContext } from './context.ts'

export interface ChosenSettings {
  readonly retention: RetentionPolicy
  /** Undefined while the default ports stand. */
  readonly ports: ReceiverPorts | undefined
}

export function readSettings({ db }: QueryContext, _input: undefined): ChosenSettings {
  return { retention: { ...defaultRetention, ...readSetting(db, 'retention') }, ports: readSetting(db, 'ports') }
}
