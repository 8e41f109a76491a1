import { describe, expect, it } from 'vitest'
import type { Session } from '#shared/contract/sessions.ts'
import { goneSessions, rangeText, recoveredName, recoveryText, sessionRows } from './session-rows.ts'

const at = (text: string): string => `${new Date(text).getTime()}000000`
const now = new Date('2026-03-04T15:00:00')
const session: Session = {
  path: '/data/a.db',
  name: 'a',
  isCurrent: true,
  bytes: 4_194_304,
  counts: { spans: 1200, logs: 3, points: 0 },
  startUnixNano: at('2026-03-04T12:04:30'),
  endUnixNano: at('2026-03-04T12:09:59'),
  lastOpenedUnixNano: at('2026-03-04T14:00:00'),
  problem: null,
  fault: null,
}

describe('sessionRows', () => {
  it('tell what a session holds, and how big it is beside the biggest', () => {
    const other = { ...session, isCurrent: false, bytes: 1_048_576, lastOpenedUnixNano: null }
    const broken = { ...session, isCurrent: false, bytes: 0, counts: null, startUnixNano: null, problem: 'It is gone.' }
    expect(sessionRows([session, other, broken], now)).toMatchObject([
      { size: '4 MiB', sizeShare: 1, spans: '1,200', data: '12:04 – 12:09', opened: 'now' },
      { size: '1 MiB', sizeShare: 0.25, opened: 'never here', wasOpened: false },
      { size: '–', spans: '–', data: '–', opened: '1 h ago', problem: 'It is gone.' },
    ])
  })

  it('tell which can be recovered, and which are gone', () => {
    const damaged = { ...session, isCurrent: false, fault: 'damaged' } as const
    const gone = { ...session, isCurrent: false, path: '/data/gone.db', fault: 'gone' } as const
    const all = [session, damaged, { ...damaged, isCurrent: true }, gone, { ...gone, lastOpenedUnixNano: null }]
    expect(sessionRows(all, now).map(({ canRecover }) => canRecover)).toEqual([false, true, false, false, false])
    expect(goneSessions(all)).toEqual(['/data/gone.db'])
  })

  it('name the day once where both ends share it', () => {
    const range = (start: string, end: string): string =>
      rangeText({ startUnixNano: at(start), endUnixNano: at(end) }, now)
    expect(range('2026-03-01T10:00:00', '2026-03-01T11:00:00')).toBe('2026-03-01 10:00 – 11:00')
    expect(range('2026-03-01T10:00:00', '2026-03-02T11:00:00')).toBe('2026-03-01 10:00 – 2026-03-02 11:00')
    expect(range('2026-03-04T10:00:01', '2026-03-04T10:00:02')).toBe('10:00')
  })
})

describe('a recovery', () => {
  it.each([
    ['/data/a.db', '/data/a-recovered.db'],
    ['/data.d/a', '/data.d/a-recovered.db'],
    ['C:\\data\\a.b.db', 'C:\\data\\a.b-recovered.db'],
  ])('of %s goes to %s', (path, expected) => expect(recoveredName(path)).toBe(expected))

  it('says what it saved', () => {
    const saved = { spans: 1200, logs: 0, points: 1, notes: 2, lost: 0 }
    expect(recoveryText(saved)).toBe('1,200 spans, 1 metric point, 2 notes. No row is known to be lost.')
    expect(recoveryText({ ...saved, lost: 1 })).toMatch(/1 row could not be read\.$/)
  })
})
