/** What a page of the stand-in and main say to each other; `args` and `message` are text of `wire.ts`. */

export type ToPage =
  | { readonly type: 'ipc'; readonly channel: string; readonly args: string; readonly ports: readonly number[] }
  | { readonly type: 'answer'; readonly call: number; readonly result: string }
  | { readonly type: 'refusal'; readonly call: number; readonly reason: string }
  | { readonly type: 'port'; readonly port: number; readonly message: string }
  | { readonly type: 'port-closed'; readonly port: number }

export type FromPage =
  | { readonly type: 'send'; readonly channel: string; readonly args: string }
  | { readonly type: 'invoke'; readonly call: number; readonly channel: string; readonly args: string }
  | { readonly type: 'port'; readonly port: number; readonly message: string }
  | { readonly type: 'port-closed'; readonly port: number }
  | { readonly type: 'preload-failed'; readonly reason: string }

/** Names that main made up for one window, so that no page can guess them. */
export interface Secrets {
  /** The binding by which the preload's world reaches main, and the function by which main reaches it. */
  readonly binding: string
  /** Begins the names of the events between the worlds. */
  readonly event: string
}
