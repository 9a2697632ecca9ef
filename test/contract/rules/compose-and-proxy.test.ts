import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {z} from 'zod'
import {grafanaUpstream, recipes} from '../../../service/images/recipes.js'
import {composeCommand} from '../../../service/stack/compose-command.js'
import {defaultServices} from '../../../service/stack/default-services.js'
import {repositoryRoot} from '../../../service/stack/repository.js'
import {available, availableTool, runTool} from './available-tool.js'
import {serviceFolder} from './rule-files.js'

const haproxy = await availableTool('haproxy')
const composeTools = {
  v1: await available('docker-compose 1.29', () => composeCommand('v1')),
  v2: await available('Compose v2', () => composeCommand('v2')),
}
const composeFile = join(repositoryRoot, 'docker-compose.yml')
const localOverride = join(serviceFolder, 'images', 'compose.local.yml')

const serviceSchema = z.object({
  image: z.string(),
  ports: z.array(z.string()).default([]),
  healthcheck: z.object({test: z.array(z.string())}).optional(),
  mem_limit: z.string(),
  restart: z.string(),
  logging: z.object({driver: z.string()}),
  container_name: z.undefined().optional(),
})
const document = z
  .object({services: z.record(z.string(), serviceSchema)})
  .parse(parse(readFileSync(composeFile, 'utf8'), {merge: true}))
const services = Object.entries(document.services)

describe('the proxy', () => {
  it.skipIf(haproxy === undefined)('has a configuration that haproxy accepts without a warning', async () => {
    const {exitCode, output} = await runTool(haproxy, ['-c', '-f', 'proxy/haproxy.cfg'], serviceFolder)
    expect(output).not.toMatch(/WARNING|ALERT/)
    expect(exitCode).toBe(0)
  })
})

describe.each(['v1', 'v2'] as const)('Compose %s', (generation) => {
  const tool = composeTools[generation]
  const config = async (files: readonly string[], ...flags: string[]): Promise<string> => {
    const [file = '', ...prefix] = tool?.argv ?? []
    const selected = files.flatMap((path) => ['-f', path])
    const env = {...tool?.env, COMPOSE_FILE: '', COMPOSE_PROJECT_NAME: 'faci-test-config'}
    const result = await execa(file, [...prefix, ...selected, 'config', ...flags], {
      cwd: repositoryRoot,
      all: true,
      env,
    })
    return result.all
  }

  it.skipIf(tool === undefined)('accepts docker-compose.yml without a word', async () => {
    expect(await config([composeFile], '--quiet')).toBe('')
  })

  it.skipIf(tool === undefined)('accepts it with the override for local images', async () => {
    expect(await config([composeFile, localOverride], '--quiet')).toBe('')
  })
})

describe('docker-compose.yml', () => {
  it('publishes on the loopback address only, on ports from variables', () => {
    for (const [, service] of services) {
      for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z]+_PORT:-\d+\}:\d+$/)
    }
  })

  it.each(services)('%s has an image from a variable, a restart policy and limits', (_name, service) => {
    expect(service.image).toMatch(/^\$\{[A-Z_]+_IMAGE:-[a-z0-9/_-]+:[a-z0-9.-]+\}$/)
    expect(service.logging.driver).toBe('json-file')
  })

  it.each(services.filter(([name]) => name !== 'load'))('%s has a health check', (_name, service) => {
    expect(service.healthcheck).toBeDefined()
  })

  it('pins the upstream images that the recipes stand in for', () => {
    const text = readFileSync(composeFile, 'utf8')
    for (const {variable, upstream} of recipes) expect(text).toContain(`\${${variable}:-${upstream}}`)
    expect(text).toContain(`\${GRAFANA_IMAGE:-${grafanaUpstream}}`)
    expect(text).not.toMatch(/:-(?!faciliauto-)[a-z/_]+:latest/)
  })

  it('starts everything but the load by default, and without Grafana where it cannot be had', async () => {
    const all = await defaultServices([composeFile])
    expect(all).not.toContain('load')
    expect(await defaultServices([composeFile, localOverride])).toEqual(all.filter((name) => name !== 'grafana'))
  })
})
