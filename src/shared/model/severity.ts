/** Log severities (OpenTelemetry Logs Data Model, "Severity Fields"): 24 numbers in six ranges, 0 unspecified. */

export const severityLevels = ['unspecified', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type SeverityLevel = (typeof severityLevels)[number]

export const maxSeverityNumber = 24

/** The level a severity number belongs to; numbers outside 1-24 are unspecified. */
export function severityLevel(severityNumber: number): SeverityLevel {
  if (severityNumber < 1 || severityNumber > maxSeverityNumber) return 'unspecified'
  return severityLevels[Math.ceil(severityNumber / 4)] ?? 'unspecified'
}

/** The smallest severity number of a level. */
export function lowestSeverity(level: SeverityLevel): number {
  const index = severityLevels.indexOf(level)
  return index === 0 ? 0 : (index - 1) * 4 + 1
}
