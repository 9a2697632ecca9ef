import {describe, expect, it} from 'vitest'
import type {Container} from '../../../../src/domain/stack/container.js'
import type {ExpectedService} from '../../../../src/domain/stack/expected-service.js'
import {serviceStates, verdictOfServices} from '../../../../src/domain/stack/service-state.js'
import {ENGLISH} from '../../../../src/render/words/words.js'
import {aContainer} from '../../../support/builders/container.js'

const NOW = new Date('2026-11-23T08:00:00Z')
const JUST_NOW = '2026-11-23T07:59:57.000Z'

function wants(service: string, over: Partial<ExpectedService> = {}): ExpectedService {
  return {service, replicas: 1, isJob: false, ...over}
}

function states(
  containers: readonly Container[],
  expected: readonly ExpectedService[] | null = [wants('api')],
  answering: readonly string[] = [],
) {
  const found = serviceStates({containers, expected, answering: new Set(answering), now: NOW})
  return found.map((state) => ({...state, reason: state.reasons.length === 0 ? null : ENGLISH.stack.service(state)}))
}

function verdictOf(containers: readonly Container[], expected: readonly ExpectedService[] | null) {
  return verdictOfServices(states(containers, expected), expected)
}

describe('a service of the Compose file without a container', () => {
  it('is down, stands first, and says what to type', () => {
    const [first, second] = states([aContainer()], [wants('api'), wants('worker')])
    expect(first).toMatchObject({service: 'worker', verdict: 'down', reason: 'no container', next: 'faci up worker'})
    expect(second?.service).toBe('api')
    expect(verdictOf([aContainer()], [wants('api'), wants('worker')])).toBe('degraded')
  })

  it('is not missing when none of it is wanted', () => {
    expect(states([aContainer()], [wants('api'), wants('batch', {replicas: 0})]).map(({service}) => service)).toEqual([
      'api',
    ])
  })

  it('a service that the file does not have is judged by its containers', () => {
    expect(states([aContainer({service: 'old'})], []).map(({service, verdict}) => [service, verdict])).toEqual([
      ['old', 'healthy'],
    ])
  })

  it('nothing is healthy when the file cannot be read', () => {
    expect(verdictOf([], null)).toBe('unknown')
    expect(verdictOf([], [])).toBe('down')
    expect(verdictOf([aContainer()], null)).toBe('unknown')
    expect(verdictOf([aContainer({state: 'exited', exitCode: 1})], null)).toBe('down')
  })
})

describe('what to type about a container that has ended', () => {
  const ended = (over: Partial<Container>): string | null | undefined =>
    states([aContainer({state: 'exited', health: 'none', ...over})])[0]?.next

  it.each([0, 137, 143])('with %d, which is how one ends that was stopped: start it', (exitCode) => {
    expect(ended({exitCode})).toBe('faci start api')
  })

  it('by itself, or for want of memory: its log tells why', () => {
    expect(ended({exitCode: 1})).toBe('faci logs api --tail 50')
    expect(ended({exitCode: 137, outOfMemory: true})).toBe('faci logs api --tail 50')
  })
})

describe('replicas', () => {
  const gone = aContainer({id: 'c2', replica: 2, state: 'exited', health: 'none', exitCode: 137, outOfMemory: true})

  it('a service with one of two gone is degraded, with both gone down', () => {
    expect(states([aContainer(), gone])[0]).toMatchObject({
      verdict: 'degraded',
      reason: '#2 exited with 137, out of memory',
      next: 'faci logs api --tail 50',
    })
    expect(states([gone])[0]?.verdict).toBe('down')
  })

  it('fewer than the file asks for are degraded', () => {
    expect(states([aContainer()], [wants('api', {replicas: 3})])[0]).toMatchObject({
      verdict: 'degraded',
      reason: '1 of 3 containers',
      next: 'faci scale api=3',
    })
  })

  it('more than the file asks for are as somebody wanted them', () => {
    expect(states([aContainer(), aContainer({id: 'c2', replica: 2})])[0]?.verdict).toBe('healthy')
  })
})

