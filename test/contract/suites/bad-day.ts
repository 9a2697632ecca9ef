import {describe, expect, it} from 'vitest'
import {type Misbehaviour, misbehavingServer} from '../../support/servers/misbehaving.js'

const CASES: readonly (readonly [Misbehaviour, string])[] = [
  ['slow', 'timedOut'],
  ['junk', 'badAnswer'],
  ['html', 'badAnswer'],
  ['wrongShape', 'badAnswer'],
  ['error500', 'badAnswer'],
  ['reset', 'unreachable'],
]

/** Only who never answers is worth a short deadline: a busy machine takes longer for an answer. */
export function deadlineOf(code: string): number {
  return code === 'timedOut' ? 0.5 : 30
}

/** What each call says of a backend that misbehaves; `calls` are made on its URL, with a deadline of `timeoutSeconds`. */
export function badDay(
  backend: string,
  calls: (server: {readonly url: string; readonly timeoutSeconds: number}) => readonly (() => Promise<unknown>)[],
): void {
  describe(`${backend} having a bad day`, () => {
    it.each(CASES)('%s is %s', async (how, code) => {
      const {url, close} = await misbehavingServer(how)
      for (const call of calls({url, timeoutSeconds: deadlineOf(code)}))
        await expect(call()).rejects.toMatchObject({code})
      await close()
    })
  })
}
