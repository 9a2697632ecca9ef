import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {judgeAnswer} from '../../../../src/domain/stack/health.js'
import {ENGLISH} from '../../../../src/render/words/words.js'

interface Answer {
  readonly what: string
  readonly outcome: string
  /** A text, or what is sent as JSON. */
  readonly body: unknown
}

/** What frameworks, servers, proxies and people's own endpoints answer with 200, one a line. */
const ANSWERS = readFileSync(new URL('../../../support/health-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer)

describe('what is said of a body', () => {
  it.each([
    [{status: 'DOWN', checks: {db: 'down'}}, 'answers 200, but its body says DOWN: db'],
    [{db: 'connection refused', disk: 'OK'}, 'answers 200, but its body says db: connection refused'],
  ])('names what it is of where that reads best', (body, words) => {
    const {reason} = judgeAnswer({status: 200, headers: {}, body: JSON.stringify(body)})
    expect(reason === null ? null : ENGLISH.stack.probe(reason)).toBe(words)
  })
})

describe('an answer with a good status', () => {
  it.each(ANSWERS)('$what is $outcome', ({outcome, body}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const judged = judgeAnswer({status: 200, headers: {}, body: text})
    expect(judged.outcome).toBe(outcome)
    if (outcome !== 'healthy') expect(judged.reason).toMatchObject({why: 'bodySays'})
  })

  it('is said of in a few words, whatever it says', () => {
    for (const {body} of ANSWERS) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const {reason} = judgeAnswer({status: 200, headers: {}, body: text})
      if (reason?.why === 'bodySays') expect(reason.word.length).toBeLessThanOrEqual(100)
    }
  })
})
