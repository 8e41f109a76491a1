/** Requests to a service of one's own: where to, what, and a word of consent when it isn't this machine. */

import { Button, Checkbox, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { labRateLimits } from '#shared/contract/loadlab-catalog.ts'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { api } from '../../client/api.ts'
import styles from './dialogs.module.css'
import { labErrorText } from './lab-error.ts'
import { hostToConfirm, parseHeaders, writeHeaders } from './own-service-form.ts'
import { useLabCommand } from './use-lab-command.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const

export interface OwnServiceDialogProps {
  readonly run?: LabRun
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function OwnServiceDialog({ run, isOpen, onClose }: OwnServiceDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Send to my own service"
      centered
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <OwnServiceForm run={run} onClose={onClose} />
    </Modal>
  )
}

function OwnServiceForm({ run, onClose }: { readonly run: LabRun | undefined; readonly onClose: () => void }) {
  const before = run?.target ?? undefined
  const [url, setUrl] = useState(before?.url ?? 'http://localhost:8080/')
  const [method, setMethod] = useState<(typeof methods)[number]>(methodOf(before?.method))
  const [headerText, setHeaderText] = useState(writeHeaders(before?.headers ?? {}))
  const [body, setBody] = useState(before?.body ?? '')
  const [rate, setRate] = useState<number>(run?.rate ?? 5)
  const [isConsented, setConsented] = useState(false)
  const start = useLabCommand(api.loadlab.start, { isTold: false })
  const host = hostToConfirm(start.error)
  const lines = parseHeaders(headerText)

  /** Consent is to this address: another one needs another. */
  function changed(): void {
    setConsented(false)
    start.reset()
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (start.isPending || lines.problem !== undefined || (host !== undefined && !isConsented)) return
    const { min, max } = labRateLimits
    const target = { url: url.trim(), method, headers: { ...lines.headers }, body }
    start.mutate(
      {
        target: host === undefined ? target : { ...target, confirmedHost: host },
        rate: Math.min(max, Math.max(min, rate)),
        seed: run?.seed ?? 1,
      },
      { onSuccess: onClose },
    )
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.text}>
        Each request carries a fresh <span className="mono">traceparent</span>; its client span is sent as service{' '}
        <span className="mono">load-lab</span>, so that traces are whole.
        {run !== undefined && run.target === null ? ` ${run.title} is stopped for it.` : ''}
      </p>
      <div className={styles.row}>
        <Select
          label="Method"
          className={styles.method ?? ''}
          allowDeselect={false}
          data={[...methods]}
          value={method}
          onChange={(value) => setMethod(methodOf(value))}
        />
        <TextInput
          label="URL"
          data-autofocus
          className={styles.grow ?? ''}
          autoComplete="off"
          spellCheck={false}
          value={url}
          onChange={(event) => {
            setUrl(event.currentTarget.value)
            changed()
          }}
        />
      </div>
      <Textarea
        label="Headers"
        description="Name: value, one a line"
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={headerText}
        error={lines.problem}
        onChange={(event) => setHeaderText(event.currentTarget.value)}
      />
      <Textarea
        label="Body"
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <NumberInput
        label="Requests per second"
        className={styles.number ?? ''}
        min={labRateLimits.min}
        max={labRateLimits.max}
        decimalScale={1}
        value={rate}
        onChange={(value) => {
          if (typeof value === 'number') setRate(value)
        }}
      />
      {host !== undefined ? (
        <div role="alert" className={styles.consent}>
          <p>
            <strong>{host}</strong> is not this machine. Nothing was sent yet. Put load on what is yours only.
          </p>
          <Checkbox
            label={`${host} is mine, and may get this load`}
            checked={isConsented}
            onChange={(event) => setConsented(event.currentTarget.checked)}
          />
        </div>
      ) : start.error === null ? null : (
        <p role="alert" className={styles.failed}>
          {labErrorText(start.error)}
        </p>
      )}
      <div className={styles.foot}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="filled"
          disabled={lines.problem !== undefined || (host !== undefined && !isConsented)}
          loading={start.isPending}
        >
          {host === undefined ? 'Send' : `Send to ${host}`}
        </Button>
      </div>
    </form>
  )
}

function methodOf(text: string | null | undefined): (typeof methods)[number] {
  return methods.find((each) => each === text) ?? 'GET'
}
