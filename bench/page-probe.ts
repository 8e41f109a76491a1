/** Measures inside the page. Playwright sends this function to the browser as text, so it refers to nothing outside itself. */

export interface FrameTimes {
  readonly p50Ms: number
  readonly p95Ms: number
  readonly worstMs: number
  readonly count: number
}

export interface Probe {
  /** From the next click to the frame after a waterfall row with a bar of some width is in the document, in ms. */
  fromClickToFirstBar(): Promise<number>
  /** Scrolls the waterfall from top to end, a step each frame. */
  scrollThrough(): Promise<FrameTimes>
  framesUntilStopped(): Promise<FrameTimes>
  stop(): void
  idle(): Promise<void>
}

export function installProbe(): void {
  const scrollSteps = 180
  let stopped = false
  const page = globalThis as unknown as PageGlobals
  const nextFrame = (): Promise<number> => new Promise((resolve) => page.requestAnimationFrame(resolve))

  function summary(times: readonly number[]): FrameTimes {
    const sorted = [...times].sort((left, right) => left - right)
    const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
    return { p50Ms: at(0.5), p95Ms: at(0.95), worstMs: at(1), count: sorted.length }
  }

  /** Every interval between frames while `step` says that there is more to come. */
  async function frames(step: (index: number) => boolean): Promise<FrameTimes> {
    const times: number[] = []
    let before = await nextFrame()
    for (let index = 0; step(index); index++) {
      const now = await nextFrame()
      times.push(now - before)
      before = now
    }
    return summary(times)
  }

  const probe: Probe = {
    fromClickToFirstBar: () =>
      new Promise((resolve) => {
        page.addEventListener(
          'click',
          (event) => {
            // When the click happened, not when the page came to hear of it.
            const clickedAt = event.timeStamp
            const look = (): void => {
              const lane = page.document.querySelector('[role=treegrid] [role=row] [role=gridcell]:nth-child(2)')
              const bar = lane?.firstElementChild
              if (bar && bar.getBoundingClientRect().width > 0)
                // This frame paints the bar; the next one begins when it is on screen.
                page.requestAnimationFrame(() => resolve(page.performance.now() - clickedAt))
              else page.requestAnimationFrame(look)
            }
            page.requestAnimationFrame(look)
          },
          { capture: true, once: true },
        )
      }),
    scrollThrough: () => {
      const scroller = page.document.querySelector('[role=treegrid]')?.parentElement
      if (!scroller) throw new Error('no waterfall')
      const length = scroller.scrollHeight - scroller.clientHeight
      return frames((index) => {
        scroller.scrollTop = (length * (index + 1)) / scrollSteps
        return index < scrollSteps
      })
    },
    framesUntilStopped: () => {
      stopped = false
      return frames(() => !stopped)
    },
    stop: () => {
      stopped = true
    },
    idle: () => new Promise((resolve) => page.requestIdleCallback(() => resolve())),
  }
  page.probe = probe
}

/** As much of the browser as the probe needs; scripts in Node have no types of the DOM. */
interface PageElement {
  readonly parentElement: PageElement | null
  readonly firstElementChild: PageElement | null
  readonly scrollHeight: number
  readonly clientHeight: number
  scrollTop: number
  getBoundingClientRect(): { readonly width: number }
}

interface PageGlobals {
  probe: Probe
  readonly performance: { now(): number }
  readonly document: { querySelector(selector: string): PageElement | null }
  requestAnimationFrame(callback: (time: number) => void): void
  requestIdleCallback(callback: () => void): void
  addEventListener(
    type: 'click',
    listener: (event: { readonly timeStamp: number }) => void,
    options: { readonly capture: boolean; readonly once: boolean },
  ): void
}
