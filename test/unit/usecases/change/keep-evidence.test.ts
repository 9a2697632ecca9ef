import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import type {Engine} from '../../../../src/ports/engine.js'
import type {LogSource} from '../../../../src/ports/log-source.js'
import {keepEvidence} from '../../../../src/usecases/change/keep-evidence.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeJournal} from '../../../support/fakes/journal.js'

const RUN = '01JZZZZZZZZZZZZZZZZZZZZZZZ'
const patience = {seconds: 0.1, signal: new AbortController().signal}

const logs: LogSource = {
  read: async function* () {
    yield await Promise.resolve(Buffer.from('last words\n'))
  },
}

/** An engine that stops in the middle of a log. */
const stuck: LogSource = {
  read: async function* (_, __, signal) {
    yield Buffer.from('first words\n')
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
  },
}

function engine(inspection: unknown): Pick<Engine, 'inspect'> {
  return {inspect: () => Promise.resolve(inspection)}
}

async function keep(inspection: unknown, source = logs, limits = patience) {
  const journal = fakeJournal({mask: masker([]).mask})
  const writer = await journal.open(RUN)
  const deps = {engine: engine(inspection), logs: source}
  const kept = await keepEvidence(deps, writer, [aContainer()], limits)
  return {...kept, content: journal.keptIn(RUN)}
}

describe('evidence', () => {
  it('holds no secret of the container: neither in its inspection, which is read first, nor in the log that quotes it', async () => {
    const log: LogSource = {
      read: async function* () {
        yield await Promise.resolve(
          Buffer.from('AUTH correct-horse; db postgres://app:tr0ub4dor@db; CONFIG SET requirepass battery-9\n'),
        )
      },
    }
    const {content} = await keep(
      {
        State: {ExitCode: 137, Health: {Status: 'unhealthy', Log: [{ExitCode: 1, Output: 'WRONGPASS battery-9'}]}},
        Args: ['--requirepass', 'battery-9'],
        Config: {
          Env: [
            'REDIS_PASSWORD=correct-horse',
            'DATABASE_URL=postgres://app:tr0ub4dor@db/shop',
            'LOG_LEVEL=info',
            'BROKEN',
          ],
          Cmd: ['redis-server', '--requirepass', 'battery-9'],
          Healthcheck: {Test: ['CMD-SHELL', 'redis-cli -a staple-77 ping']},
          Labels: {'com.docker.compose.service': 'api', 'traefik.auth': 'admin:$apr1$x'},
        },
      },
      log,
    )
    expect(content.get('faciliauto-api-1.log')).toBe('AUTH ***; db postgres://app:***@db; CONFIG SET requirepass ***\n')
    expect(JSON.parse(content.get('faciliauto-api-1.inspect.json') ?? '')).toEqual({
      State: {ExitCode: 137, Health: {Status: 'unhealthy', Log: [{ExitCode: 1}]}},
      Config: {
        Env: ['REDIS_PASSWORD', 'DATABASE_URL', 'LOG_LEVEL', 'BROKEN'],
        Labels: {'com.docker.compose.service': 'api'},
      },
    })
  })

  it('of one container holds no secret of another, however they follow each other', async () => {
    const journal = fakeJournal()
    const engineOf: Pick<Engine, 'inspect'> = {
      inspect: (id) => Promise.resolve({Config: {Env: id === 'second' ? ['API_KEY=s3cr3t-of-the-second'] : []}}),
    }
    const quoting: LogSource = {
      read: async function* () {
        yield await Promise.resolve(Buffer.from('GET /?k=s3cr3t-of-the-second\n'))
      },
    }
    const containers = [aContainer({id: 'first', name: 'a-1'}), aContainer({id: 'second', name: 'b-1'})]
    const deps = {engine: engineOf, logs: quoting}
    await keepEvidence(deps, await journal.open(RUN), containers, patience)
    expect(journal.keptIn(RUN).get('a-1.log')).toBe('GET /?k=***\n')
  })

  it('names what it is of, although one of the names is a password', async () => {
    const log: LogSource = {
      read: async function* () {
        yield await Promise.resolve(Buffer.from('database "Faciliauto" is gone, api-keys-1 too\n'))
      },
    }
    const {content} = await keep({Config: {Env: ['POSTGRES_PASSWORD=faciliauto', 'TOKEN=api-keys-1']}}, log)
    expect(content.get('faciliauto-api-1.log')).toBe('database "Faciliauto" is gone, *** too\n')
  })

  it('keeps the log of a container that cannot be inspected, and says so', async () => {
    const journal = fakeJournal()
    const gone: Pick<Engine, 'inspect'> = {
      inspect: () => Promise.reject(new FaciError('badAnswer', 'no such container')),
    }
    const deps = {engine: gone, logs}
    const {files, problems} = await keepEvidence(deps, await journal.open(RUN), [aContainer()], patience)
    expect(files).toEqual([expect.stringContaining('.log')])
    expect(problems).toEqual([
      {why: 'notKept', container: 'faciliauto-api-1', text: 'no such container'},
      {why: 'secretsUnknown', container: 'faciliauto-api-1'},
    ])
  })

  it('that the engine does not finish sending holds nothing up, is kept as far as it came, and is told', async () => {
    const {files, problems, content} = await keep({}, stuck)
    expect(files).toHaveLength(2)
    expect([...content.values()]).toContain('first words\n')
    expect(problems).toEqual([{why: 'logCut', container: 'faciliauto-api-1', seconds: 0.1}])
  })

  it('is not waited for after an interruption', async () => {
    const interruption = new AbortController()
    setTimeout(() => {
      interruption.abort()
    }, 50)
    const started = performance.now()
    await keep({}, stuck, {seconds: 60, signal: interruption.signal})
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
