import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {createFileLibrary} from '../../src/adapters/library/file-library.js'
import {createExecaShell} from '../../src/adapters/shell/execa-shell.js'
import {masker} from '../../src/domain/secrets/masker.js'
import {itemsOf, mitigationsOf} from '../../src/domain/runbook/runbook.js'
import {removesContainers} from '../../src/domain/runbook/removes-containers.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const library = createFileLibrary(`${root}/runbooks`)
const names = (await library.list()).map(({name}) => name)

interface Rules {
  readonly groups: readonly {readonly rules: readonly {readonly alert?: string}[]}[]
}

const groups = ['rules/alerts.yml', 'slo-alerts/slo-alerts.yml'].flatMap(
  (file) => (parse(readFileSync(`${root}/service/prometheus/${file}`, 'utf8')) as Rules).groups,
)
const alerts = groups.flatMap((group) => group.rules.flatMap(({alert}) => alert ?? []))
const compose = parse(readFileSync(`${root}/docker-compose.yml`, 'utf8')) as {readonly services: object}

describe('the shipped runbooks', () => {
  it('are those of the guide', () => {
    expect(names).toEqual(expect.arrayContaining(['api-down', 'high-latency']))
  })

  it('leave README.md alone, and tell an unknown name with a suggestion', async () => {
    expect(names).not.toContain('README')
    await expect(library.read('api-donw')).rejects.toMatchObject({
      code: 'notFound',
      suggestions: ['faci runbook api-down', 'faci runbook list'],
    })
  })

  it('an alert has one runbook at most', async () => {
    const claimed = (await library.list()).flatMap((summary) => summary.alerts)
    expect(new Set(claimed).size).toBe(claimed.length)
  })
})

describe.each(names)('%s', async (name) => {
  const read = await library.read(name)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems))
  const {runbook} = read

  it('is for alerts and services that exist', () => {
    expect(alerts).toEqual(expect.arrayContaining(runbook.alerts.map((selector) => selector.replace(/\{.*/, ''))))
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining([...runbook.services]))
  })

  it('names no port or host', () => {
    expect(runbook.source).not.toMatch(/localhost|127\.0\.0\.1|:\d{4,5}\b/)
  })

  it('asks a person before it removes containers, and says when it is over', () => {
    expect(runbook.resolved).not.toBeNull()
    for (const block of mitigationsOf(runbook)) if (removesContainers(block.body)) expect(block.confirm).toBe('always')
  })

  it('has scripts that bash understands', async () => {
    const shell = createExecaShell({masker: masker([]), faci: ['faci'], environment: process.env})
    for (const item of itemsOf(runbook))
      if (item.role !== 'task' && item.language === 'sh') expect(await shell.check(item.body)).toBeNull()
  })
})
