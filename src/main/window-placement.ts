/** Where the window was on each display, and where it may open now: only where it can be seen and reached. */

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Display {
  readonly id: number
  /** Without the system's bars. */
  readonly workArea: Bounds
}

export interface Placement {
  readonly bounds: Bounds
  readonly isMaximized: boolean
}

/** Placements by display, and the display the window was on last. */
export interface RememberedPlacements {
  readonly lastDisplay: number | undefined
  readonly byDisplay: Readonly<Record<string, Placement>>
}

export const smallestSize = { width: 720, height: 480 } as const
const firstSize = { width: 1280, height: 820 } as const
const rememberedDisplays = 8

/** The last display if it is still there, else the primary one, which must be the first of `displays`. */
export function placementOn(displays: readonly [Display, ...Display[]], remembered: RememberedPlacements): Placement {
  const display = displays.find(({ id }) => id === remembered.lastDisplay) ?? displays[0]
  const placement = remembered.byDisplay[String(display.id)]
  return {
    bounds: within(display.workArea, placement?.bounds ?? centered(display.workArea)),
    isMaximized: placement?.isMaximized ?? false,
  }
}

/** With this placement remembered for the display; those of displays not seen for long are forgotten. */
export function remember(
  { byDisplay }: RememberedPlacements,
  display: Pick<Display, 'id'>,
  placement: Placement,
): RememberedPlacements {
  const { [String(display.id)]: _before, ...others } = byDisplay
  const kept = Object.entries(others).slice(-(rememberedDisplays - 1))
  return { lastDisplay: display.id, byDisplay: Object.fromEntries([...kept, [String(display.id), placement]]) }
}

/** What a file says, as far as it can be understood. */
export function readPlacements(value: unknown): RememberedPlacements {
  const { lastDisplay, byDisplay } = fields(value)
  return {
    lastDisplay: typeof lastDisplay === 'number' ? lastDisplay : undefined,
    byDisplay: Object.fromEntries(
      Object.entries(fields(byDisplay)).flatMap(([id, entry]) => {
        const { bounds, isMaximized } = fields(entry)
        const read = readBounds(bounds)
        return read === undefined ? [] : [[id, { bounds: read, isMaximized: isMaximized === true }] as const]
      }),
    ),
  }
}

function readBounds(value: unknown): Bounds | undefined {
  const { x, y, width, height } = fields(value)
  const whole = (number: unknown): number => (typeof number === 'number' ? Math.round(number) : Number.NaN)
  const bounds = { x: whole(x), y: whole(y), width: whole(width), height: whole(height) }
  return Object.values(bounds).every(Number.isSafeInteger) ? bounds : undefined
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function centered(area: Bounds): Bounds {
  const width = Math.min(firstSize.width, area.width)
  const height = Math.min(firstSize.height, area.height)
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  }
}

/** Moved and shrunk into `area`; never smaller than the window may be, even on a smaller display. */
function within(area: Bounds, bounds: Bounds): Bounds {
  const width = Math.max(smallestSize.width, Math.min(bounds.width, area.width))
  const height = Math.max(smallestSize.height, Math.min(bounds.height, area.height))
  const clamp = (start: number, from: number, room: number): number =>
    Math.max(from, Math.min(start, from + Math.max(0, room)))
  return {
    x: clamp(bounds.x, area.x, area.width - width),
    y: clamp(bounds.y, area.y, area.height - height),
    width,
    height,
  }
}
