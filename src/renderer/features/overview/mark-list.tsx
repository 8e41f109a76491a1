/** The marks on the charts as a list, from which they can be taken off again. */

import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Annotation } from '#shared/contract/annotations.ts'
import { api } from '../../client/api.ts'
import { useChangeNotes } from '../../client/notes.ts'
import { errorText } from '../../ui/error-text.ts'
import { formatInstant, formatQuantity } from '../../ui/format.ts'
import popover from '../../ui/popover-list.module.css'
import { printableLine } from '../../ui/printable.ts'
import { annotationColor, annotationKey, annotationText } from './annotation-marks.ts'
import styles from './marks.module.css'

export function MarkList({ annotations }: { readonly annotations: readonly Annotation[] }) {
  const queryClient = useQueryClient()
  const canChange = useChangeNotes() !== undefined
  const remove = useMutation({
    mutationFn: ({ id, isNote }: Annotation) => (isNote ? api.notes.remove({ id }) : api.annotations.remove({ id })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['annotations'] }),
  })
  if (annotations.length === 0) return null
  const newestFirst = [...annotations].reverse()
  return (
    <Popover position="bottom-end" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray">
          {formatQuantity(annotations.length, 'mark')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Marks" className={popover.panel}>
        <ul className={popover.list} aria-label="Marks in this range">
          {newestFirst.map((annotation) => (
            <li key={annotationKey(annotation)} className={styles.item}>
              <span
                className={styles.flag}
                style={{ background: annotationColor(annotation.kind) }}
                aria-hidden="true"
              />
              <span className={styles.text} title={annotation.text}>
                {annotationText(annotation)}
              </span>
              <span className={styles.when}>
                {printableLine(annotation.kind, 24)} · {formatInstant(annotation.startUnixNano).slice(0, -4)}
              </span>
              {canChange ? (
                <ActionIcon
                  size={20}
                  aria-label={`Remove the mark ${annotationText(annotation)}`}
                  title={annotation.isNote ? 'Delete this note' : 'Take it off the charts; its log record stays'}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(annotation)}
                >
                  <IconX size={13} />
                </ActionIcon>
              ) : null}
            </li>
          ))}
        </ul>
        {remove.error === null ? null : (
          <p className="bad" role="alert">
            {errorText(remove.error).title}
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
