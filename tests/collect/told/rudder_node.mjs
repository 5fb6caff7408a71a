// What a server of a brand tells with @rudderstack/rudder-sdk-node: `node rudder_node.mjs ADDRESS KEY`.
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
const [address, key] = process.argv.slice(2)
const client = new RudderAnalytics(key, { dataPlaneUrl: address, flushAt: 10, logLevel: 'error' })
client.identify({ userId: 'cust-42', traits: { email: 'camille@example.fr', firstName: 'Camille' } })
client.track({ userId: 'cust-42', event: 'Order Completed', properties: { order_id: 'o-1', total: 24.9, products: [{ product_id: 'p1', quantity: 1, price: 24.9 }] } })
client.page({ userId: 'cust-42', name: 'Home' })
await new Promise((done) => client.flush(done))
