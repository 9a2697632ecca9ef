import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {consentHash, whyNotApproved} from '../../../../src/domain/execution/consent-hash.js'
import type {RunPlan} from '../../../../src/domain/execution/plan.js'
import {aDiagnosis, aMitigation, aPlan, aRollback} from '../../../support/runbook-builder.js'

/** Everything that consent is to; each text is its own, so that each can be changed alone. */
const FIELDS = [
  ...['name', 'source', 'before', 'language', 'attributes', 'body', 'rollback', 'input', 'inputName', 'secret'],
  ...['file', 'digest', 'service', 'project', 'engine', 'environment'],
] as const
type Fields = Readonly<Record<(typeof FIELDS)[number], string>>

const fields = fc.record(Object.fromEntries(FIELDS.map((name) => [name, fc.string({unit: 'binary', maxLength: 12})])))

function planOf(given: Fields, production = false): RunPlan {
  const restart = aMitigation('restart', {body: given.body, attributes: given.attributes})
  const before = aDiagnosis('look', {body: given.before, attributes: given.language})
  return aPlan([before, restart, aRollback('undo', 'restart', {body: given.rollback})], {
    runbook: {name: given.name, source: given.source},
    inputs: {values: {[`i${given.inputName}`]: given.input, token: 'hunter2'}, secrets: ['token', given.secret]},
    consent: {environment: given.environment, production},
    ground: {
      service: given.service,
      project: given.project,
      engineId: given.engine,
      uses: [{file: given.file, digest: given.digest, isText: true}],
    },
  })
}

function hashOf(plan: RunPlan): string | null {
  return consentHash(plan, {id: 'restart'})
}

describe('what consent is bound to', () => {
  it('any one thing that changes makes it another hash, of 128 bits', () => {
    fc.assert(
      fc.property(
        fields,
        fc.constantFrom(...FIELDS),
        fc.string({unit: 'binary', minLength: 1}),
        (given, name, more) => {
          const before = given as Fields
          const after = {...before, [name]: before[name] + more}
          expect(hashOf(planOf(before))).toMatch(/^[0-9a-f]{32}$/)
          expect(hashOf(planOf(after))).not.toBe(hashOf(planOf(before)))
        },
      ),
    )
  })

  it('what moves from one field into its neighbour is another hash', () => {
    fc.assert(
      fc.property(fields, fc.constantFrom(...FIELDS), fc.constantFrom(...FIELDS), (given, from, to) => {
        const before = given as Fields
        fc.pre(from !== to && before[from] !== '')
        const after = {...before, [from]: before[from].slice(1), [to]: before[to] + before[from].slice(0, 1)}
        expect(hashOf(planOf(after))).not.toBe(hashOf(planOf(before)))
      }),
    )
  })

  it('the guards of production, and another block, are another hash', () => {
    const given = Object.fromEntries(FIELDS.map((name) => [name, name])) as Fields
    expect(hashOf(planOf(given, true))).not.toBe(hashOf(planOf(given)))
    expect(consentHash(planOf(given), {id: 'undo'})).not.toBe(hashOf(planOf(given)))
  })

  it('the order of inputs, of secrets and of files does not matter, nor a secret value', () => {
    const values = {a: '1', b: '2', token: 'x', pin: 'y'}
    const uses = [
      {file: 'a.sh', digest: '1', isText: true},
      {file: 'b.sh', digest: '2', isText: true},
    ]
    const ground = {service: 's', project: 'p', engineId: 'e', uses}
    const one = aPlan([aMitigation('restart')], {inputs: {values, secrets: ['token', 'pin']}, ground})
    const other = aPlan([aMitigation('restart')], {
      inputs: {values: {pin: '1234', token: 'z', b: '2', a: '1'}, secrets: ['pin', 'token']},
      ground: {...ground, uses: uses.toReversed()},
    })
    expect(hashOf(other)).toBe(hashOf(one))
  })

  it('there is none where the engine does not tell which it is', () => {
    const ground = {service: 's', project: 'p', engineId: null, uses: []}
    expect(hashOf(aPlan([aMitigation('restart')], {ground}))).toBeNull()
  })
})

describe('why an approval is not taken', () => {
  it('is said of each kind', () => {
    expect(whyNotApproved('39676df1ba0f', 'x')).toContain('12 characters')
    expect(whyNotApproved('0'.repeat(32), 'x')).toContain('not what was approved')
    expect(whyNotApproved('0'.repeat(32), null)).toContain('does not tell its id')
  })
})
