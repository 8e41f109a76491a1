/** Instants as the browser's date-and-time field writes them: local time, to the second or finer, no zone. */

const nanosPerMilli = 1_000_000n

/** An instant as the field's value, cut off to the second. */
export function toLocalInput(instant: bigint): string {
  const date = new Date(Number(instant / nanosPerMilli))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The field's value as an instant; undefined when it is empty, incomplete or before 1970. */
export function fromLocalInput(text: string): bigint | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(text)) return undefined
  const millis = new Date(text).getTime()
  return Number.isFinite(millis) && millis >= 0 ? BigInt(millis) * nanosPerMilli : undefined
}
