/** What a person reads about a failed start, and the ways out that can help, the best first. */

import type { Recovery, StartFailureCode } from '#shared/contract/host.ts'

export interface WayOut {
  readonly way: Recovery
  readonly label: string
}

export interface FailureText {
  readonly title: string
  readonly advice: string
  /** Whether the engine's own words say more than the title. Those about a file speak to a terminal. */
  readonly isMessageTelling: boolean
  readonly ways: readonly WayOut[]
}

const retry: WayOut = { way: 'retry', label: 'Try again' }
const freePorts: WayOut = { way: 'free-ports', label: 'Use other ports' }
const chooseFile: WayOut = { way: 'choose-file', label: 'Choose another database…' }
const salvage: WayOut = { way: 'salvage', label: 'Save what can be read' }
const freshFile: WayOut = { way: 'fresh-file', label: 'Start with a new database' }

const untouched = 'Nothing in it was changed.'

const known: Partial<Readonly<Record<StartFailureCode, FailureText>>> = {
  PORT_TAKEN: {
    title: 'A port is taken',
    advice: 'Close the program that has it and try again, or receive on other ports and point your exporters there.',
    isMessageTelling: true,
    ways: [freePorts, retry],
  },
  STORE_LOCKED: {
    title: 'Another Spanlight has this database open',
    advice: 'Close that one and try again, or use another database here.',
    isMessageTelling: false,
    ways: [retry, chooseFile, freshFile],
  },
  STORE_CORRUPT: {
    title: 'The database is damaged',
    advice: `${untouched} What can be read of it can be saved into a new database beside it; the damaged file stays as it is.`,
    isMessageTelling: false,
    ways: [salvage, freshFile, chooseFile, retry],
  },
  STORE_FROM_FUTURE: {
    title: 'The database is from a newer Spanlight',
    advice: `${untouched} Update Spanlight to open it, or go on with another one.`,
    isMessageTelling: false,
    ways: [freshFile, chooseFile],
  },
  STORE_READONLY: {
    title: 'The database cannot be written',
    advice: 'Check the permissions of the file and its folder and try again, or use a database elsewhere.',
    isMessageTelling: false,
    ways: [retry, chooseFile],
  },
  DISK_FULL: {
    title: 'The disk is full',
    advice: 'Free some space and try again, or use a database on another disk.',
    isMessageTelling: false,
    ways: [retry, chooseFile],
  },
  ENGINE_DIED: {
    title: "Spanlight's engine keeps stopping",
    advice: 'What it had acknowledged is stored. If it stops again with a new database too, please report it.',
    isMessageTelling: true,
    ways: [retry, freshFile, chooseFile],
  },
  ELECTRON_TOO_OLD: {
    title: 'This Electron is too old',
    advice: 'Nothing was opened or changed.',
    isMessageTelling: true,
    ways: [],
  },
}

const unknown: FailureText = {
  title: 'Spanlight could not start',
  advice: 'Try again. If it happens again, please report it with the details below.',
  isMessageTelling: true,
  ways: [retry, chooseFile, freshFile],
}

export function failureText(code: StartFailureCode): FailureText {
  return known[code] ?? unknown
}
