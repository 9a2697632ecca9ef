import type {DeliveryStatus} from './notice.js'

const SETTLED: readonly DeliveryStatus[] = ['delivered', 'dropped', 'held']

/** Whether nobody waits for it: it is there, was given up, or is held back because faci.yml wants it. */
export function isSettled({status}: {readonly status: DeliveryStatus}): boolean {
  return SETTLED.includes(status)
}
