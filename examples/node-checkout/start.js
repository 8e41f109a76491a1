/** Starts both services and prints the URL to call. */

const { fork } = require('node:child_process')
const { once } = require('node:events')
const path = require('node:path')

const services = []

/** Starts one service with OpenTelemetry loaded first; resolves to the port it listens on. */
async function start(name, settings) {
  const service = fork(path.join(__dirname, `${name}.js`), {
    execArgv: ['--require', path.join(__dirname, 'instrumentation.js')],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      // Send twice a second rather than every few, so that nobody waits for their trace.
      OTEL_BSP_SCHEDULE_DELAY: '500',
      OTEL_BLRP_SCHEDULE_DELAY: '500',
      ...process.env,
      OTEL_SERVICE_NAME: name,
      ...settings,
    },
  })
  services.push(service)
  service.on('exit', (code) => {
    process.exitCode ||= code ?? 1
    stop()
  })
  const [port] = await once(service, 'message')
  return port
}

/** Each service sends what it still holds when it loses its parent, then exits. */
function stop() {
  for (const service of services) if (service.connected) service.disconnect()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)

async function main() {
  const checkoutPort = await start('checkout', { PORT: '0' })
  const storefrontPort = await start('storefront', { CHECKOUT_URL: `http://127.0.0.1:${checkoutPort}` })
  console.log(`checkout shop on http://127.0.0.1:${storefrontPort}/buy`)
}
main()
