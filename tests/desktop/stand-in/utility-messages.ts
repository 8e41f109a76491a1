/** What main and a utility process of the stand-in say to each other; messages are text of `page/wire.ts`. */

export type ToUtility =
  | { readonly type: 'message'; readonly message: string; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly port: number; readonly message: string }
  | { readonly type: 'port-closed'; readonly port: number }

export type FromUtility =
  | { readonly type: 'message'; readonly message: string }
  | { readonly type: 'port'; readonly port: number; readonly message: string }
  | { readonly type: 'port-closed'; readonly port: number }
