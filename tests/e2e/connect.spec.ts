/** Connect: what an empty store shows, and how it gives way to the first data. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { logsOf, tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, ms } from './support/moments.ts'
import { serveOneRequest } from './support/sdk-service.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const languages = ['Node.js', 'Python', 'Java', 'Go', '.NET', 'Ruby', 'PHP', 'Browser', 'Collector']
const places = ['Docker', 'WSL', 'curl']

for (const protocol of ['HTTP', 'gRPC'] as const)
  test(`an SDK pointed at the ${protocol} endpoint on show arrives, and the page turns into the Overview`, async ({
    app,
    open,
    connectPage,
    overviewPage,
  }) => {
    await open('/')
    await expect(connectPage.heading).toBeVisible()
    await expect(connectPage.arrivals).toContainText('Waiting for the first span or log')
    await expect(connectPage.endpoints).toContainText(app.otlpGrpc)
    await expect(connectPage.endpoints).toContainText(app.otlpHttp)

    await connectPage.copyEndpoint(`OTLP/${protocol}`)
    await serveOneRequest({ protocol, endpoint: await connectPage.clipboard(), name: 'cart' })

    await expect(overviewPage.heading).toBeVisible()
    await expect(overviewPage.row('GET /cart')).toContainText('cart')
  })

for (const choice of [
  { protocol: 'HTTP', shell: 'bash, zsh' },
  { protocol: 'gRPC', shell: 'PowerShell' },
] as const)
  test(`every snippet is copied as it is shown: ${choice.protocol}, ${choice.shell}`, async ({
    app,
    open,
    connectPage,
  }) => {
    await open('/connect')
    await expect(connectPage.languages).toHaveText([...languages, ...places])
    await connectPage.chooseProtocol(choice.protocol)
    await connectPage.chooseShell(choice.shell)
    const ports = [app.otlpGrpc, app.otlpHttp].map((endpoint) => new URL(endpoint).port)
    for (const name of [...languages, ...places]) {
      await connectPage.chooseLanguage(name)
      await expect(connectPage.steps.first()).toBeVisible()
      let shown = ''
      for (const step of await connectPage.steps.all()) {
        const code = (await connectPage.code(step).textContent()) ?? ''
        await connectPage.copyButton(step).click()
        await expect(step.getByRole('status')).toHaveText('Copied')
        expect(await connectPage.clipboard(), `${name}: ${code}`).toBe(code)
        shown += code
      }
      expect(
        ports.some((port) => shown.includes(port)),
        `${name} names a port that is really bound`,
      ).toBe(true)
    }
  })

test('the curl snippet works as pasted into a shell', async ({ open, connectPage, overviewPage }) => {
  await open('/connect')
  await connectPage.chooseLanguage('curl')
  await connectPage.copyButton(connectPage.steps.first()).click()
  await expect(connectPage.steps.first().getByRole('status')).toHaveText('Copied')
  // Machines without curl get one that understands as much as the snippet needs; the quoting is the shell's own.
  const curl = `const [, url, , header, , body] = process.argv.slice(1)
    const [name, value] = header.split(': ')
    fetch(url, { method: 'POST', headers: { [name]: value }, body }).then((response) => process.exit(response.ok ? 0 : 1))`
  await promisify(execFile)('sh', ['-c', `curl() { "$NODE" -e "$CURL" -- "$@"; }\n${await connectPage.clipboard()}`], {
    env: { ...process.env, NODE: process.execPath, CURL: curl },
  })
  await expect(overviewPage.row('hello')).toContainText('250 ms')
})

test('logs alone end the waiting too, and screens of spans say why they are empty', async ({
  open,
  send,
  connectPage,
  frame,
  overviewPage,
  tracesPage,
  logsPage,
}) => {
  await open('/')
  await expect(connectPage.heading).toBeVisible()
  await send.logs(logsOf('cart', [{ body: 'only a log', at: ago(10) }]))
  await expect(overviewPage.text('No spans yet')).toBeVisible()
  await frame.goTo('Traces')
  await expect(tracesPage.emptyState('No traces yet')).toBeVisible()
  await tracesPage.link('Show logs').click()
  await expect(logsPage.row('only a log')).toBeVisible()
})

test('what arrives and can not be kept is told to the one who waits', async ({ open, send, connectPage }) => {
  await open('/connect')
  await expect(connectPage.heading).toBeVisible()
  await send.nonsense()
  await expect(connectPage.arrivals).toContainText("Something arrives but can't be kept")
  await expect(connectPage.arrivals).toContainText('malformed request')
})

test('someone who comes with data there already stays', async ({ open, send, connectPage, tracesPage }) => {
  await send.traces(tracesOf('cart', [{ id: 1, name: 'GET /cart', start: ago(100), duration: ms }]))
  await open('/connect')
  await expect(connectPage.arrivals).toContainText('1 span in 1 trace')
  await expect(connectPage.heading).toBeVisible()
  await connectPage.showTraces.click()
  await expect(tracesPage.row('GET /cart')).toBeVisible()
})
