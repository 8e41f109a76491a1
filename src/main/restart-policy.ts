/** How often something that dies by itself is started again: not a second time within a minute. */

const quietMs = 60_000

export class RestartPolicy {
  #lastDeathMs = Number.NEGATIVE_INFINITY

  /** Notes a death; true when it is worth another start. */
  mayRestart(nowMs: number): boolean {
    const isFirst = nowMs - this.#lastDeathMs >= quietMs
    this.#lastDeathMs = nowMs
    return isFirst
  }

  /** A person asked for a new start: what was before doesn't count. */
  forget(): void {
    this.#lastDeathMs = Number.NEGATIVE_INFINITY
  }
}
