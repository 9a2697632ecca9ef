import stringWidth from 'fast-string-width'
import {describe, expect, it} from 'vitest'
import type {Result} from '../../../src/domain/result.js'
import type {StatusReport} from '../../../src/domain/status/status.js'
import {statusText} from '../../../src/render/status/status.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {causeText} from '../../../src/render/words/en/causes.js'
import {aContainer} from '../../support/builders/container.js'
import {statusDocuments} from '../../support/documents/stack.js'

const NAMES = ['web', 'worker', 'mailer', 'search', 'proxy', 'postgres', 'grafana', 'prometheus', 'alertmanager']

/** A dozen services, something wrong, and everything else that a status can show. */
async function bigStatus(): Promise<Result<StatusReport>> {
  const [found] = await statusDocuments()
  if (found?.data.services.kind !== 'read') throw new Error('no services in the document')
  const well = NAMES.map((service) => ({
    ...{service, verdict: 'healthy' as const, containers: [aContainer({service})], wanted: 1, reasons: [], next: null},
  }))
  const services = {...found.data.services, value: [...found.data.services.value, ...well]}
  const changes = Array.from({length: 6}, () => ({
    ...{kind: 'action' as const, services: [], ending: null, restartCount: null, at: found.data.at},
    ...{what: 'faci restart api by somebody@a-host-with-a-long-name: resolved, healthy after 12 s'},
  }))
  return {verdict: 'degraded', data: {...found.data, services, changes}}
}

const SCREENS = [
  [80, 24],
  [60, 15],
] as const

describe('statusText', () => {
  it.each(SCREENS)('on %d×%d: verdict, causes and commands are on the last screen, and first', async (width, rows) => {
    const result = await bigStatus()
    const lines = statusText(result, {...PLAIN, width, rows, edge: true}).split('\n')
    const last = lines.slice(-(rows - 1)).join('\n')
    expect(lines[0]).toMatch(/^▲ degraded {2}faciliauto/)
    expect(last).toContain(lines[0])
    const [worst] = result.data.causes
    expect(last.replaceAll(/\s+/g, ' ')).toContain(
      `${worst === undefined ? '' : causeText(worst.reason)} → ${worst?.next ?? ''}`,
    )
  })

  it.each(SCREENS)('on %d×%d: no line is wider, no word is cut, healthy services are folded', async (width, rows) => {
    const result = await bigStatus()
    const text = statusText(result, {...PLAIN, width, rows, edge: true})
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`● 10 healthy: api, ${NAMES.join(', ')}`)
    // What can be spared is: the reason of each service that is not healthy stays.
    for (const word of ['STATE', 'IMAGE / WHY', 'exited with 137']) expect(text.replaceAll(/\s+/g, ' ')).toContain(word)
  })

  it('of named services is about them, and says what was not looked at', async () => {
    const {verdict, data} = await bigStatus()
    if (data.services.kind !== 'read') throw new Error('no services in the document')
    const services = {...data.services, value: data.services.value.slice(0, 1)}
    const text = statusText({verdict, data: {...data, services, signals: {kind: 'notAsked'}}}, PLAIN)
    expect(text).toMatch(/^▲ degraded {2}\w+ of faciliauto · /)
    expect(text).toContain('Signals are of the whole service: faci status')
  })

  it('has another project of the engine on a row of 80 columns, its folder beside it', async () => {
    const [found] = await statusDocuments()
    if (found?.data.services.kind !== 'read') throw new Error('no services in the document')
    const other = {
      kind: 'compose' as const,
      files: [],
      ...{project: 'faci-compose', directory: '/tmp/faci-compose-gYpKKb', running: 8, total: 8},
      services: ['alertmanager', 'api', 'load', 'node-exporter', 'prometheus', 'proxy', 'redis', 'slack'],
    }
    const absent = {project: 'shop', projects: [other], next: 'faci up'}
    const data = {...found.data, absent, services: {...found.data.services, value: []}}
    const lines = statusText({verdict: 'down', data}, {...PLAIN, edge: true}).split('\n')
    const at = lines.findIndex((line) => line.includes('faci-compose'))
    expect(lines.slice(at, at + 2)).toEqual([
      '    faci-compose  8/8 running  alertmanager, api, load  /tmp/faci-compose-gYpKKb',
      '                               and 5 more',
    ])
  })

  it('has incidents before anything else that is not of the verdict, and counts those that have no room', async () => {
    const [, found] = await statusDocuments()
    if (found === undefined) throw new Error('no second document')
    const lines = statusText({verdict: 'down', data: found.data}, PLAIN).split('\n')
    const at = lines.findIndex((line) => line.includes('INC-'))
    expect(lines.slice(at, lines.indexOf('Services')).map((line) => line.trim())).toEqual([
      '◔ recovered, watching  INC-4 API down  P0 · bia · update due in 20m  → faci incident resolve INC-4',
      "◔ recovered, watching  INC-3 API down  P0 · bia · update overdue by 1h 40m  → faci incident update INC-3 --message '…'",
      '◐ acknowledged  INC-2 API down  P0 · ana · update due in 20m',
      '… and 1 more: faci incident list',
      '',
    ])
  })

  it('says why incidents are unknown, and that nobody works on one', async () => {
    const [one, , gone] = await statusDocuments()
    if (one === undefined || gone === undefined) throw new Error('no document')
    expect(statusText({verdict: 'unknown', data: gone.data}, PLAIN)).toContain(
      '! incidents unknown: it cannot be reached',
    )
    expect(statusText({verdict: 'down', data: one.data}, PLAIN)).toContain(
      '● open  INC-1 API down  P0 · nobody · update due in 20m  → faci incident ack INC-1',
    )
  })

  it.each([
    [0, '2026-11-23T04:30:00.000Z', null],
    [1, '2026-11-23T04:30:00.000Z', '✉ 1 undelivered, for 2h: faci notify flush'],
    [3, '2026-11-23T04:30:00.000Z', '✉ 3 undelivered, the oldest for 2h: faci notify flush'],
    [3, '2026-11-23T07:30:00.000Z', '✉ 3 undelivered, the oldest for 0s: faci notify flush'],
    [3, null, '✉ 3 undelivered: faci notify flush'],
  ])('of %i undelivered ones since %s: %s', async (value, oldestUndeliveredAt, said) => {
    const {verdict, data} = await bigStatus()
    const undelivered = {kind: 'read', value, verdict: 'healthy'} as const
    const lines = statusText({verdict, data: {...data, undelivered, oldestUndeliveredAt}}, PLAIN).split('\n')
    expect(lines.find((line) => line.includes('undelivered')) ?? null).toBe(said)
  })

  it('breaks and folds nothing for a pipe', async () => {
    const lines = statusText(await bigStatus(), PLAIN).split('\n')
    for (const name of NAMES) expect(lines.some((line) => line.trim().startsWith(`${name} `))).toBe(true)
    expect(lines.filter((line) => line.includes('▲ degraded  faciliauto'))).toHaveLength(1)
  })
})
