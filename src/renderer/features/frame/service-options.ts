/** The rows of the service filter. */

import type { Service } from '#shared/contract/services.ts'
import { compareNames, serviceText } from '../../ui/names.ts'

export interface ServiceOption {
  readonly value: string
  readonly label: string
  readonly spanCount: number
  readonly errorCount: number
}

/** By name; a chosen service that sent nothing (any more) still has its row, so that the filter can be seen. */
export function serviceOptions(services: readonly Service[], chosen: string | undefined): readonly ServiceOption[] {
  const options = services
    // The empty name can't be told from "no filter" in the URL.
    .filter((service) => service.name !== '')
    .map(({ name, spanCount, errorCount }) => ({ value: name, label: serviceText(name), spanCount, errorCount }))
  if (chosen !== undefined && !options.some((option) => option.value === chosen))
    options.push({ value: chosen, label: serviceText(chosen), spanCount: 0, errorCount: 0 })
  return options.sort((a, b) => compareNames(a.label, b.label))
}
