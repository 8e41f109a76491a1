/** Views of the screen on show: save what it shows now under a name, go to one, rename and delete them. */

import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { SavedView, ViewScreen } from '#shared/contract/saved-views.ts'
import { api, orpc } from '../../client/api.ts'
import { live, useStatusValue } from '../../client/live.ts'
import { placeOf, screenOf } from '../../client/view-place.ts'
import { errorText } from '../../ui/error-text.ts'
import styles from './saved-views.module.css'

const maxNameLength = 100

/** Nothing on screens that have no filters to save. */
export function SavedViews() {
  const path = useLocation({ select: ({ pathname }) => pathname })
  const screen = screenOf(path)
  const [isOpen, setOpen] = useState(false)
  if (screen === undefined) return null
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="Saved views">
          <ActionIcon size={28} aria-label="Saved views" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <IconBookmark size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Views key={screen} screen={screen} onLeave={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Views({ screen, onLeave }: { readonly screen: ViewScreen; readonly onLeave: () => void }) {
  const search = useLocation({ select: ({ searchStr }) => searchStr.replace(/^\?/, '') })
  const isReadOnly = useStatusValue(({ state }) => state === 'read-only') ?? true
  const queryClient = useQueryClient()
  const { data } = useQuery({ ...orpc.savedViews.list.queryOptions({ input: { screen } }), ...live })
  const [name, setName] = useState('')
  const views = data?.views ?? []
  const change = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.savedViews.key() }),
  })
  const isTaken = views.some((view) => view.name === name.trim())
  return (
    <div className={styles.panel}>
      {isReadOnly ? null : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() === '') return
            const view = { screen, name: name.trim(), search }
            change.mutate(() => api.savedViews.save(view).then(() => setName('')))
          }}
        >
          <TextInput
            data-autofocus
            aria-label="Name of this view"
            placeholder="Name what is shown now"
            maxLength={maxNameLength}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={change.isPending}>
            {isTaken ? 'Replace' : 'Save'}
          </Button>
        </form>
      )}
      {change.error === null ? null : (
        <p role="alert" className={styles.failed}>
          {change.error instanceof Error ? change.error.message : errorText(change.error).title}
        </p>
      )}
      {views.length === 0 ? (
        <p className={styles.none}>No views of this screen yet: filters and time range are kept under a name.</p>
      ) : (
        <ul className={styles.list} aria-label="Saved views">
          {views.map((view) => (
            <View key={view.id} view={view} canChange={!isReadOnly} onChange={change.mutate} onLeave={onLeave} />
          ))}
        </ul>
      )}
    </div>
  )
}

interface ViewProps {
  readonly view: SavedView
  readonly canChange: boolean
  readonly onChange: (work: () => Promise<unknown>) => void
  readonly onLeave: () => void
}

function View({ view, canChange, onChange, onLeave }: ViewProps) {
  const { history } = useRouter()
  const [name, setName] = useState<string>()
  if (name !== undefined)
    return (
      <li>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '' && name.trim() !== view.name)
              onChange(() => api.savedViews.rename({ id: view.id, name: name.trim() }))
            setName(undefined)
          }}
        >
          <TextInput
            autoFocus
            aria-label={`New name of ${view.name}`}
            maxLength={maxNameLength}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit">Rename</Button>
        </form>
      </li>
    )
  return (
    <li className={styles.view}>
      <button
        type="button"
        className={styles.go}
        onClick={() => {
          onLeave()
          // As it was saved: the range of the screen now must not come along.
          history.push(placeOf(view))
        }}
      >
        {view.name}
      </button>
      {canChange ? (
        <>
          <ActionIcon size={22} aria-label={`Rename ${view.name}`} onClick={() => setName(view.name)}>
            <IconPencil size={13} />
          </ActionIcon>
          <ActionIcon
            size={22}
            aria-label={`Delete ${view.name}`}
            onClick={() => onChange(() => api.savedViews.remove({ id: view.id }))}
          >
            <IconTrash size={13} />
          </ActionIcon>
        </>
      ) : null}
    </li>
  )
}
