import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import {describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {failureOf} from '../../src/cli/process/failure.js'
import {FaciError} from '../../src/domain/errors.js'
import type {Result} from '../../src/domain/result.js'
import type {HealthReport} from '../../src/domain/stack/health.js'
import type {ErrorDocument} from '../../src/render/json/documents.js'
import {envelope, errorEnvelope} from '../../src/render/json/envelope.js'
import {runEventDocuments} from '../support/documents/run-events.js'
import {DOCUMENTS} from '../support/documents/documents.js'
import {NOW} from '../support/documents/stack.js'
import {type Schema, schemaPaths, type SchemaPaths, valuesAt} from '../support/schema-paths.js'

function errorDocuments(): Promise<readonly ErrorDocument[]> {
  const errors = [new FaciError('locked', 'ana holds it', {suggestions: ['wait']}), new TypeError('boom')]
  return Promise.resolve(errors.map((error) => errorEnvelope(failureOf(error, 'faci --help', false))))
}

const SAMPLES: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
  ...DOCUMENTS,
  error: errorDocuments,
  'run-event': runEventDocuments,
}
const NAMES = Object.keys(SAMPLES).sort()

const SCHEMAS = join(repositoryRoot, 'src', 'render', 'json', 'schemas')
const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/

/** Paths that no result of today has, and why they are there. */
const NEVER_SEEN: Readonly<Record<string, string>> = {
  'notice data.notice.incident.pageStays?': 'only the end of an incident says it',
  'notice data.notice.facts[]': 'runs add facts to a notice; one that a person writes has none',
  'notice data.notice.facts[].name': 'as above',
  'notice data.notice.facts[].value': 'as above',
  'notice data.notice.facts[].slackMember?': 'as above',
  'notice data.notice.paged?': 'only an escalation pages people',
  'notice data.notice.paged?[]': 'as above',
  'notice data.notice.paged?[].name': 'as above',
  'notice data.notice.paged?[].email': 'as above',
  'notice data.notice.paged?[].slack': 'as above',
  'notice data.notice.paged?[].pagerduty': 'as above',
  'notice data.notice.insteadOf?':
    'what a person posts is sent as it is; the outbox makes what goes to the fallback channel',
  'notice data.notice.insteadOf?.channel': 'as above',
  'notice data.notice.insteadOf?.id': 'as above',
  'notice data.notice.besides?': 'as above',
  'notice data.notice.besides?[]': 'as above',
  'notice data.notice.folds?': 'as above',
  'notice data.notice.folds?[]': 'as above',
  'incident-handover data.incidents[].page.why':
    'whose page an incident is, is one type for all documents; `incident` has all of it',
  'incident-handover data.incidents[].page.holder': 'as above',
  'postmortem data.incident.page.by': 'as above',
  'postmortem data.incident.page.key': 'as above',
  'postmortem data.incident.page.receiver': 'as above',
  'postmortem data.incident.page.alert': 'as above',
  'postmortem data.incident.page.others': 'as above',
  'postmortem data.incident.page.why': 'as above',
  'postmortem data.incident.page.holder': 'as above',
  'status data.incidents.value[].page.by': 'as above',
  'status data.incidents.value[].page.key': 'as above',
  'status data.incidents.value[].page.receiver': 'as above',
  'status data.incidents.value[].page.alert': 'as above',
  'status data.incidents.value[].page.others': 'as above',
  'status data.incidents.value[].page.why': 'as above',
  'status data.incidents.value[].page.holder': 'as above',
  'status data.health.reason': 'a probe that fails is an answer; the section has the type of all others',
  'status data.unreadable.reason': 'as above',
}

/**
 * Within a reason or a deed: one vocabulary for all places, of which not every member comes everywhere. That each has its words is what
 * test/unit/render/words looks at.
 */
const OF_REASONS =
  /\.(?:how|skipped|nothing|detail|takenFrom|problems\[\]|why\??|reason(?:s?\[\])?|found\[\]|deeds\[\]|(?:alertD|d)oubts\[\])\..+$|\.gate\.word$/

/** Objects whose keys come from outside: the only ones that may be something else than camelCase. */
const KEYS_FROM_OUTSIDE: Readonly<Record<string, string>> = {
  annotations: 'of a Prometheus alert',
  labels: 'Prometheus labels',
  replicas: 'names of Compose services',
  kept: 'as replicas',
  inputs: 'names that a runbook declares',
  captured: 'names that a runbook gives',
  burnRates: 'windows of burn rates, 5m to 3d',
}

/** Numbers without a unit, and what they are. */
const UNITLESS: Readonly<Record<string, readonly string[]>> = {
  counts: [
    'atMostCharacters',
    'attempt',
    'attempts',
    'characters',
    'containers',
    'count',
    'entries',
    'matched',
    'processes',
    'openActions',
    'reopenings',
    'replicas',
    'restartCount',
    'retries',
    'samples',
    'wanted',
    ...['bad', 'falseAlarms', 'left', 'points'],
  ],
  'counts of what is in the store': ['files', 'notices', 'onFallback', 'runs'],
  'counts of alerts': ['alerts', 'expected', 'failed', 'firings', 'flaps', 'others', 'records', 'sent'],
  'counts of an escalation': ['steps'],
  'of an imported rota': ['before', 'every', 'overrides', 'rotations'],
  'counts of what is in logs': ['lines', 'withoutDuration', 'withoutLevel', 'withoutStatus'],
  'more counts': ['running', 'serverErrors', 'then', 'tornLines', 'total', '*'],
  'time on call, as people count it': ['hours', 'nights', 'weekendDays'],
  'names and places': ['number', 'column', 'exitCode', 'line', 'replica', 'status', 'step', 'hundreds'],
  'a share that statistics calls so': ['quantile'],
  'shares and events of an objective': [
    ...['objective', 'sli', 'good', 'coverage', 'consumed', 'remaining', 'spent'],
    ...['budgetCoverage', 'weekAgoCoverage'],
    ...['fewestEvents', 'longBurn', 'shortBurn'],
  ],
  'minutes of outage that a budget allows': ['totalMinutes', 'consumedMinutes', 'remainingMinutes'],
  'in the unit beside it, or of the expression': [
    'target',
    'threshold',
    'value',
    'values',
    'factor',
    'from',
    'to',
    'hourAgo',
    'dayAgo',
    'weekAgo',
  ],
}
const UNIT = /(?:Seconds|Bytes|Cores|Ratio|PerSecond)$|^(?:seconds|bytes|cores|ratio)$/

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), 'utf8')) as Schema
}

