import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {SERVICE_VERSION, readConfig} from '../../../../service/api/src/config.js'

describe('the configuration', () => {
  it('has a default for everything, faults off', () => {
    expect(readConfig({})).toEqual({
      environment: 'development',
      logLevel: 'debug',
      port: 8000,
      redisUrl: 'redis://redis:6379',
      recommendationCacheTtlSeconds: 300,
      shutdownGraceSeconds: 1.5,
      version: SERVICE_VERSION,
    })
  })

  it('takes an empty variable, as Compose passes it, for an unset one', () => {
    expect(readConfig({PORT: '', LOG_LEVEL: ' ', FAULTS: '', REDIS_URL: ''})).toEqual(readConfig({}))
  })

  it('opens the fault switches only when told so, on loopback', () => {
    expect(readConfig({FAULTS: 'enabled'}).faults).toEqual({host: '127.0.0.1', port: 8001})
    expect(readConfig({FAULTS: 'disabled', FAULTS_PORT: '9'}).faults).toBeUndefined()
    expect(() => readConfig({FAULTS: 'yes'})).toThrow('FAULTS is "yes"; it must be one of enabled, disabled')
  })

  it.each([
    [{PORT: 'http'}, 'PORT is "http"; it must be a number from 0 to 65535'],
    [{PORT: '70000'}, 'PORT is "70000"'],
    [{APP_ENV: 'prod'}, 'APP_ENV is "prod"; it must be one of development, staging, production'],
    [{LOG_LEVEL: 'verbose'}, 'LOG_LEVEL is "verbose"'],
    [{RECOMMENDATION_CACHE_TTL: '0'}, 'RECOMMENDATION_CACHE_TTL is "0"'],
  ])('refuses %j', (variables, message) => {
    expect(() => readConfig(variables)).toThrow(message)
  })

  it('refuses a Redis URL without repeating the password in it', () => {
    expect(() => readConfig({REDIS_URL: 'http://u:hunter2@redis'})).toThrow(/^REDIS_URL must look like/)
  })

  it('has the version of the package', () => {
    const manifest = readFileSync(new URL('../../../../service/api/package.json', import.meta.url), 'utf8')
    expect((JSON.parse(manifest) as {version: string}).version).toBe(SERVICE_VERSION)
  })
})
