/** Starts OpenTelemetry before the service is loaded: `node --require ./instrumentation.js storefront.js`. */

const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { PinoInstrumentation } = require('@opentelemetry/instrumentation-pino')
const { NodeSDK } = require('@opentelemetry/sdk-node')

const sdk = new NodeSDK({
  instrumentations: [
    new HttpInstrumentation({
      // Web frameworks name their spans by route; bare node:http knows only the path.
      requestHook: (span, request) =>
        span.updateName(`${request.method} ${(request.url ?? request.path).split('?')[0]}`),
    }),
    new PinoInstrumentation(),
  ],
})
sdk.start()

let stopped
function stop() {
  stopped ??= sdk.shutdown()
  stopped.finally(() => process.exit())
}
for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(event, stop)
