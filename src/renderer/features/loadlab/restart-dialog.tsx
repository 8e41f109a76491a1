/** Another scenario, or the same anew with another load or seed. */

import { Modal } from '@mantine/core'
import type { LabCatalog } from '#shared/contract/loadlab-catalog.ts'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { useScenarioFile } from './scenario-file.ts'
import { fromFile, StartForm } from './start-form.tsx'

export interface RestartDialogProps {
  readonly catalog: LabCatalog
  readonly run: LabRun
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function RestartDialog({ catalog, run, isOpen, onClose }: RestartDialogProps) {
  const file = useScenarioFile()
  const isBuiltIn = catalog.scenarios.some(({ name }) => name === run.scenario)
  const fallback = catalog.scenarios[0]?.name ?? ''
  const scenario = isBuiltIn ? run.scenario : file === undefined || run.target !== null ? fallback : fromFile
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Start anew"
      centered
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <StartForm
        catalog={catalog}
        initial={{ scenario, rate: run.rate, profile: run.profile, seed: run.seed }}
        submitLabel="Stop this run and start"
        onStarted={onClose}
      />
    </Modal>
  )
}
