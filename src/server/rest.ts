/** REST from the contract: its routes under /api, errors in their public shape, and the OpenAPI document. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { type ErrorCode, errorStatuses } from '#shared/contract/errors.ts'
import { contract } from '#shared/contract/index.ts'
import { type ApiContext, router } from '../engine/api.ts'
import { withKnownErrors } from '../engine/api-errors.ts'
import { plainAnswers } from './plain-answers.ts'
import { targetOf } from './target.ts'

export interface ErrorBody {
  readonly code: string
  readonly status: number
  readonly message: string
  readonly data: unknown
}

export function errorBody(code: ErrorCode, message: string): ErrorBody {
  return { code, status: errorStatuses[code], message, data: null }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'cache-control': 'no-store',
    })
    .end(bytes)
}

export type ServeRest = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export function serveRest(context: ApiContext, version: string): ServeRest {
  const handler = new OpenAPIHandler(router, {
    // What has no path of its own is for the app, over its socket.
    filter: ({ contract: procedure }) => procedure['~orpc'].route.path !== undefined,
    clientInterceptors: [withKnownErrors],
    customJsonSerializers: plainAnswers,
    customErrorResponseBodyEncoder: ({ code, status, message, data }): ErrorBody => ({
      code,
      status,
      message,
      data: data ?? null,
    }),
  })
  const document = openApiDocument(version)
  return async (request, response) => {
    const { path, query } = targetOf(request)
    if (path === '/api/openapi.json') return sendJson(response, 200, await document)
    dropEmptyParameters(query)
    request.url = query.size === 0 ? path : `${path}?${query}`
    response.setHeader('cache-control', 'no-store')
    const { matched } = await handler.handle(request, response, { prefix: '/api', context })
    if (!matched) {
      sendJson(response, 404, errorBody('NOT_FOUND', `There is no ${request.method} ${path}. See /api/openapi.json.`))
    }
  }
}

/** `?service=&limit=10` means the same as `?limit=10`. */
function dropEmptyParameters(query: URLSearchParams): void {
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).filter((value) => value !== '')
    query.delete(name)
    for (const value of values) query.append(name, value)
  }
}

function openApiDocument(version: string): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return generator.generate(contract, {
    info: {
      title: 'Spanlight',
      version,
      description: 'What your services do: traces, logs, metrics and services stored on this machine.',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    filter: ({ contract: procedure }) => procedure['~orpc'].route.path !== undefined,
  })
}
