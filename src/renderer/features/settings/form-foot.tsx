/** The end of a form: save, take back, and how saving went. */

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { errorText } from '../../ui/error-text.ts'
import styles from './settings-view.module.css'

export interface FormFootProps {
  readonly label: string
  readonly isChanged: boolean
  readonly isValid: boolean
  readonly isSaving: boolean
  /** A failure that stands at no field. */
  readonly error: unknown
  /** What to say once it is saved; undefined while there is nothing to say. */
  readonly done: string | undefined
  readonly onRevert: () => void
}

export function FormFoot({ label, isChanged, isValid, isSaving, error, done, onRevert }: FormFootProps) {
  return (
    <div className={styles.foot}>
      <Button type="submit" variant="filled" disabled={!isChanged || !isValid} loading={isSaving}>
        {label}
      </Button>
      {isChanged && !isSaving ? <Button onClick={onRevert}>Revert</Button> : null}
      <span role="status">
        {done === undefined || isChanged ? null : (
          <span className={styles.done}>
            <IconCheck size={14} aria-hidden="true" />
            {done}
          </span>
        )}
      </span>
      {error == null ? null : (
        <span role="alert" className={styles.failed}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {failureText(error)}
        </span>
      )}
    </div>
  )
}

function failureText(error: unknown): string {
  const { title, advice } = errorText(error)
  const message = error instanceof Error ? ` ${error.message}` : ''
  return `${title}.${message} ${advice}`
}
