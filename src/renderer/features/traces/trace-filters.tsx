/** The filters above the Traces table; each takes effect as it is chosen or typed. */

import { Autocomplete, Checkbox, Select, TagsInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { filterSubjects, outcomeFilters } from '#shared/contract/traces.ts'
import { orpc } from '../../client/api.ts'
import { liveList } from '../../client/live.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { oneLinePills } from '../../ui/one-line-pills.ts'
import { parseDuration } from '../../ui/parse-duration.ts'
import { outcomeLabels, subjectLabels } from './filter-sentence.ts'
import { operationOptions } from './operation-options.ts'
import styles from './trace-filters.module.css'
import { isAttributeFilter, type TracesUrl } from './traces-url.ts'

export interface TraceFiltersProps {
  readonly url: TracesUrl
  readonly service: string | undefined
  readonly onChange: SetUrlState<TracesUrl>
}

export function TraceFilters({ url, service, onChange }: TraceFiltersProps) {
  return (
    <search className={styles.filters} aria-label="Trace filters">
      <Select
        aria-label="Filters speak of"
        title="What service, operation, times, durations and outcome speak of: the whole trace, or one and the same span of it"
        className={styles.subject ?? ''}
        data={[...subjectOptions]}
        value={url.of ?? 'trace'}
        allowDeselect={false}
        onChange={(value) => onChange({ of: filterSubjects.find((of) => of === value && of !== 'trace') })}
        comboboxProps={{ width: 150, position: 'bottom-start', shadow: 'md' }}
      />
      <OperationField value={url.operation} service={service} onChange={(operation) => onChange({ operation })} />
      <AttributeField value={url.attr ?? []} onChange={(attr) => onChange({ attr })} />
      <DurationField label="Min duration" value={url.min} onChange={(min) => onChange({ min }, { replace: true })} />
      <DurationField label="Max duration" value={url.max} onChange={(max) => onChange({ max }, { replace: true })} />
      <Select
        aria-label="Outcome"
        title={
          url.of === undefined || url.of === 'trace' ? 'How any request of the trace ended' : 'How that span ended'
        }
        placeholder="Any outcome"
        className={styles.outcome ?? ''}
        data={[...outcomeOptions]}
        value={url.outcome ?? null}
        clearable
        onChange={(value) => onChange({ outcome: outcomeFilters.find((outcome) => outcome === value) })}
        comboboxProps={{ width: 150, position: 'bottom-start', shadow: 'md' }}
      />
      <Checkbox
        label="Errors only"
        className={styles.errors ?? ''}
        checked={url.errors === true}
        onChange={(event) => onChange({ errors: event.currentTarget.checked || undefined })}
      />
    </search>
  )
}

const subjectOptions = filterSubjects.map((value) => ({ value, label: subjectLabels[value] }))
const outcomeOptions = outcomeFilters.map((value) => ({ value, label: outcomeLabels[value] }))

interface OperationFieldProps {
  readonly value: string | undefined
  readonly service: string | undefined
  readonly onChange: (operation: string | undefined) => void
}

function OperationField({ value, service, onChange }: OperationFieldProps) {
  const [text, setText] = useFollowed(value ?? '')
  const [contains] = useDebouncedValue(text, 150)
  const { data } = useQuery(
    orpc.services.operations.queryOptions({
      input: { ...(service === undefined ? {} : { service }), ...(contains === '' ? {} : { contains }) },
      ...liveList,
    }),
  )
  const operations = data?.operations
  const options = operationOptions(operations ?? [], text)
  const isOffered = options.some((option) => option.toLowerCase().includes(text.trim().toLowerCase()))
  const apply = (next: string) => onChange(next.trim() === '' ? undefined : next.trim())
  return (
    <Autocomplete
      aria-label="Operation"
      placeholder="Operation"
      title="The whole name of a span"
      className={styles.operation ?? ''}
      data={[...options]}
      limit={50}
      selectFirstOptionOnChange
      value={text}
      onChange={(next) => {
        setText(next)
        if (next === '') apply('')
      }}
      onOptionSubmit={apply}
      onBlur={() => {
        // A part of a name finds nothing, so leaving the field takes it only where it is a whole one.
        if (operations === undefined || operations.includes(text.trim())) apply(text)
        else setText(value ?? '')
      }}
      onKeyDown={(event) => {
        // With options on show, Enter takes the one that is marked.
        const isOffering = event.currentTarget.getAttribute('aria-expanded') === 'true' && isOffered
        if (event.key === 'Enter' && !isOffering) apply(text)
      }}
      comboboxProps={{ width: 340, position: 'bottom-start', shadow: 'md' }}
    />
  )
}

const attributesHint = 'Any span or its resource has it; several must all be there'

interface AttributeFieldProps {
  readonly value: readonly string[]
  readonly onChange: (attributes: string[]) => void
}

function AttributeField({ value, onChange }: AttributeFieldProps) {
  const [text, setText] = useState('')
  const [isRefused, setRefused] = useState(false)
  return (
    <TagsInput
      aria-label="Attributes"
      placeholder={value.length === 0 ? 'Attribute key=value' : ''}
      className={styles.attributes ?? ''}
      classNames={oneLinePills}
      value={[...value]}
      searchValue={text}
      onSearchChange={(next) => {
        setText(next)
        setRefused(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || text.trim() === '' || isAttributeFilter(text)) return
        event.preventDefault()
        setRefused(true)
      }}
      acceptValueOnBlur={isAttributeFilter(text)}
      error={isRefused}
      onChange={(next) => onChange(next.map((item) => item.trim()).filter(isAttributeFilter))}
      splitChars={[]}
      title={isRefused ? 'Write key=value' : [...value, attributesHint].join('\n')}
    />
  )
}

interface DurationFieldProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (text: string | undefined) => void
}

function DurationField({ label, value, onChange }: DurationFieldProps) {
  const [text, setText] = useFollowed(value ?? '')
  const isWrong = text.trim() !== '' && parseDuration(text) === undefined
  return (
    <TextInput
      aria-label={label}
      placeholder={label === 'Min duration' ? 'Min 500ms' : 'Max 1.2s'}
      className={styles.duration ?? ''}
      value={text}
      error={isWrong}
      title={isWrong ? 'Write a duration such as 640µs, 500ms, 1.2s or 2m' : label}
      onChange={(event) => {
        const next = event.currentTarget.value
        setText(next)
        if (next.trim() === '') onChange(undefined)
        else if (parseDuration(next) !== undefined) onChange(next.trim())
      }}
    />
  )
}

/** A field's own text that starts again from `value` whenever that changes from outside (back, clear, a link). */
function useFollowed(value: string): [string, (text: string) => void] {
  const [text, setText] = useState(value)
  useEffect(() => setText((current) => (current.trim() === value ? current : value)), [value])
  return [text, setText]
}