function keyOf(path: string): string {
  return (path.split('.').at(-1) ?? '').replace(/(?:\[\]|\?)+$/, '')
}

/** As a program reads it: what JSON cannot say is lost by now. */
async function printed(name: string): Promise<readonly unknown[]> {
  return JSON.parse(JSON.stringify(await SAMPLES[name]?.())) as readonly unknown[]
}

function everyPath(): readonly (readonly [string, SchemaPaths, string])[] {
  return NAMES.flatMap((name) => {
    const paths = schemaPaths(readSchema(name))
    return [...paths.keys()].map((path) => [path, paths, name] as const)
  })
}

describe('what --json prints', () => {
  it('has a schema for each document and no other', () => {
    expect(readdirSync(SCHEMAS).sort()).toEqual(NAMES.map((name) => `${name}.schema.json`).sort())
  })

  it.each(NAMES)('is valid by its schema: %s', async (name) => {
    const ajv = new Ajv({allErrors: true, strict: true, allowUnionTypes: true})
    ajv.addFormat('date-time', ISO_UTC)
    const validate = ajv.compile(readSchema(name))
    for (const document of await printed(name)) {
      validate(document)
      expect(validate.errors ?? [], JSON.stringify(document)).toEqual([])
    }
  })

  it.each(NAMES)('has no part that no result ever has: %s', async (name) => {
    const paths = schemaPaths(readSchema(name))
    const seen = new Set((await printed(name)).flatMap((document) => valuesAt(document, paths).map(([path]) => path)))
    const unseen = [...paths.keys()].filter(
      (path) => !seen.has(path) && !path.startsWith('warnings?') && !OF_REASONS.test(path),
    )
    const expected = Object.keys(NEVER_SEEN).filter((one) => one.startsWith(`${name} `))
    expect(unseen.map((path) => `${name} ${path}`)).toEqual(expected)
  })

  it('takes no name that is no document, and no data of another shape', () => {
    const health: Result<HealthReport> = {verdict: 'healthy', data: {endpoints: []}}
    // @ts-expect-error -- there is no such document
    expect(envelope('helth', health, NOW).schema).toBe('faci.helth/v1')
    // @ts-expect-error -- these are the data of another document
    expect(envelope('stats', health, NOW).schema).toBe('faci.stats/v1')
    expect(envelope('health', health, NOW).schema).toBe('faci.health/v1')
  })
})

describe('conventions of --json', () => {
  it('keys are camelCase, except those from outside', () => {
    const odd = everyPath().filter(([path]) => !/^(?:[a-z][a-zA-Z0-9]*|\*)$/.test(keyOf(path)))
    expect(odd.map(([path, , name]) => `${name} ${path}`)).toEqual([])
  })

  it('keys come from outside only where that is said, and everywhere it is said', () => {
    const open = everyPath().filter(([path]) => path.endsWith('.*'))
    const parents = new Set(open.map(([path]) => keyOf(path.slice(0, -2))))
    expect([...parents].sort()).toEqual(Object.keys(KEYS_FROM_OUTSIDE).sort())
  })

  it('numbers say their unit, or are counts and names', () => {
    const numbers = everyPath().filter(([path, paths]) => paths.get(path)?.has('number') === true)
    const bare = new Set(numbers.map(([path]) => keyOf(path)).filter((key) => !UNIT.test(key)))
    expect([...bare].sort()).toEqual(Object.values(UNITLESS).flat().sort())
  })

  it('moments are ISO 8601 and are called so', () => {
    const named = everyPath().filter(([path]) => /^(?:at|since)$|At$/.test(keyOf(path)))
    expect(named.length).toBeGreaterThan(10)
    const others = named.filter(([path, paths]) => paths.get(path)?.has('date-time') !== true)
    expect(others.map(([path, , name]) => `${name} ${path}`)).toEqual([])
  })

  it.each(NAMES)(
    'ratios are between 0 and 1, durations finite and no text is a moment in disguise: %s',
    async (name) => {
      const paths = schemaPaths(readSchema(name))
      for (const [path, value] of (await printed(name)).flatMap((document) => valuesAt(document, paths))) {
        const types = paths.get(path) ?? new Set()
        if (/ratio$/i.test(keyOf(path)) && value !== null) expect(value, path).toSatisfy(isRatio)
        if (/seconds$/i.test(keyOf(path)) && value !== null) expect(value, path).toBeGreaterThanOrEqual(0)
        if (typeof value === 'string' && ISO_UTC.test(value)) expect([...types], path).toContain('date-time')
      }
    },
  )
})

function isRatio(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}
