/** Nothing was received yet: how to send metrics. */

import { Button } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useStatusValue } from '../../client/live.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { serviceText } from '../../ui/names.ts'

export interface NoMetricsProps {
  /** The service the list is narrowed to. */
  readonly service: string | undefined
  readonly onAllServices: () => void
}

export function NoMetrics({ service, onAllServices }: NoMetricsProps) {
  const http = useStatusValue((status) => status.receivers.http)
  const grpc = useStatusValue((status) => status.receivers.grpc)
  if (service !== undefined)
    return (
      <EmptyState
        title={`No metrics from ${serviceText(service)}`}
        icon={<IconChartLine size={22} />}
        actions={<Button onClick={onAllServices}>Show all services</Button>}
      >
        Set <code className="mono">OTEL_METRICS_EXPORTER=otlp</code> for it, and its SDK sends what it measures.
      </EmptyState>
    )
  return (
    <EmptyState
      title="No metrics yet"
      icon={<IconChartLine size={22} />}
      actions={
        <Button variant="filled" renderRoot={(root) => <Link {...root} to="/connect" />}>
          Connect a service
        </Button>
      }
    >
      <p>
        Send them with OTLP: to <code className="mono">{http ?? '…'}/v1/metrics</code> over HTTP, or to{' '}
        <code className="mono">{grpc ?? '…'}</code> over gRPC. They appear here by themselves.
      </p>
      <p>
        SDKs send what they measure once <code className="mono">OTEL_METRICS_EXPORTER=otlp</code> is set, most of them
        every minute; <code className="mono">OTEL_METRIC_EXPORT_INTERVAL=5000</code> makes that five seconds.
      </p>
    </EmptyState>
  )
}
