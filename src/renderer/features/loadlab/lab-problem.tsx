/** Why the last command didn't work, above the screen until it is dismissed or another one works. */

import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { labErrorText } from './lab-error.ts'
import styles from './loadlab-view.module.css'
import { dismissLabProblem, useLabProblem } from './use-lab-command.ts'

export function LabProblem() {
  const problem = useLabProblem()
  if (problem === undefined) return null
  return (
    <div role="alert" className={styles.problem}>
      <IconAlertTriangle size={15} className={styles.problemIcon} aria-hidden="true" />
      <span>{labErrorText(problem)}</span>
      <ActionIcon size={20} aria-label="Dismiss" className={styles.dismiss ?? ''} onClick={dismissLabProblem}>
        <IconX size={13} />
      </ActionIcon>
    </div>
  )
}
