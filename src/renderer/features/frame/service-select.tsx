/** Narrows every screen to one service. */

import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { orpc } from '../../client/api.ts'
import { liveList } from '../../client/live.ts'
import { useServiceFilter } from '../../client/service-filter.ts'
import { formatCount, formatQuantity } from '../../ui/format.ts'
import { ServiceMark } from '../../ui/service-label.tsx'
import { serviceOptions } from './service-options.ts'
import styles from './service-select.module.css'
import bar from './top-bar.module.css'

export function ServiceSelect() {
  const { service, setService } = useServiceFilter()
  const { data } = useQuery(orpc.services.list.queryOptions({ ...liveList }))
  const options = useMemo(() => serviceOptions(data?.services ?? [], service), [data, service])
  const byName = useMemo(() => new Map(options.map((option) => [option.value, option])), [options])
  return (
    <Select
      aria-label="Service"
      role="combobox"
      className={bar.service ?? ''}
      placeholder="All services"
      data={options.map(({ value, label }) => ({ value, label }))}
      value={service ?? null}
      onChange={(value) => setService(value ?? undefined)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'All services', 'aria-hidden': false, tabIndex: 0 }}
      nothingFoundMessage={options.length === 0 ? 'No service has sent anything yet' : 'No such service'}
      maxDropdownHeight={420}
      comboboxProps={{ width: 300, position: 'bottom-start', shadow: 'md' }}
      {...(service === undefined ? {} : { leftSection: <ServiceMark name={service} />, leftSectionWidth: 26 })}
      renderOption={({ option, checked }) => {
        const row = byName.get(option.value)
        return (
          <span className={styles.row} data-checked={checked || undefined}>
            <ServiceMark name={option.value} />
            <span className="ellipsis">{option.label}</span>
            <span className={styles.counts}>
              {row === undefined ? null : formatQuantity(row.spanCount, 'span')}
              {row === undefined || row.errorCount === 0 ? null : (
                <span className="bad"> · {formatCount(row.errorCount)} err</span>
              )}
            </span>
          </span>
        )
      }}
    />
  )
}
