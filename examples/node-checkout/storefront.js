/** The storefront: someone buys, it asks the checkout to place the order. */

const { once } = require('node:events')
const http = require('node:http')
const log = require('pino')({ name: 'storefront', level: 'debug' })

const server = http.createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost')
  if (pathname !== '/buy') return response.writeHead(404).end('Not found. Try /buy.\n')
  log.info({ cart: ['teapot', 'two cups'] }, 'buy clicked')
  try {
    const call = http.request(`${process.env.CHECKOUT_URL}/orders${search}`, { method: 'POST' }).end()
    const [answer] = await once(call, 'response')
    const body = (await answer.toArray()).join('')
    if (answer.statusCode !== 201) throw new Error(`checkout answered ${answer.statusCode}`)
    log.info({ order: body }, 'order confirmed')
    response.end(`Thank you! Your order is ${body}.\n`)
  } catch (error) {
    log.warn({ reason: error.message }, 'order not placed')
    response.writeHead(502).end('Sorry, the checkout failed. Nothing was charged.\n')
  }
})

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => process.send?.(server.address().port))
