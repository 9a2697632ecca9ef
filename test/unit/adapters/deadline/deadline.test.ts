import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {deadline} from '../../../../src/adapters/deadline/deadline.js'

const server = createServer((_request, response) => response.end('here'))
let url = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
})

afterAll(() => server.close())

function noTurnFor(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

async function answer(signal: AbortSignal): Promise<string> {
  const asked = fetch(url, {signal}).then((response) => response.text())
  noTurnFor(700)
  return asked.catch((error: unknown) => (error as Error).name)
}

describe('deadline', () => {
  it('does not count the time in which the process had no turn, as a timer does', async () => {
    expect(await answer(AbortSignal.timeout(500))).toBe('TimeoutError')
    expect(await answer(deadline(0.5))).toBe('here')
  })

  it('ends with a TimeoutError when nobody answers, not before its time', async () => {
    const started = performance.now()
    const signal = deadline(0.2)
    await expect.poll(() => signal.aborted, {interval: 5}).toBe(true)
    expect(signal.reason).toMatchObject({name: 'TimeoutError', message: 'no answer within 0.2 s'})
    expect(performance.now() - started).toBeGreaterThan(195)
  })

  it('has an end, however seldom the process has a turn', async () => {
    const signal = deadline(0.2)
    let turns = 0
    while (!signal.aborted) {
      noTurnFor(150)
      turns += 1
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(turns).toBeGreaterThanOrEqual(4)
    expect(turns).toBeLessThan(10)
  })
})
