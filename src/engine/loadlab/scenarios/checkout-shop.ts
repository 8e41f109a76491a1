/** The checkout shop: nine services, two databases, a cache and a queue whose consumers continue the checkout's trace. */

import type { ScenarioInput } from '../scenario.ts'

export const checkoutShop: ScenarioInput = {
  name: 'checkout-shop',
  title: 'Checkout shop',
  description: 'A small shop: a checkout crosses eight services, two databases, a cache and a queue.',
  services: [
    {
      name: 'storefront',
      version: '3.2.0',
      cores: 4,
      endpoints: [
        {
          method: 'GET',
          path: '/',
          steps: [
            { do: 'call', service: 'gateway', method: 'GET', path: '/api/products' },
            { do: 'work', name: 'render page', latency: { p50Ms: 4, p99Ms: 12 } },
          ],
        },
        {
          method: 'GET',
          path: '/products/{id}',
          steps: [
            { do: 'call', service: 'gateway', method: 'GET', path: '/api/products/{id}' },
            { do: 'work', name: 'render page', latency: { p50Ms: 3, p99Ms: 10 } },
          ],
        },
        {
          method: 'GET',
          path: '/cart',
          steps: [
            { do: 'call', service: 'gateway', method: 'GET', path: '/api/carts/{id}' },
            { do: 'work', name: 'render page', latency: { p50Ms: 3, p99Ms: 9 } },
          ],
        },
        {
          method: 'POST',
          path: '/checkout',
          status: 201,
          steps: [
            { do: 'work', name: 'validate form', latency: { p50Ms: 2, p99Ms: 6 } },
            { do: 'call', service: 'gateway', method: 'POST', path: '/api/orders' },
          ],
        },
        {
          method: 'POST',
          path: '/returns',
          status: 202,
          steps: [{ do: 'call', service: 'gateway', method: 'POST', path: '/api/orders/{id}/returns' }],
        },
      ],
    },
    {
      name: 'gateway',
      version: '1.8.3',
      endpoints: [
        {
          method: 'GET',
          path: '/api/products',
          steps: [
            { do: 'work', latency: { p50Ms: 1, p99Ms: 3 } },
            { do: 'call', service: 'catalog', method: 'GET', path: '/products' },
          ],
        },
        {
          method: 'GET',
          path: '/api/products/{id}',
          steps: [
            { do: 'work', latency: { p50Ms: 1, p99Ms: 3 } },
            { do: 'call', service: 'catalog', method: 'GET', path: '/products/{id}' },
          ],
        },
        {
          method: 'GET',
          path: '/api/carts/{id}',
          steps: [
            { do: 'work', latency: { p50Ms: 1, p99Ms: 3 } },
            { do: 'call', service: 'cart', method: 'GET', path: '/carts/{id}' },
          ],
        },
        {
          method: 'POST',
          path: '/api/orders',
          status: 201,
          steps: [
            { do: 'work', latency: { p50Ms: 1, p99Ms: 4 } },
            { do: 'call', service: 'checkout', method: 'POST', path: '/orders' },
          ],
        },
        {
          method: 'POST',
          path: '/api/orders/{id}/returns',
          status: 202,
          steps: [
            { do: 'work', latency: { p50Ms: 1, p99Ms: 4 } },
            { do: 'call', service: 'checkout', method: 'POST', path: '/orders/{id}/returns' },
          ],
        },
      ],
    },
    {
      name: 'catalog',
      version: '2.1.4',
      pools: { 'stock-db': 12 },
      endpoints: [
        {
          method: 'GET',
          path: '/products',
          reply: { products: [{ id: 41, name: 'Kettle', price: '39.90' }], currency: 'EUR' },
          steps: [
            {
              do: 'lookup',
              cache: 'cache',
              key: 'products:front-page',
              miss: [
                {
                  do: 'query',
                  database: 'stock-db',
                  operation: 'SELECT',
                  collection: 'products',
                  text: 'SELECT id, name, price FROM products WHERE featured ORDER BY rank LIMIT $1',
                  latency: { p50Ms: 9, p99Ms: 35 },
                },
                { do: 'store', cache: 'cache', key: 'products:front-page' },
              ],
            },
            { do: 'work', latency: { p50Ms: 3, p99Ms: 10 } },
          ],
        },
        {
          method: 'GET',
          path: '/products/{id}',
          reply: { id: 41, name: 'Kettle', price: '39.90', currency: 'EUR' },
          steps: [
            {
              do: 'lookup',
              cache: 'cache',
              key: 'product',
              miss: [
                {
                  do: 'query',
                  database: 'stock-db',
                  operation: 'SELECT',
                  collection: 'products',
                  text: 'SELECT id, name, price, description FROM products WHERE id = $1',
                },
                { do: 'store', cache: 'cache', key: 'product' },
              ],
            },
            { do: 'work', latency: { p50Ms: 2, p99Ms: 8 } },
          ],
        },
      ],
    },
    {
      name: 'cart',
      version: '1.4.0',
      pools: { 'orders-db': 10 },
      endpoints: [
        {
          method: 'GET',
          path: '/carts/{id}',
          reply: { items: [{ product: 41, quantity: 1 }], total: '39.90' },
          steps: [
            {
              do: 'lookup',
              cache: 'cache',
              key: 'cart',
              hitShare: 0.99,
              miss: [
                {
                  do: 'query',
                  database: 'orders-db',
                  operation: 'SELECT',
                  collection: 'carts',
                  text: 'SELECT product_id, quantity FROM carts WHERE customer_id = $1',
                },
                { do: 'store', cache: 'cache', key: 'cart' },
              ],
            },
            { do: 'work', latency: { p50Ms: 2, p99Ms: 6 } },
          ],
        },
      ],
    },
    {
      name: 'checkout',
      version: '2.4.1',
      pools: { 'orders-db': 20 },
      endpoints: [
        {
          method: 'POST',
          path: '/orders',
          status: 201,
          reply: { order: 'placed' },
          steps: [
            { do: 'call', service: 'cart', method: 'GET', path: '/carts/{id}' },
            { do: 'work', name: 'price order', latency: { p50Ms: 3, p99Ms: 9 } },
            { do: 'call', service: 'inventory', method: 'POST', path: '/reservations' },
            { do: 'call', service: 'payment', method: 'POST', path: '/payments' },
            {
              do: 'query',
              database: 'orders-db',
              operation: 'INSERT',
              collection: 'orders',
              text: 'INSERT INTO orders (customer_id, total, state) VALUES ($1, $2, $3) RETURNING id',
            },
            {
              do: 'query',
              database: 'orders-db',
              operation: 'INSERT',
              collection: 'order_items',
              text: 'INSERT INTO order_items (order_id, product_id, quantity) VALUES ($1, $2, $3)',
            },
            { do: 'publish', queue: 'order-events' },
            { do: 'log', severity: 'info', text: 'order placed' },
          ],
        },
        {
          method: 'POST',
          path: '/orders/{id}/returns',
          status: 202,
          reply: { return: 'accepted' },
          steps: [
            {
              do: 'query',
              database: 'orders-db',
              operation: 'SELECT',
              collection: 'orders',
              text: 'SELECT state, placed_at FROM orders WHERE id = $1',
            },
            { do: 'work', name: 'check return policy', latency: { p50Ms: 2, p99Ms: 7 } },
            {
              do: 'query',
              database: 'orders-db',
              operation: 'UPDATE',
              collection: 'orders',
              text: 'UPDATE orders SET state = $1 WHERE id = $2',
            },
            { do: 'log', severity: 'info', text: 'return accepted' },
          ],
        },
      ],
    },
    {
      name: 'payment',
      version: '5.0.2',
      cores: 8,
      endpoints: [
        {
          method: 'POST',
          path: '/payments',
          status: 201,
          reply: { payment: 'authorised' },
          steps: [
            { do: 'work', name: 'check for fraud', latency: { p50Ms: 6, p99Ms: 20 } },
            {
              do: 'fail',
              share: 0.003,
              status: 503,
              error: 'card_network_unavailable',
              message: 'the card network did not answer',
            },
            { do: 'work', name: 'authorise card', latency: { p50Ms: 55, p99Ms: 190 } },
            { do: 'log', severity: 'info', text: 'payment authorised' },
          ],
        },
      ],
    },
    {
      name: 'inventory',
      version: '2.4.7',
      pools: { 'stock-db': 12 },
      endpoints: [
        {
          method: 'POST',
          path: '/reservations',
          status: 201,
          reply: { reserved: true },
          steps: [
            {
              do: 'query',
              database: 'stock-db',
              operation: 'SELECT',
              collection: 'stock',
              text: 'SELECT quantity FROM stock WHERE product_id = $1',
            },
            {
              do: 'query',
              database: 'stock-db',
              operation: 'UPDATE',
              collection: 'stock',
              text: 'UPDATE stock SET quantity = quantity - $1 WHERE product_id = $2 AND quantity >= $1',
              lock: 'stock',
            },
            { do: 'work', latency: { p50Ms: 2, p99Ms: 6 } },
          ],
        },
      ],
    },
    {
      name: 'shipping',
      version: '1.1.9',
      cores: 8,
      pools: { 'orders-db': 16 },
      consumers: [
        {
          queue: 'order-events',
          concurrency: 12,
          steps: [
            { do: 'work', name: 'choose carrier', latency: { p50Ms: 40, p99Ms: 120 } },
            {
              do: 'query',
              database: 'orders-db',
              operation: 'INSERT',
              collection: 'shipments',
              text: 'INSERT INTO shipments (order_id, carrier) VALUES ($1, $2)',
            },
            { do: 'log', severity: 'info', text: 'shipment booked' },
          ],
        },
      ],
    },
    {
      name: 'email',
      version: '1.0.5',
      cores: 12,
      consumers: [
        {
          queue: 'order-events',
          concurrency: 16,
          steps: [
            { do: 'work', name: 'render template', latency: { p50Ms: 5, p99Ms: 15 } },
            { do: 'work', name: 'send mail', latency: { p50Ms: 90, p99Ms: 300 } },
            { do: 'log', severity: 'info', text: 'confirmation sent' },
          ],
        },
      ],
    },
  ],
  databases: [
    { name: 'orders-db', namespace: 'orders', latency: { p50Ms: 4, p99Ms: 18 } },
    { name: 'stock-db', namespace: 'stock', latency: { p50Ms: 3, p99Ms: 14 } },
  ],
  caches: [{ name: 'cache', latency: { p50Ms: 0.6, p99Ms: 2 }, hitShare: 0.94 }],
  queues: [
    {
      name: 'order-events',
      latency: { p50Ms: 1.5, p99Ms: 6 },
      delivery: { p50Ms: 12, p99Ms: 60 },
    },
  ],
  journeys: [
    {
      name: 'browse',
      title: 'Browse the catalog',
      weight: 55,
      requests: [
        { method: 'GET', path: '/', weight: 2 },
        { method: 'GET', path: '/products/{id}', weight: 3 },
        { method: 'GET', path: '/cart', weight: 1 },
      ],
    },
    { name: 'buy', title: 'Check out', weight: 35, requests: [{ method: 'POST', path: '/checkout' }] },
    { name: 'return', title: 'Return an order', weight: 10, requests: [{ method: 'POST', path: '/returns' }] },
  ],
  showcase: 'buy',
}
