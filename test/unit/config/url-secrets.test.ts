import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, it} from 'vitest'
import {loadConfig} from '../../../src/config/load.js'
import {configuredParameters, secretValues, shortSecrets} from '../../../src/config/secrets.js'
import {masker} from '../../../src/domain/secrets/masker.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-url-secrets-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

const ENVIRONMENT = {
  HOST: 'api',
  PROBE: 'pr0be-value',
  PASSWORD: 'hunter22',
  METRICS_TOKEN: 'tok-123456',
  SHORT: 'abc12',
}

async function config(text: string) {
  writeFileSync(join(directory, 'faci.yml'), `service: shop\ncompose: {}\n${text}`)
  return loadConfig({directory, file: undefined, environment: ENVIRONMENT})
}

it('what stands in the URLs of faci.yml is hidden: credentials everywhere, values of parameters where they are parameters', async () => {
  const loaded = await config(
    [
      'health:',
      '  api: {url: "http://${HOST}:8000/health?deep=yes&t=${PROBE}"}',
      'prometheus: {url: "http://ana:${PASSWORD}@prometheus:9090"}',
      'alertmanager: {url: "http://alertmanager:9093/x/${METRICS_TOKEN}"}',
    ].join('\n'),
  )
  const {mask, learnParameter} = masker(secretValues(loaded, ENVIRONMENT))
  for (const {name, value} of configuredParameters(loaded)) learnParameter(name, value)
  expect(mask(loaded.health['api']?.url ?? '')).toBe('http://api:8000/health?deep=***&t=***')
  expect(mask('api says yes, hunter22 and tok-123456')).toBe('api says yes, *** and ***')
  expect(mask('http://ana:hunter22@prometheus:9090/graph?g0.expr=up&g0.tab=1')).toBe(
    'http://***@prometheus:9090/graph?g0.expr=up&g0.tab=1',
  )
})

it('secrets that are too short to be hidden surely are named, without their values', async () => {
  const loaded = await config(
    'prometheus: {url: "http://p:9090", headers: {Authorization: "env:SHORT", X-Other: "env:PASSWORD", X-None: "env:UNSET"}}',
  )
  expect(shortSecrets(loaded, ENVIRONMENT)).toEqual(['env:SHORT'])
})
