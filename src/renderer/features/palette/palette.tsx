/** The command palette: go to a screen or a trace, narrow to a service or a time range, send a request, switch the theme. */

import { useMantineColorScheme } from '@mantine/core'
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  useSpotlight,
} from '@mantine/spotlight'
import {
  IconBolt,
  IconBookmark,
  IconChartBar,
  IconChartLine,
  IconClock,
  IconCopy,
  IconDatabase,
  IconDatabaseSearch,
  IconFileExport,
  IconFileImport,
  IconFlask,
  IconListDetails,
  IconNote,
  IconPlayerPlay,
  IconPlugConnected,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTimelineEvent,
} from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { orpc } from '../../client/api.ts'
import { openExport } from '../../client/export-offer.ts'
import { openFiles } from '../../client/imports.ts'
import { useStatusValue } from '../../client/live.ts'
import { openSample } from '../../client/sample.ts'
import { useServiceFilter } from '../../client/service-filter.ts'
import { useSetTimeRange } from '../../client/time-range.ts'
import { liveSpans, type NamedRange, rangeLabels } from '../../client/time-range-url.ts'
import { useSendOne } from '../../client/use-send-one.ts'
import { isOfScreen, placeOf } from '../../client/view-place.ts'
import { colorSchemes } from '../../ui/color-schemes.ts'
import { copyText } from '../../ui/copy-button.tsx'
import { formatDuration, formatInstant } from '../../ui/format.ts'
import { compareNames, operationText, serviceText } from '../../ui/names.ts'
import { notice } from '../../ui/notice.tsx'
import { ServiceMark } from '../../ui/service-label.tsx'
import styles from './palette.module.css'
import { matchGroups, traceIdIn } from './palette-match.ts'
import { recentTraces, rememberTrace } from './recent-traces.ts'
import { useSavedStatements } from './saved-statements.tsx'

const ranges: readonly NamedRange[] = [...liveSpans, 'all']
const icon = { size: 16, stroke: 1.6 }

const [paletteStore, palette] = createSpotlight()

/** Opens the palette, for the button in the top bar. */
export const openPalette = palette.open

