import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {LogEntry} from '../../../../src/domain/logs/log-entry.js'
import {collectLogs} from '../../../../src/usecases/logs/collect-logs.js'
import type {LogQuery} from '../../../../src/usecases/logs/log-query.js'
import {searchLogs} from '../../../../src/usecases/logs/search-logs.js'
import {summariseLogs} from '../../../../src/usecases/logs/summarise-logs.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeEngine} from '../../../support/fakes/engine.js'
import {type FakeLogSource, fakeLogSource} from '../../../support/fakes/log-source.js'

const API1 = aContainer({id: 'a1', replica: 1})
const API2 = aContainer({id: 'a2', replica: 2})
const REDIS = aContainer({id: 'r', service: 'redis'})

const engine = fakeEngine([API1, API2, REDIS])
const stackModel = aStackModel(['api', 'redis', 'worker'], {profiled: ['debug']})

const line = (message: string, level = 'INFO'): string => JSON.stringify({level, message})

function query(overrides: Partial<LogQuery> = {}): LogQuery {
  return {project: 'faciliauto', services: [], filter: {}, ...overrides}
}

async function search(logs: FakeLogSource, input: LogQuery) {
  const entries: LogEntry[] = []
  const result = await searchLogs({engine, stackModel, logs}, input, (found) =>
    Promise.resolve(void entries.push(...found)),
  )
  return {result, messages: entries.map(({message}) => message), entries}
}

/** Lines a second apart in turn: a1, a2, r, a1, … */
function interleaved(count: number): FakeLogSource {
  const logs = fakeLogSource()
  for (let index = 0; index < count; index += 1) {
    logs.log(['a1', 'a2', 'r'][index % 3] ?? '', line(`m${String(index)}`, index % 10 === 0 ? 'ERROR' : 'INFO'))
  }
  return logs
}

describe('searchLogs', () => {
  it('merges several containers by the engine’s time', async () => {
    const {messages, result} = await search(interleaved(50), query())
    expect(messages).toEqual(Array.from({length: 50}, (_, index) => `m${String(index)}`))
    expect(result).toMatchObject({verdict: 'ok', data: {services: ['api', 'redis'], containers: 3, matched: 50}})
  })

  it('gives the last N that match, of all containers together', async () => {
    const {messages} = await search(interleaved(100), query({filter: {minimumLevel: 'error'}, tail: 3}))
    expect(messages).toEqual(['m70', 'm80', 'm90'])
  })

  it('reads the end first and goes back only as far as it must', async () => {
    const logs = fakeLogSource({
      r: Array.from({length: 60_000}, (_, index) => line(`m${String(index)}`, index === 10 ? 'ERROR' : 'INFO')),
    })
    const near = await search(logs, query({services: ['redis'], tail: 2}))
    expect(near.messages).toEqual(['m59998', 'm59999'])
    expect(logs.reads.map(({tail}) => tail)).toEqual([1, 2000])
    const far = await search(logs, query({services: ['redis'], tail: 2, filter: {minimumLevel: 'error'}}))
    expect(far.messages).toEqual(['m10'])
    expect(logs.reads.map(({tail}) => tail)).toEqual([1, 2000, 1, 2000, 16_000, 128_000])
  })

  it('asks for the engine’s times only when it needs them', async () => {
    const logs = fakeLogSource({a1: [line('x')], r: ['plain']})
    await search(logs, query({services: ['redis']}))
    expect(logs.reads.at(-1)?.stamped).toBe(true)
    await search(fakeLogSource({a1: []}), query())
    const alone = fakeEngine([API1])
    await searchLogs({engine: alone, stackModel, logs}, query(), () => Promise.resolve())
    expect(logs.reads.at(-1)?.stamped).toBe(false)
  })

  it('gives plain lines the engine’s time', async () => {
    const {entries} = await search(fakeLogSource({r: ['plain']}), query({services: ['redis']}))
    expect(entries).toMatchObject([{at: '2026-11-23T06:00:01.000Z', message: 'plain', service: 'redis'}])
  })

  it('says that nothing matched, and that there is nothing to read', async () => {
    const {result} = await search(interleaved(5), query({filter: {requestId: 'none'}}))
    const examined = {entries: 5, lines: 5, withoutLevel: 0, withoutStatus: 5, withoutDuration: 5}
    const warnings = ['no log entry matches: 5 lines in 5 entries looked at']
    expect(result).toMatchObject({verdict: 'ok', data: {examined}, warnings})
    expect((await search(interleaved(5), query())).result.data.examined).toBeNull()
    const empty = await search(interleaved(5), query({project: 'other'}))
    expect(empty.result).toMatchObject({verdict: 'unknown', data: {matched: 0}})
  })

  it('knows which service was probably meant', async () => {
    await expect(search(interleaved(1), query({services: ['reids']}))).rejects.toMatchObject({
      code: 'notFound',
      message: expect.stringContaining('did you mean `redis`?') as string,
    })
    await expect(search(interleaved(1), query({services: ['database']}))).rejects.toMatchObject({
      message: expect.stringContaining('its services: api, debug, redis, worker') as string,
    })
  })
})

