import {delimiter} from 'node:path'
import {execa} from 'execa'
import {chooseImages, type ChosenImages} from '../images/choose-images.js'
import {composeCommand, runCompose, type ComposeCommand, type ComposeGeneration} from './compose-command.js'
import {projectContainers, removeProject, type ContainerState} from './containers.js'
import {defaultServices} from './default-services.js'
import {guardAgainstExit} from './exit-guard.js'
import {freePorts} from './ports.js'
import {buildPrograms, ensureBundles} from './programs.js'
import {repositoryRoot} from './repository.js'
import type {Say} from './say.js'
import {forgetStack, recordStack, removeAbandonedStacks} from './stack-record.js'
import {waitHealthy} from './wait-healthy.js'

export interface StackOptions {
  /** Compose project name; see `uniqueProject`. */
  readonly project: string
  readonly say: Say
  /** Default: all that are not behind a profile. */
  readonly services?: readonly string[]
  /** Variables of docker-compose.yml, over those chosen here. */
  readonly env?: Readonly<Record<string, string>>
  readonly compose?: ComposeGeneration
  /** Bundles the programs of service/; default `npm run build:service`. */
  readonly build?: () => Promise<void>
}

export type StackPort = 'api' | 'prometheus' | 'alertmanager' | 'grafana'

export interface Stack {
  readonly project: string
  /** All that a child process (`faci`, `docker compose`) needs to act on this stack, and on no other. */
  readonly env: Readonly<Record<string, string>>
  readonly ports: Readonly<Record<StackPort, number>>
  readonly urls: Readonly<Record<StackPort, string>>
  readonly services: readonly string[]
  readonly images: ChosenImages
  readonly composeTool: ComposeCommand
  /** Runs Compose on this stack and returns what it printed; throws when it fails. */
  readonly compose: (parameters: readonly string[], timeoutMilliseconds?: number) => Promise<string>
  /** Runs a command in a service's container (the first one, or the replica given, from 0). */
  readonly exec: (service: string, command: readonly string[], replica?: number) => Promise<string>
  readonly containers: () => Promise<readonly ContainerState[]>
  readonly waitHealthy: (services?: readonly string[], timeoutMilliseconds?: number) => Promise<void>
  /** Removes its containers, networks and volumes. May be called twice. */
  readonly stop: () => Promise<void>
  /** From now on the stack outlives this process. */
  readonly keep: () => void
}

const variables: Readonly<Record<StackPort, string>> = {
  api: 'API_PORT',
  prometheus: 'PROMETHEUS_PORT',
  alertmanager: 'ALERTMANAGER_PORT',
  grafana: 'GRAFANA_PORT',
}
const portNames = ['api', 'prometheus', 'alertmanager', 'grafana'] as const
const profiles = ['--profile', 'load', '--profile', 'grafana']
const downParameters = ['down', '--volumes', '--remove-orphans', '--timeout', '2']

/** A project name that no other run uses: `faci-test-4711-k3f9`. */
export function uniqueProject(prefix: string): string {
  return `${prefix}-${String(process.pid)}-${Math.random().toString(36).slice(2, 6)}`
}

/** Brings up an isolated stack and waits until it is healthy. An engine must answer (`ensureEngine`). */
export async function startStack(options: StackOptions): Promise<Stack> {
  const {project, say} = options
  const started = Date.now()
  await removeAbandonedStacks(say)
  const composeTool = await composeCommand(options.compose)
  const images = await chooseImages(say)
  await ensureBundles(say, options.build)
  const programs = await buildPrograms(images.env['NODE_IMAGE'], say)
  const ports = await freePorts(portNames)
  const env = {
    ...images.env,
    ...programs,
    ...Object.fromEntries(portNames.map((name) => [variables[name], String(ports[name])])),
    ...composeTool.env,
    ...options.env,
    COMPOSE_PROJECT_NAME: project,
    COMPOSE_FILE: images.composeFiles.join(delimiter),
    COMPOSE_PATH_SEPARATOR: delimiter,
  }
  const stack = await handle({project, env, ports, images, composeTool}, options)
  try {
    say(`stack: ${project} comes up on ${stack.urls.api} (Compose ${composeTool.version})`)
    await stack.compose(['up', '--detach', '--no-build', ...stack.services], 600_000)
    await stack.waitHealthy()
  } catch (error) {
    await stack.stop()
    throw error
  }
  say(`stack: ${project} is healthy after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return stack
}

type Parts = Pick<Stack, 'project' | 'env' | 'ports' | 'images' | 'composeTool'>

async function handle(parts: Parts, options: StackOptions): Promise<Stack> {
  const {project, env, ports, composeTool} = parts
  const guard = guardAgainstExit(project)
  const compose = async (parameters: readonly string[], timeout = 120_000): Promise<string> => {
    const running = runCompose(composeTool, parameters, {env, cwd: repositoryRoot, timeout})
    return (await guard.track(running)).all
  }
  const services = options.services ?? (await defaultServices(parts.images.composeFiles))
  await recordStack(project)
  let stopping: Promise<void> | undefined
  return {
    ...parts,
    services,
    urls: mapValues(ports, (port) => `http://127.0.0.1:${String(port)}`),
    compose,
    exec: (service, command, replica = 0) => execIn(project, service, command, replica),
    containers: () => projectContainers(project),
    waitHealthy: (only = services, timeout = 120_000) => waitHealthy(project, only, timeout),
    keep: () => {
      guard.release()
      forgetStack(project)
    },
    stop: () => (stopping ??= tearDown(parts, compose, options.say).finally(guard.release)),
  }
}

async function tearDown({project}: Parts, compose: Stack['compose'], say: Say): Promise<void> {
  say(`stack: removing ${project}`)
  await compose([...profiles, ...downParameters]).catch((error: unknown) => {
    say(`stack: compose down failed, removing by label: ${error instanceof Error ? error.message : String(error)}`)
  })
  removeProject(project)
  forgetStack(project)
}

async function execIn(project: string, service: string, command: readonly string[], replica: number): Promise<string> {
  const own = (await projectContainers(project)).filter((container) => container.service === service)
  const container = own.sort((a, b) => a.name.localeCompare(b.name))[replica]
  if (container === undefined) throw new Error(`${project} has no container ${String(replica)} of ${service}`)
  return (await execa('docker', ['exec', container.id, ...command], {all: true, stdin: 'ignore', timeout: 60_000})).all
}

function mapValues<Key extends string, In, Out>(
  record: Readonly<Record<Key, In>>,
  map: (value: In) => Out,
): Record<Key, Out> {
  const entries = Object.entries<In>(record).map(([key, value]) => [key, map(value)])
  return Object.fromEntries(entries) as Record<Key, Out>
}
