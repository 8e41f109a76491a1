/** An operation's Apdex, which opens to set the duration T it is measured by. */

import { Button, Popover, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { defaultApdexThresholdNs } from '#shared/contract/operations.ts'
import { api } from '../../client/api.ts'
import { errorText } from '../../ui/error-text.ts'
import { formatDuration } from '../../ui/format.ts'
import { parseDuration, writeDuration } from '../../ui/parse-duration.ts'
import styles from './operations.module.css'
import type { OperationRow } from './operations-rows.ts'

export function ApdexCell({ row }: { readonly row: OperationRow }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.apdexButton}
          title={row.apdex.hint}
          aria-label={`Apdex ${row.apdex.text} of ${row.operationText}, T ${formatDuration(row.thresholdNs)}: set T`}
          onClick={() => setOpen(!isOpen)}
        >
          {row.apdex.text}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Apdex of ${row.operationText}`}>
        {isOpen ? <ThresholdForm row={row} onDone={() => setOpen(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function ThresholdForm({ row, onDone }: { readonly row: OperationRow; readonly onDone: () => void }) {
  const [text, setText] = useState(() => writeDuration(row.thresholdNs))
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: (thresholdNs: number | null) =>
      api.operations.setApdexThreshold({
        service: row.service,
        operation: row.operation,
        kind: row.kindName,
        thresholdNs,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['overview', 'operations'] })
      onDone()
    },
  })
  const thresholdNs = parseDuration(text)
  const isValid = thresholdNs !== undefined && thresholdNs >= 1

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isValid) save.mutate(thresholdNs)
  }

  return (
    <form className={styles.thresholdForm} onSubmit={submit}>
      <TextInput
        data-autofocus
        label="T, the duration that satisfies"
        description="Up to T is satisfied, up to 4 T tolerated and counted half. Failed requests are neither."
        value={text}
        error={
          !isValid
            ? 'A duration such as 300ms or 1.2s'
            : save.error === null
              ? undefined
              : `${errorText(save.error).title}. ${errorText(save.error).advice}`
        }
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.thresholdActions}>
        <Button disabled={!row.isOwnThreshold || save.isPending} onClick={() => save.mutate(null)}>
          Default, {formatDuration(defaultApdexThresholdNs)}
        </Button>
        <Button type="submit" variant="filled" disabled={!isValid} loading={save.isPending}>
          Set T
        </Button>
      </div>
    </form>
  )
}
