/** The ports OTLP is received on; changing them needs no restart. */

import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Settings } from '#shared/contract/settings.ts'
import { orpc } from '../../client/api.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { FormFoot } from './form-foot.tsx'
import {
  type PortName,
  type PortTexts,
  parseOptionalPort,
  parsePort,
  portProblems,
  refusedField,
} from './port-fields.ts'
import { SettingsSection } from './settings-section.tsx'
import styles from './settings-view.module.css'
import { useSettings, useTakeSettings } from './use-settings.ts'

const fields: readonly { readonly name: PortName; readonly label: string; readonly placeholder?: string }[] = [
  { name: 'grpc', label: 'gRPC port' },
  { name: 'http', label: 'HTTP port' },
  { name: 'zipkin', label: 'Zipkin port', placeholder: 'off' },
]

export function ReceiversSection() {
  const settings = useSettings()
  return (
    <SettingsSection
      id="receivers"
      intro={
        <>
          OpenTelemetry exporters and Collectors send to these ports; this page has its own. After a change they must be
          pointed at the new ones: <Link to="/connect">Connect a service</Link> has the snippets. The address is set
          when Spanlight is started, with <code className="mono">--otlp-host</code>. Zipkin clients may post to the HTTP
          port; those that can’t be told a port need one of their own, which is 9411.
        </>
      }
    >
      <Loaded query={settings} rows={3} label="Loading receivers">
        {(data) => <PortsForm settings={data} />}
      </Loaded>
    </SettingsSection>
  )
}

function PortsForm({ settings }: { readonly settings: Settings }) {
  const { ports, otlpHost } = settings
  const [draft, setDraft] = useState<Partial<PortTexts>>({})
  const take = useTakeSettings()
  const save = useMutation(
    orpc.settings.setPorts.mutationOptions({
      onSuccess: (next) => {
        take(next)
        setDraft({})
      },
    }),
  )
  const saved: PortTexts = {
    grpc: String(ports.grpc),
    http: String(ports.http),
    zipkin: ports.zipkin === null ? '' : String(ports.zipkin),
  }
  const texts: PortTexts = { ...saved, ...draft }
  const isChanged = fields.some(({ name }) => texts[name].trim() !== saved[name])
  const problems = portProblems(texts)
  const refused = refusedField(texts, save.error)

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const grpc = parsePort(texts.grpc)
    const http = parsePort(texts.http)
    const zipkin = parseOptionalPort(texts.zipkin)
    if (grpc === undefined || http === undefined || zipkin === undefined || !isChanged) return
    save.mutate({ grpc, http, zipkin })
  }

  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.fields}>
        {fields.map(({ name, label, placeholder = '' }) => (
          <TextInput
            key={name}
            label={label}
            className={styles.port ?? ''}
            classNames={{ wrapper: styles.portInput ?? '' }}
            placeholder={placeholder}
            inputMode="numeric"
            autoComplete="off"
            value={texts[name]}
            error={problems[name] ?? (refused === name ? save.error?.message : undefined)}
            onChange={(event) => {
              setDraft({ ...draft, [name]: event.currentTarget.value })
              save.reset()
            }}
          />
        ))}
        <dl className={styles.address}>
          <dt>Address</dt>
          <dd>
            <span className="mono">{otlpHost}</span> <span className="faint">{reachText(otlpHost)}</span>
          </dd>
        </dl>
      </div>
      <FormFoot
        label="Apply ports"
        isChanged={isChanged}
        isValid={Object.keys(problems).length === 0}
        isSaving={save.isPending}
        error={refused === undefined ? save.error : null}
        done={
          save.isSuccess
            ? `Listening on ${ports.grpc} and ${ports.http}${ports.zipkin === null ? '' : `, for Zipkin on ${ports.zipkin}`}.`
            : undefined
        }
        onRevert={() => {
          setDraft({})
          save.reset()
        }}
      />
    </form>
  )
}

function reachText(host: string): string {
  return host === '127.0.0.1' || host === '::1' || host === 'localhost'
    ? 'this machine only'
    : 'other machines can send too, without a password'
}
