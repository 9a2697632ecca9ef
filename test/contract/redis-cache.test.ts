import type {ChildProcess} from 'node:child_process'
import {spawn} from 'node:child_process'
import type {AddressInfo, Server} from 'node:net'
import {connect, createServer} from 'node:net'
import {afterEach, describe, expect, it} from 'vitest'
import type {RedisCache} from '../../service/api/src/cache/redis-cache.js'
import {findTool} from '../../service/stack/debian.js'
import {createRedisCache} from '../../service/api/src/cache/redis-cache.js'
import type {RecordedLog} from '../unit/service/api/service-harness.js'
import {recordLog} from '../unit/service/api/service-harness.js'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp()
})

function openCache(port: number): {cache: RedisCache; log: RecordedLog} {
  const log = recordLog('debug')
  const cache = createRedisCache(`redis://127.0.0.1:${port}`, log.logger)
  cleanUps.push(() => cache.close())
  return {cache, log}
}

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const messages = (log: RecordedLog): unknown[] => log.lines().map(({level, message}) => [level, message])
const DOWN = ['WARNING', 'Redis does not answer; recommendations are computed every time']
const UP = ['INFO', 'Redis answers']

describe('without a Redis', () => {
  it('every method answers at once, and the log says it once, with the reason, whatever is tried', async () => {
    const {cache, log} = openCache(await freePort())
    await expect.poll(() => log.lines().length).toBe(1)
    const start = performance.now()
    expect(await cache.get('k')).toMatchObject({outcome: 'unavailable'})
    expect(await cache.set('k', 'v', 5)).toMatchObject({outcome: 'unavailable'})
    expect(await cache.ping()).toEqual({status: 'down', reason: 'not connected'})
    expect(performance.now() - start).toBeLessThan(1000)
    await delay(900)
    expect(messages(log)).toEqual([DOWN])
    expect(log.lines()[0]?.['reason']).toContain('ECONNREFUSED')
  })

  it('a server that takes connections and says nothing is not waited for', async () => {
    const silent = createServer()
    const port = await listen(silent)
    cleanUps.push(() => silent.close())
    const {cache} = openCache(port)
    await delay(50)
    const start = performance.now()
    expect(await cache.ping()).toMatchObject({status: 'down'})
    expect(await cache.get('k')).toMatchObject({outcome: 'unavailable'})
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

async function startRedis(port: number): Promise<ChildProcess> {
  const {command, env} = await findTool('redis-server')
  const server = spawn(command, ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    env: {...process.env, ...env},
    stdio: 'ignore',
  })
  cleanUps.push(() => server.kill('SIGKILL'))
  const answers = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
  await expect.poll(answers).toBe(true)
  return server
}

async function stopRedis(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGKILL')
  await gone
}

describe('with a real Redis', () => {
  it('keeps values for their TTL', async () => {
    const port = await freePort()
    await startRedis(port)
    const {cache} = openCache(port)
    await expect.poll(() => cache.ping()).toMatchObject({status: 'up'})
    expect(await cache.get('k')).toEqual({outcome: 'miss'})
    expect(await cache.set('k', 'v', 2)).toEqual({outcome: 'stored'})
    expect(await cache.get('k')).toEqual({outcome: 'hit', value: 'v'})
    await expect.poll(() => cache.get('k')).toEqual({outcome: 'miss'})
  })

  it('comes back by itself after Redis was gone, with one line for each change', async () => {
    const port = await freePort()
    const first = await startRedis(port)
    const {cache, log} = openCache(port)
    await expect.poll(() => cache.ping()).toMatchObject({status: 'up'})
    await stopRedis(first)
    await expect.poll(() => cache.get('k')).toMatchObject({outcome: 'unavailable'})
    await delay(700)
    await startRedis(port)
    await expect.poll(() => cache.get('k')).toEqual({outcome: 'miss'})
    expect(messages(log)).toEqual([UP, DOWN, UP])
  })

  it('a Redis that hangs costs one deadline, then nothing, and is used again when it answers', async () => {
    const port = await freePort()
    const server = await startRedis(port)
    const {cache, log} = openCache(port)
    await expect.poll(() => cache.ping()).toMatchObject({status: 'up'})
    server.kill('SIGSTOP')
    const timed = async (): Promise<number> => {
      const start = performance.now()
      expect(await cache.get('k')).toMatchObject({outcome: 'unavailable'})
      return performance.now() - start
    }
    expect(await timed()).toBeGreaterThan(200)
    // A busy machine may be away for a moment in any of them.
    const later = [await timed(), await timed(), await timed(), await timed(), await timed()]
    expect(Math.min(...later)).toBeLessThan(100)
    expect(await cache.ping()).toEqual({status: 'down', reason: 'Command timed out'})
    server.kill('SIGCONT')
    await expect.poll(() => cache.get('k')).toEqual({outcome: 'miss'})
    expect(messages(log)).toEqual([UP, DOWN, UP])
  })
})