describe('what could not be understood', () => {
  const counted = async (filter: LogQuery['filter'], lines: readonly string[]) =>
    (await search(fakeLogSource({r: lines}), query({services: ['redis'], filter}))).result.warnings

  it('is counted by what was asked for, with what to do', async () => {
    const lines = ['one', 'two\n    below', line('three')]
    expect(await counted({minimumLevel: 'error'}, lines)).toEqual([
      'no log entry matches: 4 lines in 3 entries looked at, 2 without a level that is understood → say under logs: in faci.yml what its keys are',
    ])
    expect(await counted({statuses: [{first: 500, last: 599}]}, lines)).toEqual([
      'no log entry matches: 4 lines in 3 entries looked at, 3 without a status → say under logs: in faci.yml what its keys are',
    ])
    const timed = [...lines, '{"duration_ms":1}']
    expect(await counted({slowSeconds: 1}, timed)).toEqual([
      'no log entry matches: 5 lines in 4 entries looked at, 3 without a duration',
    ])
    expect(await counted({slowSeconds: 1}, [])).toEqual(['no log entry matches: nothing was logged'])
  })

  it('is understood by the rules of its service', async () => {
    const own = [JSON.stringify({sev: 'E4', when: 1_763_877_600_000, took: 1900, 'http.code': 503, lvl2: 'ERROR'})]
    const rules = {
      redis: {level: 'lvl2', time: 'when', status: 'http.code', duration: {key: 'took', unit: 'us' as const}},
    }
    const asked = query({services: ['redis'], filter: {minimumLevel: 'error', slowSeconds: 0.001}, rules})
    const {entries} = await search(fakeLogSource({r: own}), asked)
    expect(entries).toMatchObject([
      {level: 'error', at: '2025-11-23T06:00:00.000Z', status: 503, durationSeconds: 0.0019, fields: {sev: 'E4'}},
    ])
    expect((await search(fakeLogSource({a1: own}), {...asked, services: ['api']})).entries).toEqual([])
  })
})

describe('a log that cannot be read', () => {
  const refusing = (ids: readonly string[]): FakeLogSource => {
    const logs = interleaved(6)
    return {
      ...logs,
      read: async function* (container, range, signal) {
        if (ids.includes(container.id)) throw new FaciError('badAnswer', 'its driver does not support reading')
        yield* logs.read(container, range, signal)
      },
    }
  }
  const warnings = [`the log of ${REDIS.name} could not be read to its end: its driver does not support reading`]

  it('hides no other, and is told of', async () => {
    for (const tail of [undefined, 10]) {
      const {messages, result} = await search(refusing(['r']), query({tail}))
      expect({messages, ...result}).toMatchObject({messages: ['m0', 'm1', 'm3', 'm4'], verdict: 'unknown', warnings})
      const summary = await summariseLogs({engine, stackModel, logs: refusing(['r'])}, query({tail}))
      expect(summary).toMatchObject({verdict: 'unknown', data: {summary: {entries: 4}}, warnings})
    }
  })

  it('is an error when there is no other', async () => {
    await expect(search(refusing(['r', 'a1', 'a2']), query())).rejects.toMatchObject({code: 'badAnswer'})
    await expect(search(refusing(['r']), query({services: ['redis']}))).rejects.toMatchObject({code: 'badAnswer'})
    const deps = {engine, stackModel, logs: refusing(['r'])}
    await expect(summariseLogs(deps, query({services: ['redis']}))).rejects.toMatchObject({code: 'badAnswer'})
  })
})

