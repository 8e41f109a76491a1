/** Which conventions a metric follows: those of the table, and those its name alone tells. */

import { type Convention, conventions } from './saturation-conventions.ts'

/** What is called a queue, whoever named it: its own name before the suffix is the queue's. */
const queueSuffix = /[._]queue[._](size|depth|length)$/
/** How far behind a consumer is: messages that wait. */
const lag = /^(messaging|kafka|aws\.sqs|pulsar)\b.*[._]lag(_max|[._]max)?$/
const consumer = ['messaging.destination.name', 'topic', 'messaging.consumer.group.name', 'group']

/** The conventions a metric follows; none for most. */
export function conventionsOf(metric: string): Convention[] {
  const listed = conventions.filter((convention) => convention.metric === metric)
  if (listed.length > 0) return listed
  const suffix = queueSuffix.exec(metric)
  if (suffix) {
    const prefix = metric.slice(0, suffix.index)
    const capacities = ['.queue.capacity', '_queue_capacity', '.queue_capacity', '.queue.max'].map(
      (each) => prefix + each,
    )
    return [
      {
        kind: 'queue',
        metric,
        reading: 'amount',
        title: `Queue ${prefix}`,
        named: 'queue',
        by: ['otel.component.name', ...consumer, 'queue', 'name'],
        limits: capacities,
      },
    ]
  }
  if (lag.test(metric)) return [{ kind: 'queue', metric, reading: 'amount', title: 'Consumer lag', by: consumer }]
  return []
}
