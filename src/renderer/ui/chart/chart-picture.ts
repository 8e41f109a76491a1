/** A chart as a picture of its own: title, time range, legend, axes, marks and dots around what its canvas shows. */

import { exactInstant } from '../format.ts'
import { labelledTimes, tickTop } from './axis-labels.ts'
import { placeMarks } from './chart-marks.tsx'
import type { DrawnChart, DrawnData, DrawnPlot } from './chart-sheet.ts'
import { shadeCount } from './heat-cells.ts'
import { axisHeightPx, rightAxisPx } from './plot-axes.tsx'
import { bleedPx } from './plot-frame.ts'
import { gridEnd, gridPosition } from './time-grid.ts'
import { axisPosition } from './value-axis.ts'

/** Pixels for each px, so that the picture is sharp on any screen. */
const pictureScale = 2

const paddingPx = 16
const titlePx = 22
const subPx = 20
const legendRowPx = 18
const maxLegendRows = 4
const tickGapPx = 7
const keyPx = 8

export interface PictureHead {
  readonly title: string
  readonly sub: string
}

export interface PictureInk {
  readonly resolveColor: (color: string) => string
  readonly fontFamily: string
}

interface LegendKey {
  readonly text: string
  readonly color: string
}

interface PlacedKey extends LegendKey {
  readonly x: number
  readonly row: number
}

/** Draws the picture; its background and colours are those of the scheme on show. */
export function chartPicture(chart: DrawnChart, head: PictureHead, ink: PictureInk): HTMLCanvasElement {
  const { plot } = chart
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('This browser draws no pictures.')
  pen.font = `10.5px ${ink.fontFamily}`
  const left = Math.ceil(
    Math.max(24, ...plot.axis.ticks.map((tick) => pen.measureText(plot.formatTick(tick)).width + tickGapPx)),
  )
  const right = plot.rightAxis === undefined ? 0 : rightAxisPx
  const width = plot.width + left + right + 2 * paddingPx
  const keys = placedKeys(pen, legendOf(chart.data), { width: width - 2 * paddingPx, font: `11.5px ${ink.fontFamily}` })
  const legendRows = keys.length === 0 ? 0 : (keys.at(-1)?.row ?? 0) + 1
  const top = paddingPx + titlePx + subPx + legendRows * legendRowPx + 8
  const height = top + plot.height + axisHeightPx + paddingPx
  canvas.width = Math.round(width * pictureScale)
  canvas.height = Math.round(height * pictureScale)
  pen.scale(pictureScale, pictureScale)
  pen.fillStyle = ink.resolveColor('var(--surface)')
  pen.fillRect(0, 0, width, height)

  drawHead(pen, plot, head, ink)
  drawLegend(pen, keys, ink)
  pen.translate(paddingPx + left, top)
  drawAxes(pen, plot, ink)
  const { width: plotWidth, height: plotHeight } = plot
  pen.drawImage(chart.canvas(pictureScale), -bleedPx, -bleedPx, plotWidth + 2 * bleedPx, plotHeight + 2 * bleedPx)
  drawMarks(pen, plot, ink)
  drawExemplars(pen, plot, ink)
  return canvas
}

function drawHead(
  pen: CanvasRenderingContext2D,
  { grid }: DrawnPlot,
  { title, sub }: PictureHead,
  ink: PictureInk,
): void {
  pen.fillStyle = ink.resolveColor('var(--text)')
  pen.font = `600 15px ${ink.fontFamily}`
  pen.fillText(title, paddingPx, paddingPx + 13)
  const titleWidth = pen.measureText(title).width
  pen.fillStyle = ink.resolveColor('var(--muted)')
  pen.font = `11.5px ${ink.fontFamily}`
  pen.fillText(rangeText(grid.startUnixNano, gridEnd(grid)), paddingPx, paddingPx + titlePx + 11)
  pen.fillText(sub, paddingPx + titleWidth + 10, paddingPx + 13)
}

/** `2026-11-28 10:15:00 – 11:15:00 +01:00`: buckets begin at whole seconds, and a day is told once. */
function rangeText(startUnixNano: bigint, endUnixNano: bigint): string {
  const [start, end] = [startUnixNano, endUnixNano].map((at) => exactInstant(at).replace(/\.\d+/, '').split(' '))
  const [startDay, startClock, startZone] = start ?? []
  const [endDay, endClock, endZone] = end ?? []
  const zone = startZone === endZone ? '' : ` ${startZone}`
  const day = startDay === endDay ? '' : `${endDay} `
  return `${startDay} ${startClock}${zone} – ${day}${endClock} ${endZone}`
}

function legendOf(data: DrawnData): readonly LegendKey[] {
  if (data.kind === 'series')
    return data.series.map(({ name, color, isOnRight }) => ({
      text: isOnRight ? `${name}, on the right` : name,
      color,
    }))
  return Array.from({ length: shadeCount }, (_, shade) => ({
    color: `var(--heat-${shade})`,
    text: shade === shadeCount - 1 ? `few to many ${data.noun}` : '',
  }))
}

