import {setTimeout as delay} from 'node:timers/promises'
import type {FastifyInstance} from 'fastify'
import type {ActiveFaults} from './fault-switches.js'
import {InjectedFault} from './injected-fault.js'

/** Slows and fails valid requests of the traffic port as the switches say. */
export function registerFaultInjection(app: FastifyInstance, faults: ActiveFaults): void {
  app.addHook('preHandler', async function injectFaults(request) {
    const endpoint = request.routeOptions.url ?? ''
    const delayMs = faults.delayMs(endpoint)
    if (delayMs > 0) await delay(delayMs)
    const status = faults.failureStatus(endpoint)
    if (status !== undefined) throw new InjectedFault(status, endpoint)
  })
}
