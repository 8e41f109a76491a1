/** The rate as a number to type: taken with Enter or when the field is left. */

import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { labRateLimits } from '#shared/contract/loadlab-catalog.ts'

export interface RateFieldProps {
  readonly rate: number
  readonly isDisabled: boolean
  readonly onRate: (rate: number) => void
}

export function RateField({ rate, isDisabled, onRate }: RateFieldProps) {
  const [typed, setTyped] = useState<number | string>(rate)

  function take(): void {
    const { min, max } = labRateLimits
    const wanted = Number(typed)
    const taken = typed === '' || !Number.isFinite(wanted) ? rate : Math.min(max, Math.max(min, wanted))
    setTyped(taken)
    if (taken !== rate) onRate(taken)
  }

  return (
    <NumberInput
      aria-label="Requests per second"
      title={`${labRateLimits.min} to ${labRateLimits.max}`}
      w={64}
      hideControls
      decimalScale={1}
      allowNegative={false}
      disabled={isDisabled}
      value={typed}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
      }}
    />
  )
}
