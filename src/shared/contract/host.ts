/** What the desktop window offers its page: a port to the engine, ways out of a failed start, and the shell's own settings. */

import type { ErrorCode } from './errors.ts'

/** Names of the messages between the page's preload and the shell. */
export const hostChannels = {
  /** Page to shell: this page listens now; tell it the engine's state and give it a port. */
  connect: 'spanlight:connect',
  /** Shell to page, with one port. */
  port: 'spanlight:port',
  /** Shell to page: a `HostNews`. */
  news: 'spanlight:news',
  /** Page to shell: a `Recovery`. */
  recover: 'spanlight:recover',
  /** Page to shell: read or change a `ShellSettings`. */
  settings: 'spanlight:settings',
} as const

/** The data of the `message` event by which a port to the engine reaches the page. */
export const enginePortMessage = 'spanlight:engine-port'

export type StartFailureCode =
  | ErrorCode
  /** It stopped by itself twice within a minute. */
  | 'ENGINE_DIED'
  | 'ELECTRON_TOO_OLD'

/** Why there is no engine, and what a person may do about it. */
export interface StartFailure {
  readonly code: StartFailureCode
  /** What happened and what to do next, in a sentence or two. */
  readonly message: string
  /** The file that was to be opened; null where it never came to that. */
  readonly databasePath: string | null
  /** Everything a bug report needs, as text. */
  readonly report: string
}

export type EngineState =
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'running'
      /** How often the engine died and came back since the app was started. */
      readonly restarts: number
      /** What a person should know about this start, such as a default port that was taken. */
      readonly notices: readonly string[]
    }
  /** It stopped by itself and is being started again. */
  | { readonly kind: 'restarting' }
  | { readonly kind: 'failed'; readonly failure: StartFailure }

export type HostCommand = 'find' | 'copy-link'

export type HostNews =
  | { readonly type: 'engine'; readonly state: EngineState }
  /** Open this screen, a path of the app's own. */
  | { readonly type: 'navigate'; readonly path: string }
  /** Import these files of this machine, by their absolute paths. */
  | { readonly type: 'open-files'; readonly paths: readonly string[] }
  /** Chosen from the menu. */
  | { readonly type: 'command'; readonly command: HostCommand }

/** What to do after a failed start. */
export type Recovery =
  | 'retry'
  /** Take free ports in place of those that were asked for. */
  | 'free-ports'
  /** Ask for another database file; nothing happens when the person cancels. */
  | 'choose-file'
  /** Save what can be read of the one that failed into a new database beside it, and start with that. */
  | 'salvage'
  /** Start with a new, empty database beside the one that failed. */
  | 'fresh-file'
  | 'quit'

export type ThemeChoice = 'light' | 'dark' | 'auto'

/** Settings of the window and the desktop around it; the engine's own are elsewhere. */
export interface ShellSettings {
  /** An icon beside the clock says what comes in; Spanlight then keeps receiving when its window is closed. */
  readonly tray: boolean
  /** What the page uses; the window, its menus and dialogs follow. */
  readonly theme: ThemeChoice
}

/** `window.spanlightHost`; absent in a browser. */
export interface Host {
  /** Asks for the engine. From then on its state is told, and a port is posted to the page whenever it runs. */
  connect(): void
  /** Calls `listener` with everything the shell has to say. Returns how to stop that. */
  listen(listener: (news: HostNews) => void): () => void
  recover(way: Recovery): Promise<void>
  /** Changes the settings named in `change`, none by default, and gives back all as they are then. */
  settings(change?: Partial<ShellSettings>): Promise<ShellSettings>
}
