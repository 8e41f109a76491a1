/** How much is kept: the size and age at which the oldest data goes. */

import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Settings } from '#shared/contract/settings.ts'
import { orpc } from '../../client/api.ts'
import { writeByteSize } from '../../ui/byte-size.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { FormFoot } from './form-foot.tsx'
import {
  parseMaxAge,
  parseMaxSize,
  parseRollupAge,
  pruningNotice,
  writeMaxAge,
  writeRollupAge,
} from './retention-text.ts'
import { SettingsSection } from './settings-section.tsx'
import styles from './settings-view.module.css'
import { usedBytes } from './storage-rows.ts'
import { useSettings, useTakeSettings } from './use-settings.ts'
import { useStorage } from './use-storage.ts'

export function RetentionSection() {
  const settings = useSettings()
  return (
    <SettingsSection
      id="retention"
      intro="At either limit the oldest data is deleted in small steps while receiving goes on, a trace's spans and logs together, each signal keeping a guaranteed share; what went is counted under Losses. Rollups, from which the Overview is drawn, outlive the spans they count."
    >
      <Loaded query={settings} rows={3} label="Loading retention">
        {(data) => <RetentionForm settings={data} />}
      </Loaded>
    </SettingsSection>
  )
}

interface Draft {
  readonly size?: string
  readonly age?: string
  readonly rollupAge?: string
}

function RetentionForm({ settings: { retention } }: { readonly settings: Settings }) {
  const [draft, setDraft] = useState<Draft>({})
  const take = useTakeSettings()
  const storage = useStorage()
  const save = useMutation(
    orpc.settings.setRetention.mutationOptions({
      onSuccess: (next) => {
        take(next)
        setDraft({})
        void storage.refetch()
      },
    }),
  )
  const sizeText = draft.size ?? writeByteSize(retention.maxBytes)
  const ageText = draft.age ?? writeMaxAge(retention.maxAgeSeconds)
  const rollupAgeText = draft.rollupAge ?? writeRollupAge(retention.rollupMaxAgeSeconds)
  const size = parseMaxSize(sizeText)
  const age = parseMaxAge(ageText)
  const rollupAge = parseRollupAge(rollupAgeText)
  const next =
    size.value === undefined || age.value === undefined || rollupAge.value === undefined
      ? undefined
      : { maxBytes: size.value, maxAgeSeconds: age.value, rollupMaxAgeSeconds: rollupAge.value }
  const isSame =
    next?.maxBytes === retention.maxBytes &&
    next.maxAgeSeconds === retention.maxAgeSeconds &&
    next.rollupMaxAgeSeconds === retention.rollupMaxAgeSeconds
  const used = storage.data === undefined ? undefined : usedBytes(storage.data)
  const notice = next === undefined ? undefined : pruningNotice(retention, next, used)

  function change(patch: Draft) {
    setDraft({ ...draft, ...patch })
    save.reset()
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (next !== undefined && !isSame) save.mutate(next)
  }

  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.fields}>
        <TextInput
          label="Maximum size"
          description="Such as 2 GiB or 500 MB"
          className={styles.limit ?? ''}
          autoComplete="off"
          value={sizeText}
          error={size.problem}
          onChange={(event) => change({ size: event.currentTarget.value })}
        />
        <TextInput
          label="Maximum age"
          description="Such as 7 d or 24 h, or off"
          className={styles.limit ?? ''}
          autoComplete="off"
          value={ageText}
          error={age.problem}
          onChange={(event) => change({ age: event.currentTarget.value })}
        />
        <TextInput
          label="Keep rollups for"
          description="Such as 90 d or 24 h, or forever"
          className={styles.limit ?? ''}
          autoComplete="off"
          value={rollupAgeText}
          error={rollupAge.problem}
          onChange={(event) => change({ rollupAge: event.currentTarget.value })}
        />
      </div>
      <p className={notice === undefined ? styles.noNotice : styles.notice} role="status">
        {notice}
      </p>
      <FormFoot
        label={notice === undefined ? 'Save limits' : 'Save limits and delete'}
        isChanged={!isSame}
        isValid={next !== undefined}
        isSaving={save.isPending}
        error={save.error}
        done={save.isSuccess ? 'Saved; it holds from now on.' : undefined}
        onRevert={() => {
          setDraft({})
          save.reset()
        }}
      />
    </form>
  )
}
