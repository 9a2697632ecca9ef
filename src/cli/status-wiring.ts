import {dirname} from 'node:path'
import type {JournaledEvent} from '../domain/stack/journal-actions.js'
import {recentActions} from '../usecases/stack/recent-actions.js'
import type {StatusDeps, StatusInput} from '../usecases/stack/survey-status.js'
import type {Container} from './container-ports.js'

/** The ports that `status` asks, all at once. */
export async function statusDeps(container: Container): Promise<StatusDeps> {
  const [engine, http, metrics, alerts, leases, outbox, clock, journal] = await Promise.all([
    container.engine(),
    container.http(),
    container.metrics(),
    container.alerts(),
    container.leases(),
    container.outbox(),
    container.clock(),
    container.journal<JournaledEvent>(),
  ])
  return {engine, http, metrics, alerts, leases, outbox, clock, actions: () => recentActions(journal)}
}

export function statusInput(
  {config, healthEndpoints}: Container,
  services: readonly string[],
  windowSeconds: number,
): StatusInput {
  const {targets} = config
  return {
    service: config.service,
    environment: config.environment,
    project: config.compose.project,
    services,
    endpoints: healthEndpoints,
    scope: {job: config.prometheus?.job ?? null, windowSeconds},
    directory: dirname(config.compose.files[0] ?? config.file),
    targets: {
      latencyP50: targets.latency.p50,
      latencyP95: targets.latency.p95,
      latencyP99: targets.latency.p99,
      serverErrors: targets.serverErrorRatio,
      clientErrors: targets.clientErrorRatio,
      cpu: targets.cpuRatio,
      memory: targets.memoryRatio,
    },
  }
}
