/** Puts a mark with a note on the time axis: now, or where something is selected. */

import { Button, Popover, TextInput } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { fromUnixMillis } from '#shared/model/time.ts'
import { useChangeNotes } from '../../client/notes.ts'
import { useGroupSelection } from '../../ui/chart/chart-group.ts'
import { clockText } from '../../ui/chart/series-summary.ts'
import { errorText } from '../../ui/error-text.ts'
import { chartGroup } from './chart-context.ts'
import styles from './marks.module.css'

interface Moment {
  readonly atUnixNano: string
  readonly endUnixNano?: string
}

export function MarkMoment() {
  const selection = useGroupSelection(chartGroup)
  const notes = useChangeNotes()
  const [moment, setMoment] = useState<Moment>()
  const [text, setText] = useState('')
  const add = useMutation({
    mutationFn: ({ moment, note }: { readonly moment: Moment; readonly note: string }) =>
      notes?.add(moment, note) ?? Promise.resolve(),
    onSuccess: () => {
      setMoment(undefined)
      setText('')
    },
  })

  // A session that is only read takes no marks.
  if (notes === undefined) return null

  function open(): void {
    add.reset()
    setMoment(
      selection === undefined
        ? { atUnixNano: String(fromUnixMillis(Date.now())) }
        : { atUnixNano: selection.startUnixNano, endUnixNano: selection.endUnixNano },
    )
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (moment !== undefined && text.trim() !== '') add.mutate({ moment, note: text.trim() })
  }

  return (
    <Popover
      opened={moment !== undefined}
      onChange={(isOpen) => (isOpen ? open() : setMoment(undefined))}
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          leftSection={<IconFlag size={14} aria-hidden="true" />}
          onClick={() => (moment ? setMoment(undefined) : open())}
        >
          Mark this moment
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Mark this moment">
        <form className={styles.form} onSubmit={submit}>
          <TextInput
            data-autofocus
            label="What happened?"
            description={moment === undefined ? '' : momentText(moment)}
            placeholder="Deployed 1.4, cache cleared, …"
            value={text}
            maxLength={500}
            error={add.error === null ? undefined : `${errorText(add.error).title}. ${errorText(add.error).advice}`}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={styles.actions}>
            <Button onClick={() => setMoment(undefined)}>Cancel</Button>
            <Button type="submit" variant="filled" loading={add.isPending} disabled={text.trim() === ''}>
              Mark
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

function momentText({ atUnixNano, endUnixNano }: Moment): string {
  const start = clockText(BigInt(atUnixNano))
  if (endUnixNano === undefined) return `A mark at ${start}, now. Select part of a chart first to mark that.`
  return `A mark from ${start} to ${clockText(BigInt(endUnixNano))}, as selected.`
}
