import {createHmac} from 'node:crypto'

const FEWEST_BYTES = 24
const MOST_BYTES = 64
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/

/** The key in `whsec_…`; null for a secret that Standard Webhooks does not allow. */
export function signingKey(secret: string): Buffer | null {
  const encoded = SECRET.exec(secret.trim())?.[1] ?? ''
  const key = Buffer.from(encoded, 'base64')
  return key.length >= FEWEST_BYTES && key.length <= MOST_BYTES ? key : null
}

export interface Signed {
  readonly id: string
  readonly seconds: number
  readonly body: string
}

/** The headers by which a receiver knows who sent it, that it is fresh, and what it has got already: standardwebhooks.com. */
export function signatureHeaders(key: Buffer, {id, seconds, body}: Signed): Readonly<Record<string, string>> {
  const timestamp = String(seconds)
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}`}
}
