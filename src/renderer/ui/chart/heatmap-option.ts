/** A heatmap's cells as ECharts draws them: one path for each shade. */

import type { PlotOption, PlotSeriesOption } from './echarts.ts'
import { type HeatCell, shadeCount } from './heat-cells.ts'
import { plotOption } from './plot-frame.ts'

export interface HeatmapOptionInput {
  readonly bucketCount: number
  readonly cells: readonly HeatCell[]
  /** Width and height of the plot in px. */
  readonly width: number
  readonly height: number
  readonly resolveColor: (color: string) => string
}

/** Thousands of cells are five elements: one for each shade, whose path holds all its rectangles. */
export function heatmapOption(input: HeatmapOptionInput): PlotOption {
  const { bucketCount, cells, width, height, resolveColor } = input
  const paths = shadePaths(cells, { bucketPx: bucketCount === 0 ? 0 : width / bucketCount, height })
  const series: PlotSeriesOption = {
    id: 'heat',
    type: 'custom',
    coordinateSystem: 'cartesian2d',
    silent: true,
    clip: true,
    data: paths.map((_, shade) => [0, 0, shade]),
    renderItem: (_, api) => {
      const shade = Number(api.value(2))
      const [x = 0, y = 0] = api.coord([0, 1])
      return {
        type: 'path',
        x,
        y,
        shape: { pathData: paths[shade] ?? '' },
        style: { fill: resolveColor(`var(--heat-${shade})`) },
      }
    },
  }
  return plotOption(bucketCount, [series])
}

/** SVG path data per shade, from the plot's upper left corner. */
export function shadePaths(
  cells: readonly HeatCell[],
  { bucketPx, height }: { readonly bucketPx: number; readonly height: number },
): readonly string[] {
  const paths = Array.from({ length: shadeCount }, (): string[] => [])
  const gapX = bucketPx >= 5 ? 1 : bucketPx >= 3 ? 0.5 : 0
  for (const { bucket, bottom, top, shade } of cells) {
    const gapY = (top - bottom) * height >= 4 ? 0.8 : 0
    const x = fixed(bucket * bucketPx)
    const y = fixed((1 - top) * height)
    const w = fixed(Math.max(0.6, bucketPx - gapX))
    const h = fixed(Math.max(0.6, (top - bottom) * height - gapY))
    paths[shade]?.push(`M${x} ${y}h${w}v${h}h${fixed(-w)}z`)
  }
  return paths.map((parts) => parts.join(''))
}

function fixed(value: number): number {
  return Math.round(value * 100) / 100
}
