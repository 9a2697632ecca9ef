import {describe, expect, it} from 'vitest'
import {LOG_FILTER_FLAGS, logQuery} from '../../../../src/cli/flags/log-flags.js'

const NONE = {
  ...{errors: false, level: undefined, slow: undefined, endpoint: undefined, status: undefined},
  ...{'request-id': undefined, grep: undefined, since: undefined, until: undefined, tail: undefined},
}

describe('logQuery', () => {
  it.each([
    [100, 200],
    [undefined, 200],
    [200, undefined],
  ])('takes a window from %s to %s', (since, until) => {
    expect(logQuery('shop', [], {...NONE, since, until})).toMatchObject({since, until})
  })

  it.each([
    [200, 100],
    [200, 200],
  ])('refuses one that nothing can be in, from %s to %s', (since, until) => {
    expect(() => logQuery('shop', [], {...NONE, since, until})).toThrow(/--since is not before --until: from 1970-/)
  })
})

describe('--level', () => {
  const parse = (text: string): Promise<unknown> =>
    (LOG_FILTER_FLAGS.level as unknown as {parse: (text: string) => Promise<unknown>}).parse(text)

  it.each([
    ['warn', 'warning'],
    ['WARN', 'warning'],
    ['err', 'error'],
    ['fatal', 'critical'],
    ['trace', 'debug'],
  ])('%s is %s, as screens and log lines have it', async (text, level) => {
    expect(await parse(text)).toBe(level)
  })
})
