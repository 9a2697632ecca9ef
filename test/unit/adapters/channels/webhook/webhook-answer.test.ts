import {expect, it} from 'vitest'
import {webhookDelivery} from '../../../../../src/adapters/channels/webhook/webhook-answer.js'

it('says of a revoked certificate that it is revoked, and that nothing was sent', () => {
  const delivery = webhookDelivery({kind: 'untrusted', problem: 'revoked'}, 'hooks.example.com', new Date(0))
  expect(delivery).toEqual({
    ...{kind: 'failed', retryAfterSeconds: null, mayHaveArrived: false},
    reason: {why: 'untrusted', service: 'hooks.example.com', problem: 'revoked'},
  })
})
