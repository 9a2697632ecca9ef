import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {HealthEndpoint} from '../../../../src/domain/stack/health.js'
import type {HealthProber} from '../../../../src/ports/health-prober.js'
import {probeOnce} from '../../../../src/usecases/stack/probe-health.js'
import {fakeHttp} from '../../../support/fakes/http.js'

const named = {name: 'db', url: 'what is asked', timeoutSeconds: 1}
const EXEC: HealthEndpoint = {...named, probe: {kind: 'exec', command: ['pg_isready']}}
const TCP: HealthEndpoint = {...named, probe: {kind: 'tcp', host: 'db', port: 5432}}
const HTTP: HealthEndpoint = {...named, url: 'http://db/health'}

function failing(error: FaciError): HealthProber {
  const fail = (): Promise<never> => Promise.reject(error)
  return {send: fail, connect: fail, run: fail}
}

describe('what it means that no answer came', () => {
  it.each(['unreachable', 'timedOut'] as const)(
    '%s: a service that was asked does not serve; a command that no engine ran says nothing of it',
    async (code) => {
      const prober = failing(new FaciError(code, 'why'))
      for (const endpoint of [TCP, HTTP])
        expect(await probeOnce(prober, endpoint)).toEqual({
          ...{outcome: 'unreachable', status: null, latencySeconds: null, reason: {why: 'noAnswer', message: 'why'}},
        })
      expect((await probeOnce(prober, EXEC)).outcome).toBe('unknown')
    },
  )

  it('without a way there, nothing was seen', async () => {
    const prober = failing(new FaciError('noRoute', 'no such host'))
    for (const endpoint of [TCP, HTTP, EXEC]) {
      const {outcome, reason} = await probeOnce(prober, endpoint)
      expect([outcome, reason]).toEqual(['unknown', {why: 'noAnswer', message: 'no such host'}])
    }
  })

  it('an answer that cannot be read was not seen to be bad', async () => {
    const {outcome} = await probeOnce(failing(new FaciError('badAnswer', 'its body cannot be decoded')), HTTP)
    expect(outcome).toBe('unknown')
  })

  it('a container that does not run, and a command that does not end, are seen', async () => {
    const prober = fakeHttp(() => 200, {exitCode: null, message: 'no container of db is running'})
    const reason = {why: 'noAnswer', message: 'no container of db is running'}
    expect(await probeOnce(prober, EXEC)).toMatchObject({outcome: 'unreachable', reason})
  })
})
