// What a server of a brand tells with @segment/analytics-node: `node segment_node.mjs ADDRESS KEY`.
import { Analytics } from '@segment/analytics-node'
const [address, key] = process.argv.slice(2)
const analytics = new Analytics({ writeKey: key, host: address, flushAt: 10 })
analytics.on('error', (wrong) => { console.error(wrong); process.exitCode = 1 })
analytics.identify({ userId: 'cust-42', traits: { email: 'camille@example.fr', firstName: 'Camille' } })
analytics.track({ userId: 'cust-42', event: 'Order Completed', properties: { order_id: 'o-1', total: 24.9, products: [{ product_id: 'p1', quantity: 1, price: 24.9 }] } })
analytics.page({ userId: 'cust-42', name: 'Home' })
await analytics.closeAndFlush()
