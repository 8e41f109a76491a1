/** What comes in, in the few words beside the clock. */

import type { EngineState } from '#shared/contract/host.ts'
import type { Intake } from '../engine/process-messages.ts'

export function intakeText(state: EngineState['kind'], { isReceiving, perSecond }: Intake): string {
  if (state === 'failed') return 'Could not start'
  if (state !== 'running') return 'Starting'
  if (!isReceiving) return 'Ready, nothing arrives now'
  return `Receiving ${Math.round(perSecond).toLocaleString('en')} records/s`
}
