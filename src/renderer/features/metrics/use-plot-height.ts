/** How high a chart is: a share of the window, so that chart and heatmap fit into small ones and fill large ones. */

import { useViewportSize } from '@mantine/hooks'

const leastPx = 140
const mostPx = 300

export function usePlotHeight(share: number): number {
  const { height } = useViewportSize()
  return Math.round(Math.min(mostPx, Math.max(leastPx, height * share)))
}
