import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {repositoryRoot} from '../../service/stack/repository.js'
import {parseRunbook} from '../../src/formats/runbook/parse-runbook.js'

const SCHEMA = join(repositoryRoot, 'src', 'formats', 'runbook', 'front-matter.schema.json')
const RUNBOOKS = join(repositoryRoot, 'runbooks')

const ajv = new Ajv2020({allErrors: true, strict: true, allowUnionTypes: true})
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)

/** Whether the schema takes it, and whether faci does. */
function judgements(frontMatter: string): {readonly schema: boolean; readonly faci: boolean} {
  const read = parseRunbook('x', 'x.md', `---\n${frontMatter}\n---\n`)
  return {schema: validate(parse(frontMatter)), faci: read.kind === 'valid'}
}

const shipped = readdirSync(RUNBOOKS).filter((file) => file.endsWith('.md') && file !== 'README.md')

describe('the JSON Schema of the front matter', () => {
  it.each(shipped)('takes that of %s', (file) => {
    const [, frontMatter = ''] = /^---\n([^]*?)\n---\n/.exec(readFileSync(join(RUNBOOKS, file), 'utf8')) ?? []
    validate(parse(frontMatter))
    expect(validate.errors ?? []).toEqual([])
  })

  it.each([
    'title: x',
    'title: 3\nowner: true',
    'severity: info',
    'alerts: [A, \'B{c="d"}\']',
    'timeout: 0',
    'timeout: 1h30m\nreviewEvery: 90d',
    'timeout: 500ms',
    'inputs: {a: {}, b_2: {default: 100, oneOf: [100, 200]}, c: {secret: true, from: "env:C"}}',
    'resolved: {all: [{health: api}, {http: "http://x/"}, {http: "http://x/", expect: 200}, {promql: up, expect: ">= 1"}]}',
    'resolved: {within: 5m, hold: 5s, every: 1s, all: [{health: api}]}',
  ])('takes what faci takes: %s', (frontMatter) => {
    expect(judgements(frontMatter)).toEqual({schema: true, faci: true})
  })

  it.each([
    'titel: x',
    'title: [x]',
    'severity: bad',
    'alerts: APIDown',
    'services: {api: 1}',
    'timeout: 5',
    'timeout: 5 minutes',
    'timeout: 5s1m',
    'inputs: {A: {}}',
    'inputs: {a: {defualt: x}}',
    'inputs: {a: {secret: yes}}',
    'inputs: {a: {secret: true}}',
    'inputs: {a: {secret: true, from: "env:A", default: x}}',
    'inputs: {a: {from: vault}}',
    'resolved: {}',
    'resolved: {all: []}',
    'resolved: {all: [{}]}',
    'resolved: {all: [{health: api, expect: 2xx}]}',
    'resolved: {all: [{health: api, http: "http://x/"}]}',
    'resolved: {all: [{promql: up}]}',
    'resolved: {withn: 5m, all: [{health: api}]}',
  ])('refuses what faci refuses: %s', (frontMatter) => {
    expect(judgements(frontMatter)).toEqual({schema: false, faci: false})
  })
})
