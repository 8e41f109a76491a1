/** `session.defaultSession` and `protocol`: permissions, and the app's own scheme. */

import type { CheckHandler, PermissionHandlers, RequestHandler } from './permissions.ts'
import { requireReady } from './readiness.ts'
import { handleScheme, isHandled, registerSchemesAsPrivileged, unhandleScheme } from './schemes.ts'
import { notModelled, StrictEmitter, strict } from './strict.ts'

export const permissionHandlers: PermissionHandlers = { request: null, check: null }

const handling = { handle: handleScheme, unhandle: unhandleScheme, isProtocolHandled: isHandled }

export const protocol = strict('protocol', { ...handling, registerSchemesAsPrivileged })

class DefaultSession extends StrictEmitter {
  readonly protocol = strict('session.protocol', handling)

  constructor() {
    super('session', ['will-download'])
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    permissionHandlers.request = handler
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    permissionHandlers.check = handler
  }

  /** There are no devices here, so nobody ever asks. */
  setDevicePermissionHandler(_handler: (() => boolean) | null): void {}

  setSpellCheckerEnabled(_enabled: boolean): void {}
}

const defaultSession = strict('session', new DefaultSession())

export const session = strict('session', {
  get defaultSession() {
    requireReady('session.defaultSession')
    return defaultSession
  },
  fromPartition: () => {
    throw notModelled('session.fromPartition')
  },
})
