/** What a metric is: its name, kind, unit and description, who sends it, and how much of it is stored. */

import { Tooltip } from '@mantine/core'
import type { Metric } from '#shared/contract/metrics.ts'
import { api } from '../../client/api.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { exactInstant, formatAge, formatCount, formatQuantity } from '../../ui/format.ts'
import { printableLine } from '../../ui/printable.ts'
import { ServiceLabel } from '../../ui/service-label.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './metric-header.module.css'
import { kindText, temporalityText } from './metric-kind.ts'

/** More would be tens of megabytes in the clipboard. */
const mostCopied = 20_000
const mostServices = 6

/** `variants`: as listed, at least one; the newest says what the metric is now. */
export function MetricHeader({ name, variants }: { readonly name: string; readonly variants: readonly Metric[] }) {
  const newest = variants.reduce((best, metric) => (timeOf(metric) > timeOf(best) ? metric : best))
  const services = [...new Set(variants.flatMap((metric) => metric.services))].sort()
  const points = variants.reduce((sum, { pointCount }) => sum + pointCount, 0)
  const series = variants.reduce((sum, { seriesCount }) => sum + seriesCount, 0)
  const description = printableLine(newest.description, 600)
  return (
    <header className={styles.header}>
      <div className={styles.first}>
        <h2 className={styles.name} title={name}>
          {printableLine(name, 400)}
        </h2>
        <CopyButton label="Copy metric name" text={name} />
        <span className={styles.end}>
          {points > mostCopied ? (
            <Tooltip
              label={`${formatCount(points)} points are too many for the clipboard: GET /api/metrics/{name}/otlp gives them all`}
            >
              <span className={styles.quiet}>OTLP/JSON over REST</span>
            </Tooltip>
          ) : (
            <CopyButton
              label="Copy every stored point as OTLP/JSON"
              caption="Copy as OTLP/JSON"
              text={async () => (await api.metrics.otlp({ name })).text()}
            />
          )}
        </span>
      </div>
      {description === '' ? null : <p className={styles.description}>{description}</p>}
      <div className={styles.facts}>
        {[kindText(newest), temporalityText(newest), newest.unit === '' ? 'no unit' : `unit ${newest.unit}`]
          .filter((fact) => fact !== undefined)
          .map((fact) => (
            <span key={fact} className={styles.chip}>
              {fact}
            </span>
          ))}
        <span>
          {formatQuantity(series, 'series', 'series')} · {formatQuantity(points, 'point')}
          <Newest unixNano={newest.lastTimeUnixNano} />
        </span>
        <span className={styles.services}>
          {services.slice(0, mostServices).map((service) => (
            <ServiceLabel key={service} name={service} />
          ))}
          {services.length > mostServices ? (
            <span title={services.slice(mostServices).join('\n')}>
              and {formatCount(services.length - mostServices)} more
            </span>
          ) : null}
        </span>
      </div>
    </header>
  )
}

function Newest({ unixNano }: { readonly unixNano: string | null }) {
  const now = useNow()
  if (unixNano === null) return null
  return <span title={exactInstant(unixNano)}> · newest {formatAge(unixNano, now)}</span>
}

function timeOf({ lastTimeUnixNano }: Metric): bigint {
  return lastTimeUnixNano === null ? -1n : BigInt(lastTimeUnixNano)
}
