import {describe, expect, it} from 'vitest'
import * as englishChange from '../../../../src/render/words/en/change.js'
import * as englishStack from '../../../../src/render/words/en/stack.js'
import * as change from '../../../../src/render/words/pt-BR/change.js'
import * as stack from '../../../../src/render/words/pt-BR/stack.js'
import * as englishAlerts from '../../../../src/render/words/en/alerts.js'
import * as alerts from '../../../../src/render/words/pt-BR/alerts.js'
import {worded, type WordsFor} from '../../../../src/render/words/worded.js'
import {foreignIn} from '../../../support/english-words.js'

const CONTAINER = {why: 'exited', exitCode: 137, outOfMemory: true} as const
/** Whatever a reason of each table may carry; a table of words names every kind there is. */
const FIELDS = {
  container: {
    ...CONTAINER,
    cause: 'ownerStopped',
    owner: 'shop-web-1',
    state: 'paused',
    restartCount: 4,
    sinceSeconds: 30.4,
    steadyAfterSeconds: 4.2,
  },
  service: {replica: 2, reason: CONTAINER, containers: 1, wanted: 3},
  probe: {
    message: 'api cannot be reached',
    status: 503,
    says: 'unhealthy',
    word: 'DOWN',
    parts: ['db'],
    to: '/login',
    what: 'body',
    expected: 'x',
    got: null,
    problem: 'expired',
    url: 'https://h',
    names: [],
    exitCode: 2,
    said: 'it is down',
    encoding: 'zstd',
  },
  readiness: {
    ...{
      container: 'shop-api-1',
      containers: ['shop-api-1'],
      running: 1,
      wanted: 3,
      restartCount: 4,
      text: 'it is down',
    },
    ...{message: 'Docker is away', before: {why: 'healthy'}, left: [{container: 'shop-api-1', state: 'running'}]},
  },
  leftOver: {
    ...{container: 'shop-api-1', service: 'api', replica: 2, state: 'exited'},
    ...{message: 'Docker is away', text: 'it is down'},
  },
  ended: {services: ['api'], text: 'it was refused'},
  doubt: {
    ...{message: 'it cannot be reached', rules: ['APIDown', 'Slow'], error: 'many-to-many', sinceSeconds: 61.2},
    alerts: ['APIDown'],
  },
}

type Table = WordsFor<{readonly why: string}>
const TABLES = [
  ['container', stack.CONTAINER, englishStack.CONTAINER],
  ['service', stack.SERVICE, englishStack.SERVICE],
  ['probe', stack.PROBE, englishStack.PROBE],
  ['readiness', change.READINESS, englishChange.READINESS],
  ['leftOver', change.LEFT_OVER, englishChange.LEFT_OVER],
  ['ended', change.ENDED, englishChange.ENDED],
  ['doubt', alerts.DOUBT, englishAlerts.DOUBT],
] as const
/** What a readiness is for is one of these, worded by their own tables. */
const WITHIN: Readonly<Record<string, unknown>> = {
  probe: {why: 'redirects', status: 302, to: null},
  container: CONTAINER,
}

const CASES = TABLES.flatMap(([name, portuguese, english]) =>
  Object.keys(english).map((why) => {
    const within = name === 'readiness' && why in WITHIN ? {reason: WITHIN[why]} : {}
    const reason = {...FIELDS[name], ...within, why}
    return [
      `${name} ${why}`,
      worded(portuguese as unknown as Table, reason),
      worded(english as unknown as Table, reason),
    ] as const
  }),
)

describe('every reason of the stack, of a change and of doubts about alerts, in each language', () => {
  it.each(CASES)('%s has words of its own in Portuguese, none of them English', (_, portuguese, english) => {
    expect({portuguese, foreign: foreignIn(portuguese)}).toEqual({portuguese, foreign: []})
    for (const text of [portuguese, english]) {
      expect(text).not.toBe('')
      expect(text).not.toMatch(/undefined|\[object/)
    }
    expect(portuguese).not.toBe(english)
  })

  it('one of a later version is named', () => {
    expect(worded(stack.PROBE as unknown as Table, {why: 'later'})).toBe('later')
  })
})
