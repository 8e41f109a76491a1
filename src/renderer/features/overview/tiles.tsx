/** The four golden signals at a glance. */

import { Skeleton, Tooltip } from '@mantine/core'
import { Sparkline } from '../../ui/chart/sparkline.tsx'
import { serviceText } from '../../ui/names.ts'
import { ServiceLabel } from '../../ui/service-label.tsx'
import styles from './tiles.module.css'
import type { Tile } from './tiles-rows.ts'

const sparkHeight = 26

export interface TilesProps {
  /** Undefined while they are loading. */
  readonly signals: readonly Tile[] | undefined
  readonly saturation: Tile | undefined
  /** What is shown still answers another question. */
  readonly isStale: boolean
}

export function Tiles({ signals, saturation, isStale }: TilesProps) {
  const names = ['Latency · P99', 'Traffic', 'Errors']
  return (
    <ul className={styles.tiles} aria-label="Golden signals" data-stale={isStale || undefined}>
      {names.map((name, index) => {
        const tile = signals?.[index]
        return <li key={name}>{tile === undefined ? <LoadingTile name={name} /> : <TileCard tile={tile} />}</li>
      })}
      <li>{saturation === undefined ? <LoadingTile name="Saturation" /> : <TileCard tile={saturation} />}</li>
    </ul>
  )
}

function TileCard({ tile }: { readonly tile: Tile }) {
  const { name, service, value, caution, change, spark, sparkColor, method } = tile
  return (
    <Tooltip
      multiline
      w={320}
      position="bottom-start"
      openDelay={250}
      events={{ hover: true, focus: true, touch: true }}
      label={method.map((sentence) => (
        <p key={sentence} className={styles.sentence}>
          {sentence}
        </p>
      ))}
    >
      {/* Can be focused, so that the method behind the figure is told without a pointer as well. */}
      <button type="button" className={styles.tile} aria-label={nameOf(tile)}>
        <span className={styles.name}>{name}</span>
        <span className={styles.figures}>
          <span className={styles.value}>{value}</span>
          {change === undefined ? null : (
            <span className={change.isBad ? styles.bad : styles.change}>{change.text}</span>
          )}
          {caution === undefined ? null : <span className={styles.caution}>{caution}</span>}
          {service === undefined ? null : (
            <span className={styles.service}>
              <ServiceLabel name={service} />
            </span>
          )}
        </span>
        <Sparkline values={spark} height={sparkHeight} color={sparkColor} fromZero />
      </button>
    </Tooltip>
  )
}

function nameOf({ name, service, value, caution, change }: Tile): string {
  return [
    `${name}${service === undefined ? '' : ` of ${serviceText(service)}`}: ${value === '–' ? 'none' : value}`,
    change === undefined ? [] : `${change.spoken} against the window before`,
    caution ?? [],
  ]
    .flat()
    .join(', ')
}

function LoadingTile({ name }: { readonly name: string }) {
  return (
    <div className={styles.tile} role="status" aria-label={`Loading ${name}`}>
      <span className={styles.name}>{name}</span>
      <span className={styles.figures}>
        <Skeleton height={20} width={90} mt={5} mb={5} radius="sm" />
      </span>
      <Skeleton height={2} mt={12} mb={12} radius="sm" />
    </div>
  )
}
