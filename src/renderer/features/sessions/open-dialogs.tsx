/** Dialogs that end in another session: a new one, one opened by its path, and the open one under another name. */

import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../client/api.ts'
import { SessionDialogFrame } from './session-dialog.tsx'
import { useSwitch } from './use-switch.ts'

interface DialogProps {
  /** Where a name without a folder lies. */
  readonly folder: string
  readonly onClose: () => void
}

export function NewSessionDialog({ folder, onClose }: DialogProps) {
  const [path, setPath] = useState('')
  const { run, isPending, error } = useSwitch('/')
  return (
    <SessionDialogFrame
      title="New session"
      action="Create and open"
      canAct={path.trim() !== ''}
      isPending={isPending}
      error={error}
      onAct={() => run(() => api.sessions.create({ path: path.trim() }))}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label="Name"
        description={`A file in ${folder}, or a path of this machine. What is received goes there from then on.`}
        placeholder="friday-outage"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
    </SessionDialogFrame>
  )
}

export function OpenSessionDialog({
  folder,
  onClose,
  onRecover,
  file,
}: DialogProps & { readonly file: string; readonly onRecover: (path: string) => void }) {
  const [path, setPath] = useState(file)
  const [readOnly, setReadOnly] = useState(false)
  const { run, isPending, error } = useSwitch('/')
  return (
    <SessionDialogFrame
      title="Open session"
      action="Open"
      canAct={path.trim() !== ''}
      isPending={isPending}
      error={error}
      onAct={() => run(() => api.sessions.open({ path: path.trim(), readOnly }))}
      onRecover={onRecover}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label="Path"
        description={`On the machine Spanlight runs on; a name alone is looked for in ${folder}.`}
        placeholder="/home/me/outage.db"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Checkbox
        label="Only read it: nothing is received, and the file stays as it is"
        checked={readOnly}
        onChange={(event) => setReadOnly(event.currentTarget.checked)}
      />
    </SessionDialogFrame>
  )
}

export function RenameSessionDialog({
  name,
  fileName,
  onClose,
}: DialogProps & { readonly name: string; readonly fileName: string }) {
  const [title, setTitle] = useState(name)
  const [file, setFile] = useState(fileName)
  const { run, isPending, error } = useSwitch('/sessions')
  const isSame = title.trim() === name && file.trim() === fileName
  return (
    <SessionDialogFrame
      title="Rename session"
      action="Rename"
      canAct={!isSame && file.trim() !== ''}
      isPending={isPending}
      error={error}
      onAct={() =>
        run(() =>
          api.sessions.rename({
            ...(title.trim() === name ? {} : { title: title.trim() }),
            ...(file.trim() === fileName ? {} : { file: file.trim() }),
          }),
        )
      }
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label="Title"
        description="Empty to call it as its file."
        maxLength={100}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label="File"
        description="It stays in its folder. Senders are asked to try again for the moment it takes."
        maxLength={255}
        value={file}
        onChange={(event) => setFile(event.currentTarget.value)}
      />
    </SessionDialogFrame>
  )
}
