/** One ECharts instance: made for its element, sized with it, told what to draw, and disposed with it. */

import { useCallback, useEffect, useRef } from 'react'
import { useOnSheet } from './chart-sheet.ts'
import { createPlot, type PlotInstance, type PlotOption } from './echarts.ts'
import styles from './plot.module.css'
import { bleedPx } from './plot-frame.ts'

export interface ChartCanvasProps {
  readonly option: PlotOption
  /** Of the plot, in px; the canvas is larger by the bleed on each side. */
  readonly width: number
  readonly height: number
}

/** Draws `option` whenever it is another object; nothing is animated and nothing is drawn twice. */
export function ChartCanvas({ option, width, height }: ChartCanvasProps) {
  const element = useRef<HTMLDivElement>(null)
  const instance = useRef<PlotInstance>(undefined)
  const isSized = width > 0 && height > 0

  useEffect(() => {
    if (element.current === null || !isSized) return
    const plot = createPlot(element.current)
    instance.current = plot
    return () => {
      instance.current = undefined
      plot.dispose()
    }
  }, [isSized])

  useEffect(() => {
    instance.current?.resize({ width: width + 2 * bleedPx, height: height + 2 * bleedPx })
  }, [width, height])

  useEffect(() => {
    instance.current?.setOption(option, { replaceMerge: ['series'], lazyUpdate: false, silent: true })
  }, [option])

  useOnSheet(
    'canvas',
    useCallback(
      (pixelRatio) => instance.current?.renderToCanvas({ pixelRatio }) ?? document.createElement('canvas'),
      [],
    ),
  )

  return (
    <div
      ref={element}
      className={styles.canvas}
      aria-hidden="true"
      style={{ left: -bleedPx, top: -bleedPx, width: width + 2 * bleedPx, height: height + 2 * bleedPx }}
    />
  )
}
