import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Clock} from '../../../../src/ports/clock.js'
import type {LogFilter} from '../../../../src/domain/logs/log-filter.js'
import {followLogs} from '../../../../src/usecases/logs/follow-logs.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {type FakeEngine, fakeEngine} from '../../../support/fakes/engine.js'
import {type FakeLogSource, fakeLogSource} from '../../../support/fakes/log-source.js'

const API = aContainer({id: 'a1'})
const stackModel = aStackModel(['api'])

/** A hundred times faster than real time. */
const FAST_CLOCK: Clock = {
  now: () => new Date(),
  monotonicSeconds: () => performance.now() / 1000,
  sleep: (seconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, seconds * 10)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(new Error('aborted'))
      })
    }),
}

interface Following {
  readonly messages: string[]
  readonly notes: string[]
  readonly until: (condition: () => boolean) => Promise<void>
  readonly end: () => Promise<unknown>
}

function follow(
  engine: FakeEngine,
  logs: FakeLogSource,
  filter: LogFilter = {},
  tail: number | undefined = 2,
): Following {
  const stop = new AbortController()
  const messages: string[] = []
  const notes: string[] = []
  const query = {project: 'faciliauto', services: [], filter, tail}
  const sink = (entries: readonly {readonly message: string}[]): Promise<void> =>
    Promise.resolve(void messages.push(...entries.map(({message}) => message)))
  const done = followLogs(
    {engine, logs, stackModel, clock: FAST_CLOCK},
    query,
    sink,
    (text) => notes.push(text),
    stop.signal,
  )
  return {
    messages,
    notes,
    until: async (condition) => {
      for (let tries = 0; !condition(); tries += 1) {
        if (tries > 500) throw new Error(`it did not come: ${messages.join(', ')}; ${notes.join(', ')}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    end: () => {
      stop.abort()
      return done
    },
  }
}

describe('followLogs', () => {
  it('shows the last matching entries, then new ones, each once', async () => {
    const logs = fakeLogSource({a1: ['{"message":"old"}', '{"message":"m1"}', '{"message":"m2"}']})
    const following = follow(fakeEngine([API]), logs)
    await following.until(() => following.messages.length === 2)
    logs.log('a1', '{"message":"m3"}')
    await following.until(() => following.messages.length === 3)
    expect(await following.end()).toMatchObject({verdict: 'ok', data: {matched: 3}})
    expect(following.messages).toEqual(['m1', 'm2', 'm3'])
  })

  it('gives out a plain line although another might continue it, and keeps what comes at once together', async () => {
    const logs = fakeLogSource({a1: []})
    const following = follow(fakeEngine([API]), logs)
    await following.until(() => logs.reads.some((read) => read.follow))
    logs.log('a1', 'ERROR boom')
    logs.log('a1', '    at x')
    await following.until(() => following.messages.length > 0)
    await following.end()
    expect(following.messages).toEqual(['boom'])
  })

  it('goes on after a restart where it was, filtered', async () => {
    const logs = fakeLogSource({a1: ['{"level":"error","message":"e1"}']})
    const following = follow(fakeEngine([API]), logs, {minimumLevel: 'error'})
    await following.until(() => logs.reads.some((read) => read.follow))
    logs.log('a1', '{"level":"error","message":"e2"}')
    logs.log('a1', '{"level":"info","message":"bye"}')
    await following.until(() => following.messages.length === 2)
    logs.stop('a1')
    await following.until(() => following.notes.length > 0)
    logs.log('a1', '{"level":"error","message":"e3"}')
    await following.until(() => following.messages.length === 3)
    await following.end()
    expect(following.messages).toEqual(['e1', 'e2', 'e3'])
    expect(following.notes[0]).toContain('stopped')
  })

  it('repeats nothing and loses nothing after a cut connection, and says each time that it tries again', async () => {
    const logs = fakeLogSource({a1: ['{"message":"m1"}']})
    const boom = 'while nobody was connected'
    const following = follow(fakeEngine([API]), logs)
    for (let cut = 2; cut <= 5; cut += 1) {
      await following.until(() => logs.reads.filter((read) => read.follow).length === cut - 1)
      logs.log('a1', `{"message":"m${String(cut)}"}`)
      await following.until(() => following.messages.includes(`m${String(cut)}`))
      logs.cut('a1')
      logs.log('a1', `ERROR: ${boom}`)
      logs.log('a1', '    at x')
      await following.until(() => following.messages.filter((text) => text === boom).length === cut - 1)
      expect(following.notes).toHaveLength(cut - 1)
    }
    await following.end()
    expect(following.messages).toEqual(['m1', 'm2', boom, 'm3', boom, 'm4', boom, 'm5', boom])
    expect(new Set(following.notes)).toEqual(new Set(['the connection to Docker broke; trying again']))
  })

  it('takes up containers that are added', async () => {
    const engine = fakeEngine([API])
    const logs = fakeLogSource({a1: ['{"message":"one"}'], a2: ['{"message":"two"}']})
    const following = follow(engine, logs)
    await following.until(() => following.messages.length === 1)
    engine.containersNow = [API, aContainer({id: 'a2', replica: 2})]
    await following.until(() => following.messages.length === 2)
    await following.end()
    expect(following.messages).toEqual(['one', 'two'])
  })

  it('says once that the engine is away, and stays', async () => {
    const engine = fakeEngine([API])
    const logs = fakeLogSource({a1: []})
    const {containers} = engine
    const following = follow(engine, logs)
    await following.until(() => logs.reads.some((read) => read.follow))
    let calls = 0
    Object.assign(engine, {
      containers: (project: string) => {
        calls += 1
        return calls < 4
          ? Promise.reject(new FaciError('unreachable', 'Docker cannot be reached'))
          : containers(project)
      },
    })
    await following.until(() => calls > 4)
    logs.log('a1', '{"message":"still here"}')
    await following.until(() => following.messages.length === 1)
    await following.end()
    expect(following.notes).toEqual(['Docker cannot be reached; trying again'])
  })
})
