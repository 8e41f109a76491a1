/** A slider that tells its value while it is moved, and settles on it when it is let go. */

import { useState } from 'react'
import styles from './lab-slider.module.css'
import { fromPosition, type SliderScale, sliderEnd, toPosition } from './slider-scale.ts'

export interface LabSliderProps {
  readonly scale: SliderScale
  readonly value: number
  /** Accessible name. */
  readonly label: string
  /** The value with its unit. */
  readonly text: (value: number) => string
  readonly onSettle: (value: number) => void
  /** The colour of what injects errors. */
  readonly isFault?: boolean
  readonly isDisabled?: boolean
  /** False where the value stands in a field beside it. */
  readonly hasValue?: boolean
}

export function LabSlider(props: LabSliderProps) {
  const { scale, value, label, text, onSettle, isFault = false, isDisabled = false, hasValue = true } = props
  const [moved, setMoved] = useState<number>()
  const shown = moved ?? value

  function settle(): void {
    if (moved === undefined) return
    setMoved(undefined)
    if (moved !== value) onSettle(moved)
  }

  return (
    <span className={styles.row}>
      <input
        type="range"
        className={isFault ? styles.fault : styles.slider}
        min={0}
        max={sliderEnd}
        step={1}
        value={toPosition(scale, shown)}
        aria-label={label}
        aria-valuetext={text(shown)}
        disabled={isDisabled}
        onChange={(event) => setMoved(fromPosition(scale, Number(event.currentTarget.value)))}
        onKeyDown={(event) => {
          // One position is less than one step: a key moves by what the value can differ by.
          const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
          if (direction === undefined) return
          event.preventDefault()
          setMoved(nextValue(scale, shown, direction))
        }}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
      {hasValue ? <output className={styles.value}>{text(shown)}</output> : null}
    </span>
  )
}

/** The next value that stands elsewhere on the slider. */
function nextValue(scale: SliderScale, value: number, direction: number): number {
  const from = toPosition(scale, value)
  for (let position = from; position >= 0 && position <= sliderEnd; position += direction) {
    const next = fromPosition(scale, position)
    if (direction > 0 ? next > value : next < value) return next
  }
  return value
}