describe('a job', () => {
  const done = aContainer({service: 'migrate', state: 'exited', exitCode: 0})
  const job = wants('migrate', {isJob: true})

  it('that came to its end is what is wanted', () => {
    expect(states([done], [job])[0]).toMatchObject({verdict: 'healthy', reason: 'finished (exit code 0)', next: null})
    expect(verdictOf([aContainer(), done], [wants('api'), job])).toBe('healthy')
  })

  it('and a service of a profile that is off, which nothing wants to run, have ended well; without the model nothing has', () => {
    expect(states([aContainer(), done], [wants('api')]).map(({verdict}) => verdict)).toEqual(['healthy', 'healthy'])
    expect(states([done], null)[0]).toMatchObject({verdict: 'down', reason: '#1 exited with 0'})
    expect(states([{...done, exitCode: 1}], [wants('api')]).at(-1)?.verdict).toBe('down')
  })

  it('is what `restart: on-failure` takes for one, while nobody stopped it and nothing checks it', () => {
    const may = wants('migrate', {mayEnd: true})
    const of = (container: Container, stopped: readonly string[] = []) =>
      serviceStates({
        containers: [container],
        expected: [may],
        answering: new Set(),
        stopped: new Set(stopped),
        now: NOW,
      })
    expect(of(done)[0]).toMatchObject({verdict: 'healthy', reasons: [{why: 'finished'}], next: null})
    expect(of(done, [done.id])[0]).toMatchObject({verdict: 'down', next: 'faci start migrate'})
    expect(of({...done, health: 'unhealthy'})[0]?.verdict).toBe('down')
    expect(of({...done, exitCode: 1})[0]?.verdict).toBe('down')
  })

  it('that failed is down, and what serves beside it is no reason to call it all down', () => {
    const failed = {...done, exitCode: 1}
    expect(states([failed], [job])[0]).toMatchObject({verdict: 'down', reason: '#1 exited with 1'})
    expect(verdictOf([aContainer(), failed], [wants('api'), job])).toBe('degraded')
  })

  it('serves nothing: with all the others down the whole is down', () => {
    expect(verdictOf([aContainer({state: 'exited', exitCode: 0}), done], [wants('api'), job])).toBe('down')
  })
})

describe('what has just started', () => {
  it('is neither healthy nor bad until it is steady', () => {
    expect(states([aContainer({startedAt: JUST_NOW})])[0]).toMatchObject({
      verdict: 'unknown',
      reason: '#1 starting, steady after 5 s',
      next: null,
    })
    expect(states([aContainer({health: 'starting'})])[0]).toMatchObject({verdict: 'unknown', reason: '#1 starting'})
  })

  it('is believed when it answers, or when Docker has checked it', () => {
    expect(states([aContainer({startedAt: JUST_NOW})], undefined, ['api'])[0]?.verdict).toBe('healthy')
    expect(states([aContainer({startedAt: JUST_NOW, health: 'healthy'})])[0]?.verdict).toBe('healthy')
  })

  it('a probe reaches one replica and says nothing of the other', () => {
    const both = [aContainer(), aContainer({id: 'c2', replica: 2, health: 'starting'})]
    expect(states(both, undefined, ['api'])[0]?.verdict).toBe('unknown')
  })

  it('is degraded when it has restarted again and again, whatever it says at this moment', () => {
    const looping = aContainer({startedAt: '2026-11-23T07:59:30.000Z', restartCount: 4, health: 'healthy'})
    expect(states([looping], undefined, ['api'])[0]).toMatchObject({
      verdict: 'degraded',
      reason: '#1 restarted 4 times, last 30 s ago',
    })
  })

  it('is down between two lives', () => {
    const between = aContainer({state: 'restarting', restartCount: 2})
    expect(states([between])[0]).toMatchObject({verdict: 'down', reason: '#1 restarting (2 times so far)'})
  })
})
