import {describe, expect, it} from 'vitest'
import type {Engine} from '../../../../src/ports/engine.js'
import type {LogSource} from '../../../../src/ports/log-source.js'
import {keepEvidence} from '../../../../src/usecases/stack/keep-evidence.js'
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
  const journal = fakeJournal()
  const writer = await journal.open(RUN)
  const kept = await keepEvidence({engine: engine(inspection), logs: source}, writer, [aContainer()], limits)
  return {...kept, content: journal.keptIn(RUN)}
}

describe('evidence', () => {
  it('of a container holds no value of a variable that is named like a secret, wherever it stands', async () => {
    const {content} = await keep({
      State: {ExitCode: 137},
      Config: {
        Env: ['REDIS_PASSWORD=correct-horse', 'API_KEY=k1', 'LOG_LEVEL=info', 'DATABASE_DSN=', 'BROKEN'],
        Cmd: ['redis-server', '--requirepass', 'correct-horse'],
      },
    })
    const [text = ''] = [...content].flatMap(([name, written]) => (name.endsWith('.inspect.json') ? [written] : []))
    expect(text).not.toContain('correct-horse')
    expect(JSON.parse(text)).toEqual({
      State: {ExitCode: 137},
      Config: {
        Env: ['REDIS_PASSWORD=***', 'API_KEY=***', 'LOG_LEVEL=info', 'DATABASE_DSN=', 'BROKEN'],
        Cmd: ['redis-server', '--requirepass', '***'],
      },
    })
  })

  it('that the engine does not finish sending holds nothing up, is kept as far as it came, and is told', async () => {
    const {files, problems, content} = await keep({}, stuck)
    expect(files).toHaveLength(2)
    expect([...content.values()]).toContain('first words\n')
    expect(problems).toEqual([expect.stringMatching(/the log was cut: .* 0\.1 s/)])
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
