import {FAULT_ENDPOINTS} from '../metrics/endpoints.js'

const RATIO = {type: ['number', 'null'], minimum: 0, maximum: 1} as const

const LATENCY = {
  type: ['object', 'null'],
  additionalProperties: false,
  required: ['ms'],
  properties: {ms: {type: 'number', minimum: 0, maximum: 60_000}, ratio: RATIO},
} as const

/** The body of PUT and POST /faults. */
export const FAULT_PATCH_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    latency: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: Object.fromEntries([...FAULT_ENDPOINTS, '*'].map((target) => [target, LATENCY])),
    },
    errors: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        ratio: RATIO,
        endpoints: {
          type: ['array', 'null'],
          minItems: 1,
          uniqueItems: true,
          items: {type: 'string', enum: FAULT_ENDPOINTS},
        },
        status: {type: ['integer', 'null'], enum: [500, 502, 503, 504, null]},
      },
    },
    memory: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        growMiBPerSecond: {type: ['number', 'null'], minimum: 0, maximum: 1024},
        maxMiB: {type: ['integer', 'null'], minimum: 1, maximum: 16_384},
      },
    },
    cache: {type: ['string', 'null'], enum: ['on', 'off', null]},
    health: {type: ['string', 'null'], enum: ['normal', 'failing', null]},
  },
} as const