describe('a service of the Compose file without a container', () => {
  const warning = 'worker has no container, so no logs → faci up worker'

  it('is no mistake: there is nothing to read of it, and what to type is said', async () => {
    const {result} = await search(interleaved(5), query({services: ['worker']}))
    expect(result).toMatchObject({verdict: 'unknown', data: {containers: 0, matched: 0}, warnings: [warning]})
    const summary = await summariseLogs({engine, stackModel, logs: interleaved(5)}, query({services: ['worker']}))
    expect(summary).toMatchObject({verdict: 'unknown', warnings: [warning]})
    expect((await search(interleaved(5), query({services: ['debug']}))).result.verdict).toBe('unknown')
  })

  it('hides nothing of the others', async () => {
    const {result, messages} = await search(interleaved(5), query({services: ['worker', 'redis']}))
    expect({messages, ...result}).toMatchObject({messages: ['m2'], verdict: 'unknown', warnings: [warning]})
  })

  it('cannot be told from a misspelt one where Compose does not answer', async () => {
    const silent = {model: () => Promise.reject(new FaciError('toolMissing', 'Docker Compose is not installed'))}
    const deps = {engine, logs: interleaved(1), stackModel: silent}
    await expect(summariseLogs(deps, query({services: ['worker']}))).rejects.toMatchObject({
      code: 'notFound',
      message: 'project faciliauto has no container of a service worker: its services: api, redis',
    })
  })
})

describe('an endpoint that nothing matches', () => {
  const request = (endpoint: string): string => JSON.stringify({level: 'INFO', message: 'x', endpoint, status: 200})
  const asked = (lines: readonly string[], endpoint: string) =>
    search(fakeLogSource({r: [...lines]}), query({services: ['redis'], filter: {endpoint, minimumLevel: 'error'}}))

  it('was probably misspelt when others were asked for', async () => {
    await expect(asked([request('/cars'), request('/recommend')], '/recomend')).rejects.toMatchObject({
      code: 'notFound',
      message: expect.stringContaining('there are /cars, /recommend') as string,
      correction: {typed: '/recomend', meant: '/recommend'},
    })
  })

  it('is no mistake when it was asked for, but nothing else matches', async () => {
    const {warnings} = (await asked([request('/cars')], '/cars')).result
    expect(warnings).toEqual(['no log entry matches: 1 line in 1 entry looked at'])
  })

  it('cannot be judged without any logged request', async () => {
    expect((await asked([line('plain')], '/cars')).result.warnings).toEqual([
      'no log entry matches: 1 line in 1 entry looked at',
    ])
  })
})

describe('collectLogs', () => {
  it('keeps the last thousand unless told otherwise, and says so', async () => {
    const logs = fakeLogSource({r: Array.from({length: 1500}, (_, index) => line(`m${String(index)}`))})
    const result = await collectLogs({engine, stackModel, logs}, query({services: ['redis']}))
    expect(result.data.entries).toHaveLength(1000)
    expect(result.data.entries.at(-1)?.message).toBe('m1499')
    expect(result.warnings?.[0]).toContain('--tail')
    const all = await collectLogs({engine, stackModel, logs}, query({services: ['redis'], tail: 2000}))
    expect(all.data.entries).toHaveLength(1500)
    expect(all.warnings).toEqual([])
  })
})

describe('summariseLogs', () => {
  it('counts what matches in all containers', async () => {
    const result = await summariseLogs({engine, stackModel, logs: interleaved(100)}, query())
    expect(result.data.summary).toMatchObject({
      entries: 100,
      levels: [
        {level: 'error', count: 10},
        {level: 'info', count: 90},
      ],
    })
    const last = await summariseLogs({engine, stackModel, logs: interleaved(100)}, query({tail: 5}))
    expect(last.data.summary.entries).toBe(5)
    expect((await summariseLogs({engine, stackModel, logs: interleaved(1)}, query({project: 'other'}))).verdict).toBe(
      'unknown',
    )
  })
})
