/** The export dialog: format, what goes into it, what is replaced, and what that looks like. */

import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../client/api.ts'
import { closeExport, type ExportOffer, useOpenExport } from '../../client/export-offer.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { ExportPanel } from './export-panel.tsx'

export function ExportsDialog() {
  const offer = useOpenExport()
  return (
    <Modal
      opened={offer !== undefined}
      onClose={closeExport}
      title="Export"
      size={760}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {offer === undefined ? null : <WithKeptRules offer={offer} />}
    </Modal>
  )
}

function WithKeptRules({ offer }: { readonly offer: ExportOffer }) {
  const kept = useQuery(orpc.exports.redaction.queryOptions())
  return (
    <Loaded query={kept} rows={8} label="Loading redaction rules">
      {(redaction) => <ExportPanel offer={offer} kept={redaction} />}
    </Loaded>
  )
}
