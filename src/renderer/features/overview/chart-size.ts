/** Heights of the Overview's charts in px. */

/** Plots of the first row. */
export const rowPlotHeight = 124
/** The heatmap's plot. */
export const heatPlotHeight = 166
/** A time axis below a plot. */
export const timeAxisHeight = 20