export function Palette() {
  const { opened: isOpen } = useSpotlight(paletteStore)
  const groups = useGroups(isOpen)
  const navigate = useNavigate()
  useRememberTraces()

  function filter(query: string): SpotlightActionGroupData[] {
    const found = matchGroups(query, groups).map(({ group, actions }) => ({ group, actions: [...actions] }))
    const traceId = traceIdIn(query)
    if (traceId === undefined) return found
    const open: SpotlightActionData = {
      id: `trace ${traceId}`,
      label: 'Open trace',
      description: traceId,
      leftSection: <IconTimelineEvent {...icon} />,
      onClick: () => void navigate({ to: '/traces/$traceId', params: { traceId } }),
    }
    return [{ group: 'Trace', actions: [open] }, ...found]
  }

  return (
    <Spotlight
      store={paletteStore}
      actions={groups.map(({ group, actions }) => ({ group, actions: [...actions] }))}
      filter={filter}
      shortcut="mod + K"
      triggerOnContentEditable
      tagsToIgnore={[]}
      scrollable
      maxHeight={440}
      size={560}
      classNames={{
        action: styles.action ?? '',
        actionDescription: styles.detail ?? '',
        actionSection: styles.detail ?? '',
        content: styles.content ?? '',
      }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      attributes={{ content: { 'aria-label': 'Search or run a command' } }}
      nothingFound="Nothing like this. A trace id opens its trace."
      searchProps={{
        'aria-label': 'Search or run a command',
        placeholder: 'Go to a screen, a service, or paste a trace id',
        leftSection: <IconSearch {...icon} />,
      }}
    />
  )
}

interface Group {
  readonly group: string
  readonly actions: readonly SpotlightActionData[]
}

function useGroups(isOpen: boolean): readonly Group[] {
  const navigate = useNavigate()
  const setRange = useSetTimeRange()
  const { setService } = useServiceFilter()
  const { setColorScheme } = useMantineColorScheme()
  const grpc = useStatusValue((status) => status.receivers.grpc)
  const http = useStatusValue((status) => status.receivers.http)
  const { data } = useQuery(orpc.services.list.queryOptions({ enabled: isOpen }))
  const recent = useRecent(isOpen)
  const statements = useSavedStatements(isOpen)
  const views = useViews(isOpen)
  const sendOne = useSendOne()
  return useMemo(() => {
    if (!isOpen) return []
    const send = (fault: string | undefined) => {
      notice('Sending one request…')
      sendOne(fault).catch((error: unknown) => notice(error instanceof Error ? error.message : 'It was not sent.'))
    }
    const groups: Group[] = []
    groups.push({
      group: 'Go to',
      actions: [
        {
          id: 'overview',
          label: 'Overview',
          description: 'Latency, traffic, errors, saturation',
          keywords: ['golden signals', 'dashboard', 'home'],
          leftSection: <IconChartBar {...icon} />,
          onClick: () => void navigate({ to: '/overview' }),
        },
        {
          id: 'traces',
          label: 'Traces',
          leftSection: <IconTimelineEvent {...icon} />,
          onClick: () => void navigate({ to: '/traces' }),
        },
        {
          id: 'logs',
          label: 'Logs',
          leftSection: <IconListDetails {...icon} />,
          onClick: () => void navigate({ to: '/logs' }),
        },
        {
          id: 'metrics',
          label: 'Metrics',
          leftSection: <IconChartLine {...icon} />,
          onClick: () => void navigate({ to: '/metrics' }),
        },
        {
          id: 'notes',
          label: 'Notes',
          description: 'What was written on traces, spans and times',
          keywords: ['findings', 'comments', 'investigation'],
          leftSection: <IconNote {...icon} />,
          onClick: () => void navigate({ to: '/notes' }),
        },
        {
          id: 'load-lab',
          label: 'Load lab',
          description: 'A shop of real services, load on it, faults in it',
          keywords: ['demo', 'fault', 'traffic', 'mystery', 'exercise'],
          leftSection: <IconFlask {...icon} />,
          onClick: () => void navigate({ to: '/load-lab' }),
        },
        {
          id: 'sql',
          label: 'SQL',
          description: 'Statements of your own, read-only',
          keywords: ['query', 'database', 'select'],
          leftSection: <IconDatabaseSearch {...icon} />,
          onClick: () => void navigate({ to: '/sql' }),
        },
        {
          id: 'sessions',
          label: 'Sessions',
          description: 'Open, new, save a copy, rename, compare',
          keywords: ['database', 'file', 'recent', 'read-only', 'backup'],
          leftSection: <IconDatabase {...icon} />,
          onClick: () => void navigate({ to: '/sessions' }),
        },
        {
          id: 'connect',
          label: 'Connect a service',
          description: 'Endpoints and snippets for every language',
          leftSection: <IconPlugConnected {...icon} />,
          onClick: () => void navigate({ to: '/connect' }),
        },
        {
          id: 'settings',
          label: 'Settings',
          description: 'Ports, retention, what is stored, losses, appearance',
          keywords: ['preferences', 'storage', 'delete', 'version', 'about'],
          leftSection: <IconSettings {...icon} />,
          onClick: () => void navigate({ to: '/settings' }),
        },
      ],
    })
    if (views.length > 0) groups.push({ group: 'Saved views', actions: views })
    if (recent.length > 0) groups.push({ group: 'Traces opened lately', actions: recent })
    if (statements.length > 0) groups.push({ group: 'Saved statements', actions: statements })
    groups.push({
      group: 'Service',
      actions: [
        {
          id: 'service all',
          label: 'All services',
          keywords: ['filter'],
          leftSection: <IconStack2 {...icon} />,
          onClick: () => setService(undefined),
        },
        ...(data?.services ?? [])
          .filter(({ name }) => name !== '')
          .sort((a, b) => compareNames(a.name, b.name))
          .map(({ name }) => ({
            id: `service ${name}`,
            label: serviceText(name),
            keywords: ['filter'],
            leftSection: <PaletteMark name={name} />,
            onClick: () => setService(name),
          })),
      ],
    })
    groups.push({
      group: 'Time range',
      actions: ranges.map((range) => ({
        id: `range ${range}`,
        label: rangeLabels[range],
        leftSection: <IconClock {...icon} />,
        onClick: () => setRange(range),
      })),
    })
    groups.push({
      group: 'Action',
      actions: [
        {
          id: 'open file',
          label: 'Open a file…',
          description: 'OTLP, Jaeger, Zipkin, Tempo, Go stdouttrace, JSON log lines',
          keywords: ['import', 'load', 'upload', 'json', 'drop'],
          leftSection: <IconFileImport {...icon} />,
          onClick: () => void openFiles(),
        },
        {
          id: 'export',
          label: 'Export…',
          description: 'What this screen shows, as a file for other tools',
          keywords: ['save', 'download', 'share', 'jaeger', 'zipkin', 'perfetto', 'csv', 'markdown', 'otlp', 'html'],
          leftSection: <IconFileExport {...icon} />,
          onClick: () => openExport(),
        },
        {
          id: 'sample',
          label: 'Open the sample',
          description: 'An hour of the Checkout shop with three faults',
          keywords: ['session', 'demo', 'example'],
          leftSection: <IconDatabase {...icon} />,
          // Where it fails, the screen of sessions has the same button and says why.
          onClick: () => void openSample().catch(() => navigate({ to: '/sessions' })),
        },
        {
          id: 'one request',
          label: 'One request',
          description: 'A single checkout through the demo shop; its trace opens while it grows',
          keywords: ['send', 'demo', 'load lab', 'trace'],
          leftSection: <IconPlayerPlay {...icon} />,
          onClick: () => send(undefined),
        },
        {
          id: 'inject error',
          label: 'Inject error',
          description: 'The same with a database timeout in it',
          keywords: ['send', 'demo', 'load lab', 'fault', 'one request'],
          leftSection: <IconBolt {...icon} />,
          onClick: () => send('database-timeout'),
        },
        ...colorSchemes.map(({ value, label, Icon }) => ({
          id: `scheme ${value}`,
          label: `Theme: ${label.toLowerCase()}`,
          keywords: ['colour', 'scheme', 'appearance'],
          leftSection: <Icon {...icon} />,
          onClick: () => setColorScheme(value),
        })),
        ...Object.entries({ 'OTLP/gRPC': grpc, 'OTLP/HTTP': http }).flatMap(([protocol, endpoint]) =>
          endpoint === undefined
            ? []
            : [
                {
                  id: `copy ${protocol}`,
                  label: `Copy ${protocol} endpoint`,
                  description: endpoint,
                  leftSection: <IconCopy {...icon} />,
                  onClick: () => void copyText(endpoint),
                },
              ],
        ),
      ],
    })
    return groups
  }, [isOpen, navigate, setRange, setService, setColorScheme, sendOne, grpc, http, data, recent, statements, views])
}

/** Asked for only while the palette is open; traces that are gone from the store are left out. */
function useRecent(isOpen: boolean): readonly SpotlightActionData[] {
  const navigate = useNavigate()
  const ids = useMemo(() => (isOpen ? recentTraces() : []), [isOpen])
  return useQueries({
    queries: ids.map((traceId) => orpc.traces.summary.queryOptions({ input: { traceId } })),
    combine: (results) =>
      results.flatMap(({ data }) =>
        data === undefined
          ? []
          : [
              {
                id: `recent ${data.traceId}`,
                label: `${serviceText(data.rootService)} ${operationText(data.rootOperation)}`,
                description: `${formatDuration(data.durationNs)} · ${formatInstant(data.startTimeUnixNano)} · ${data.traceId.slice(0, 8)}…`,
                keywords: [data.traceId],
                leftSection: <PaletteMark name={data.rootService} />,
                onClick: () => void navigate({ to: '/traces/$traceId', params: { traceId: data.traceId } }),
              },
            ],
      ),
  })
}

function useRememberTraces(): void {
  const path = useLocation({ select: (location) => location.pathname })
  useEffect(() => {
    const traceId = path.startsWith('/traces/') ? traceIdIn(path) : undefined
    if (traceId !== undefined) rememberTrace(traceId)
  }, [path])
}

function useViews(isOpen: boolean): readonly SpotlightActionData[] {
  const { history } = useRouter()
  const { data } = useQuery(orpc.savedViews.list.queryOptions({ input: {}, enabled: isOpen }))
  return useMemo(
    () =>
      (data?.views ?? []).filter(isOfScreen).map((view) => ({
        id: `view ${view.id}`,
        label: view.name,
        description: `View of ${view.screen}`,
        keywords: ['view'],
        leftSection: <IconBookmark {...icon} />,
        onClick: () => history.push(placeOf(view)),
      })),
    [data, history],
  )
}

/** A service's mark in the place of an icon. */
function PaletteMark({ name }: { readonly name: string }) {
  return (
    <span className={styles.mark}>
      <ServiceMark name={name} />
    </span>
  )
}
