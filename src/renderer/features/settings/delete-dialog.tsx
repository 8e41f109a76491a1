/** Asks for the words before everything is deleted. */

import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { orpc } from '../../client/api.ts'
import { errorText } from '../../ui/error-text.ts'
import styles from './settings-view.module.css'

const words = 'delete all data'

export interface DeleteDialogProps {
  readonly isOpen: boolean
  /** How much will go: `1,240 spans, …`. */
  readonly stored: string
  readonly onClose: () => void
}

export function DeleteDialog({ isOpen, stored, onClose }: DeleteDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Delete all data"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <DeleteForm stored={stored} onClose={onClose} />
    </Modal>
  )
}

function DeleteForm({ stored, onClose }: Omit<DeleteDialogProps, 'isOpen'>) {
  const [text, setText] = useState('')
  const remove = useMutation(
    orpc.settings.deleteAll.mutationOptions({
      // A page loaded anew remembers nothing of what is gone: no answers, no filters, no place in a list.
      onSuccess: () => window.location.assign('/connect'),
    }),
  )
  const isTyped = text.trim().toLowerCase() === words

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (isTyped && !remove.isPending) remove.mutate({ confirm: words })
  }

  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <p className={styles.dialogText}>
        This deletes {stored} from the database. Notes, saved views and settings stay, and what arrives afterwards is
        stored as usual.
      </p>
      <TextInput
        label={`Type “${words}” to confirm`}
        data-autofocus
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {remove.error === null ? null : (
        <p role="alert" className={styles.failed}>
          {errorText(remove.error).title}. {remove.error.message} {errorText(remove.error).advice}
        </p>
      )}
      <div className={styles.dialogFoot}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="filled"
          color="var(--error)"
          disabled={!isTyped}
          loading={remove.isPending || remove.isSuccess}
        >
          Delete all data
        </Button>
      </div>
    </form>
  )
}
