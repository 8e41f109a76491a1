/** How a metric's series are put together, and which of them count. */

import { MultiSelect, TagsInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { MetricChart } from '#shared/contract/metric-chart.ts'
import { formatCount } from '../../ui/format.ts'
import { oneLinePills } from '../../ui/one-line-pills.ts'
import styles from './metric-toolbar.module.css'

const mostKeys = 8

export interface MetricToolbarProps {
  readonly chart: MetricChart
  readonly attr: readonly string[]
  readonly onGroupBy: (keys: readonly string[]) => void
  readonly onAttr: (filters: readonly string[]) => void
}

export function MetricToolbar({ chart, attr, onGroupBy, onAttr }: MetricToolbarProps) {
  const { groupBy, variants } = chart
  const attributes = useMemo(() => attributesOf(chart), [chart])
  const pairs = useMemo(() => pairsOf(chart), [chart])
  const keys = [...new Set([...attributes.keys(), ...groupBy])].sort()
  const [text, setText] = useState('')
  const [isRefused, setRefused] = useState(false)
  const isNone = variants.every(({ seriesCount }) => seriesCount === 0)
  return (
    <div className={styles.toolbar}>
      <span className={styles.label} aria-hidden="true">
        Group by
      </span>
      <MultiSelect
        aria-label="Group by"
        title={groupBy.length === 0 ? 'All series together' : groupBy.join('\n')}
        placeholder={groupBy.length === 0 ? 'All series together' : ''}
        className={styles.groups ?? ''}
        classNames={oneLinePills}
        data={keys}
        value={[...groupBy]}
        maxValues={mostKeys}
        onChange={onGroupBy}
        searchable
        clearable
        hidePickedOptions
        nothingFoundMessage={keys.length === 0 ? 'The series have no attributes' : 'No such attribute'}
        renderOption={({ option: { value } }) => (
          <span className={styles.option}>
            <span className={styles.optionName}>{value}</span>
            <span className={styles.optionCount}>{valuesText(attributes.get(value))}</span>
          </span>
        )}
        comboboxProps={{ width: 340, position: 'bottom-start', shadow: 'md' }}
      />
      <TagsInput
        aria-label="Attribute filters"
        placeholder={attr.length === 0 ? 'Filter key=value' : ''}
        className={styles.filters ?? ''}
        classNames={oneLinePills}
        data={isNone ? [] : [...pairs]}
        limit={50}
        value={[...attr]}
        searchValue={text}
        onSearchChange={(next) => {
          setText(next)
          setRefused(false)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || text.trim() === '' || isPair(text)) return
          event.preventDefault()
          setRefused(true)
        }}
        acceptValueOnBlur={isPair(text)}
        error={isRefused}
        onChange={(next) => onAttr(next.map((item) => item.trim()).filter(isPair))}
        splitChars={[]}
        clearable
        title={
          isRefused
            ? 'Write key=value'
            : [...attr, 'On the series or their resource; several must all be there'].join('\n')
        }
        comboboxProps={{ width: 340, position: 'bottom-start', shadow: 'md' }}
      />
    </div>
  )
}

function isPair(text: string): boolean {
  return /^[^=\s][^=]*=/s.test(text.trim())
}

function valuesText(values: number | undefined): string {
  return values === undefined ? '' : values === 1 ? '1 value' : `${formatCount(values)} values`
}

/** Keys with the most values they have in any variant. */
function attributesOf({ variants }: MetricChart): ReadonlyMap<string, number> {
  const keys = new Map<string, number>()
  for (const { attributes } of variants)
    for (const { key, values } of attributes) keys.set(key, Math.max(values, keys.get(key) ?? 0))
  return keys
}

/** `key=value` of what is grouped by now: the values that are known here. */
function pairsOf({ variants, groupBy }: MetricChart): readonly string[] {
  const pairs = new Set<string>()
  for (const { groups } of variants)
    for (const { key } of groups)
      for (const [index, value] of key.entries()) {
        const name = groupBy[index]
        if (name !== undefined && value !== null) pairs.add(`${name}=${value}`)
      }
  return [...pairs].sort()
}
