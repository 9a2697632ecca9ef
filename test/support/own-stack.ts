import {inject} from 'vitest'
import type {RealStack} from './real-stack.js'

/** The stack of this worker: Vitest numbers those that run at once from 1. */
export function ownStack(): RealStack {
  const worker = process.env['VITEST_POOL_ID'] ?? ''
  const stack = inject('stacks')[Number(worker) - 1]
  if (stack === undefined) throw new Error(`no stack was started for worker ${worker}`)
  return stack
}
