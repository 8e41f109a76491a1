/** A request that went wrong in the shop: what its answer says, and what is written about it. */

export class StepFailure extends Error {
  override readonly name = 'StepFailure'
  readonly status: number
  /** For `error.type` and `exception.type`. */
  readonly type: string
  /** The log already tells it: those who only pass it on need not again. */
  readonly told: boolean

  constructor(status: number, type: string, message: string, told = false) {
    super(message)
    this.status = status
    this.type = type
    this.told = told
  }
}
