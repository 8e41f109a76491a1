/** Statements kept under a name in the session: open one, save the one on show, remove one. */

import { ActionIcon, Button, Menu, Popover, TextInput } from '@mantine/core'
import { IconBookmark, IconDeviceFloppy, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { orpc } from '../../client/api.ts'
import { errorText } from '../../ui/error-text.ts'
import { oneLine } from './query-history.ts'
import styles from './sql-view.module.css'

const screen = 'sql' as const

export function SavedQueries({ onOpen }: { readonly onOpen: (query: string) => void }) {
  const client = useQueryClient()
  const { data, error } = useQuery(orpc.savedViews.list.queryOptions({ input: { screen } }))
  const remove = useMutation(
    orpc.savedViews.remove.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: orpc.savedViews.key() }),
    }),
  )
  const views = data?.views ?? []
  return (
    <Menu position="bottom-start" width={420}>
      <Menu.Target>
        <Button leftSection={<IconBookmark size={14} />}>Saved</Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {error === null && remove.error === null ? null : (
          <Menu.Label role="alert">{errorText(remove.error ?? error).title}</Menu.Label>
        )}
        {views.length === 0 && error === null ? (
          <Menu.Label>Nothing saved in this session yet. Save keeps the statement under a name.</Menu.Label>
        ) : null}
        {views.map(({ id, name, search }) => (
          <div key={id} className={styles.savedRow}>
            <Menu.Item
              className={styles.savedItem ?? ''}
              classNames={{ itemLabel: styles.itemLabel ?? '' }}
              onClick={() => onOpen(search)}
            >
              <span className={styles.itemName}>{name}</span>
              <span className={styles.itemText}>{oneLine(search)}</span>
            </Menu.Item>
            <ActionIcon aria-label={`Remove ${name}`} onClick={() => remove.mutate({ id })}>
              <IconTrash size={14} />
            </ActionIcon>
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

export function SaveQuery({ query }: { readonly query: string }) {
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = useMutation(
    orpc.savedViews.save.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        setName('')
        await client.invalidateQueries({ queryKey: orpc.savedViews.key() })
      },
    }),
  )
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() !== '') save.mutate({ screen, name, search: query })
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-start" width={320}>
      <Popover.Target>
        <Button
          leftSection={<IconDeviceFloppy size={14} />}
          disabled={query.trim() === ''}
          onClick={() => setOpen((before) => !before)}
        >
          Save
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit} className={styles.saveForm}>
          <TextInput
            className={styles.saveName ?? ''}
            label="Name of the statement"
            description="One of the same name is replaced."
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.error === null ? undefined : save.error.message}
          />
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