/** In rows of the picture's width; what has no room is counted. */
function placedKeys(
  pen: CanvasRenderingContext2D,
  keys: readonly LegendKey[],
  { width, font }: { readonly width: number; readonly font: string },
): readonly PlacedKey[] {
  pen.font = font
  const placed: PlacedKey[] = []
  let x = 0
  let row = 0
  for (const [index, key] of keys.entries()) {
    const keyWidth = keyPx + (key.text === '' ? 2 : 5 + pen.measureText(key.text).width + 14)
    if (x > 0 && x + keyWidth > width) {
      if (row === maxLegendRows - 1) {
        const last = placed.at(-1)
        const more = `and ${keys.length - index + 1} more`
        if (last) placed[placed.length - 1] = { ...last, text: more, color: 'transparent' }
        return placed
      }
      x = 0
      row++
    }
    placed.push({ ...key, x, row })
    x += keyWidth
  }
  return placed
}

function drawLegend(pen: CanvasRenderingContext2D, keys: readonly PlacedKey[], ink: PictureInk): void {
  pen.font = `11.5px ${ink.fontFamily}`
  for (const { x, row, text, color } of keys) {
    const top = paddingPx + titlePx + subPx + row * legendRowPx
    pen.fillStyle = ink.resolveColor(color)
    pen.fillRect(paddingPx + x, top + 3, keyPx, keyPx)
    pen.fillStyle = ink.resolveColor('var(--muted)')
    pen.fillText(text, paddingPx + x + keyPx + 5, top + 11)
  }
}

function drawAxes(pen: CanvasRenderingContext2D, plot: DrawnPlot, ink: PictureInk): void {
  const { grid, axis, rightAxis, formatTick, width, height } = plot
  pen.font = `10.5px ${ink.fontFamily}`
  pen.strokeStyle = ink.resolveColor('var(--line)')
  pen.fillStyle = ink.resolveColor('var(--faint)')
  pen.lineWidth = 1
  for (const tick of axis.ticks) {
    const y = tickTop(axis, tick, height)
    pen.beginPath()
    pen.moveTo(0, y + 0.5)
    pen.lineTo(width, y + 0.5)
    pen.stroke()
    pen.textAlign = 'right'
    pen.fillText(formatTick(tick), -tickGapPx, y + 3.5)
  }
  pen.textAlign = 'center'
  for (const { x, label } of labelledTimes(grid, width)) pen.fillText(label, x, height + 15)
  pen.textAlign = 'left'
  if (rightAxis === undefined) return
  pen.fillStyle = ink.resolveColor(rightAxis.color)
  for (const tick of rightAxis.ticks)
    pen.fillText(formatTick(tick), width + tickGapPx, tickTop(rightAxis, tick, height) + 3.5)
}

function drawMarks(pen: CanvasRenderingContext2D, { marks, grid, width, height }: DrawnPlot, ink: PictureInk): void {
  if (grid.count === 0) return
  pen.font = `10.5px ${ink.fontFamily}`
  for (const { mark, left, right, label } of placeMarks(marks, grid, width)) {
    const color = ink.resolveColor(mark.color)
    pen.save()
    pen.fillStyle = color
    pen.globalAlpha = 0.07
    pen.fillRect(Math.max(0, left), 0, Math.max(0, right - Math.max(0, left)), height)
    pen.globalAlpha = 1
    if (left >= 0) {
      pen.strokeStyle = color
      pen.setLineDash([3, 3])
      pen.beginPath()
      pen.moveTo(left + 0.5, 0)
      pen.lineTo(left + 0.5, height)
      pen.stroke()
    }
    if (label !== undefined) {
      pen.textAlign = label.side === 'left' ? 'right' : 'left'
      pen.fillText(fitted(pen, mark.label, label.width - 10), label.side === 'left' ? left - 5 : left + 5, 10)
    }
    pen.restore()
  }
}

/** The text, or as much of its beginning as there is room for. */
function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text
  const letters = [...text]
  while (letters.length > 0 && pen.measureText(`${letters.join('')}…`).width > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

function drawExemplars(pen: CanvasRenderingContext2D, plot: DrawnPlot, ink: PictureInk): void {
  const { exemplars, grid, axis, width, height } = plot
  if (grid.count === 0) return
  for (const { unixNano, value, color } of exemplars) {
    const x = gridPosition(grid, unixNano) / grid.count
    if (x < 0 || x > 1) continue
    const y = 1 - Math.min(1, Math.max(0, axisPosition(axis, value)))
    pen.beginPath()
    pen.arc(x * width, y * height, 3.5, 0, 2 * Math.PI)
    pen.fillStyle = ink.resolveColor('var(--surface)')
    pen.fill()
    pen.lineWidth = 1.5
    pen.strokeStyle = ink.resolveColor(color)
    pen.stroke()
  }
}
