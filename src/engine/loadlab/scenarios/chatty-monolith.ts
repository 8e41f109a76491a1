/** The chatty monolith: one service that asks its database once for each row of a list. */

import type { ScenarioInput } from '../scenario.ts'

export const chattyMonolith: ScenarioInput = {
  name: 'chatty-monolith',
  title: 'Chatty monolith',
  description: 'One service and one database: a list of orders costs one query, and two more for each order (N+1).',
  services: [
    {
      name: 'shop',
      version: '7.12.0',
      cores: 4,
      memoryMiB: 512,
      pools: { 'shop-db': 20 },
      endpoints: [
        {
          method: 'GET',
          path: '/orders',
          reply: { orders: [{ id: 1001, total: '39.90' }] },
          steps: [
            {
              do: 'query',
              database: 'shop-db',
              operation: 'SELECT',
              collection: 'orders',
              text: 'SELECT id, customer_id FROM orders ORDER BY placed_at DESC LIMIT 12',
            },
            {
              do: 'repeat',
              times: 12,
              steps: [
                {
                  do: 'query',
                  database: 'shop-db',
                  operation: 'SELECT',
                  collection: 'customers',
                  text: 'SELECT name FROM customers WHERE id = $1',
                },
                {
                  do: 'query',
                  database: 'shop-db',
                  operation: 'SELECT',
                  collection: 'order_items',
                  text: 'SELECT product_id, quantity FROM order_items WHERE order_id = $1',
                },
              ],
            },
            { do: 'work', name: 'render list', latency: { p50Ms: 6, p99Ms: 18 } },
          ],
        },
        {
          method: 'GET',
          path: '/orders/{id}',
          reply: { id: 1001, total: '39.90' },
          steps: [
            {
              do: 'query',
              database: 'shop-db',
              operation: 'SELECT',
              collection: 'orders',
              text: 'SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = $1',
            },
            { do: 'work', name: 'render order', latency: { p50Ms: 3, p99Ms: 9 } },
          ],
        },
        {
          method: 'POST',
          path: '/checkout',
          status: 201,
          steps: [
            {
              do: 'query',
              database: 'shop-db',
              operation: 'UPDATE',
              collection: 'stock',
              text: 'UPDATE stock SET quantity = quantity - 1 WHERE product_id = $1',
              lock: 'stock',
            },
            { do: 'work', name: 'charge card', latency: { p50Ms: 40, p99Ms: 140 } },
            {
              do: 'query',
              database: 'shop-db',
              operation: 'INSERT',
              collection: 'orders',
              text: 'INSERT INTO orders (customer_id, total) VALUES ($1, $2)',
            },
            { do: 'log', severity: 'info', text: 'order placed' },
          ],
        },
      ],
    },
  ],
  databases: [{ name: 'shop-db', system: 'mysql', namespace: 'shop', latency: { p50Ms: 2.5, p99Ms: 9 } }],
  journeys: [
    { name: 'list', title: 'List orders', weight: 40, requests: [{ method: 'GET', path: '/orders' }] },
    { name: 'view', title: 'View an order', weight: 30, requests: [{ method: 'GET', path: '/orders/{id}' }] },
    { name: 'buy', title: 'Check out', weight: 30, requests: [{ method: 'POST', path: '/checkout' }] },
  ],
  showcase: 'list',
}
