/** Commands to paste: the shop's services are real and can be called by anybody on this machine. */

import { Modal } from '@mantine/core'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ServiceLabel } from '../../ui/service-label.tsx'
import styles from './dialogs.module.css'

export interface CurlDialogProps {
  readonly run: LabRun
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function CurlDialog({ run, isOpen, onClose }: CurlDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Call it yourself"
      centered
      size={640}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={styles.text}>
        The answer's <span className="mono">x-trace-id</span> is the trace to look for.
      </p>
      <h3 className={styles.heading}>Requests</h3>
      <ul className={styles.commands}>
        {run.curl.map(({ title, command }) => (
          <li key={title}>
            <p className={styles.commandTitle}>{title}</p>
            <div className={styles.command}>
              <code className="mono">{command}</code>
              <CopyButton text={command} label={`Copy: ${title}`} />
            </div>
          </li>
        ))}
      </ul>
      <h3 className={styles.heading}>Services</h3>
      <dl className={styles.addresses}>
        {run.services.map(({ name, url }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>
              <ServiceLabel name={name} />
            </dt>
            <dd>
              <span className="mono">{url}</span>
              <CopyButton text={url} label={`Copy the address of ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
