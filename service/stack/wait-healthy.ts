import {setTimeout as sleep} from 'node:timers/promises'
import {execa} from 'execa'
import {isHealthy, projectContainers, type ContainerState} from './containers.js'

/** Waits until each service has containers and all of them are healthy; else says which are not, with their last lines. */
export async function waitHealthy(
  project: string,
  services: readonly string[],
  timeoutMilliseconds: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMilliseconds
  for (;;) {
    const containers = await projectContainers(project)
    const waitingFor = services.filter((service) => !allHealthy(containers, service))
    if (waitingFor.length === 0) return
    if (Date.now() > deadline) throw new Error(await complaint(containers, waitingFor, timeoutMilliseconds))
    await sleep(250)
  }
}

function allHealthy(containers: readonly ContainerState[], service: string): boolean {
  const own = containers.filter((container) => container.service === service)
  return own.length > 0 && own.every(isHealthy)
}

async function complaint(
  containers: readonly ContainerState[],
  services: readonly string[],
  timeoutMilliseconds: number,
): Promise<string> {
  const parts = [`Not healthy after ${String(timeoutMilliseconds / 1000)} s: ${services.join(', ')}`]
  for (const service of services) {
    const own = containers.filter((container) => container.service === service)
    if (own.length === 0) parts.push(`${service}: no container`)
    for (const {id, name, status} of own) {
      const logs = await execa('docker', ['logs', '--tail', '15', id], {all: true, reject: false})
      parts.push(`${name}: ${status}\n${logs.all}`)
    }
  }
  return parts.join('\n')
}
