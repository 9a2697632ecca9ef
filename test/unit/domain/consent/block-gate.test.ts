import {describe, expect, it} from 'vitest'
import {acceptedCommand} from '../../../../src/domain/execution/accepted-command.js'
import {type Confirm, type Consent, decideGate} from '../../../../src/domain/consent/block-gate.js'
import {aMitigation, aPlan, CONSENT} from '../../../support/runbook-builder.js'

const decide = (confirm: Confirm, consent: Partial<Consent>): string =>
  decideGate(aMitigation('m', {confirm}), {...CONSENT, yes: false, ...consent}).kind

const YES = {yes: true}
const APPROVED = {approved: new Set(['m'])}
const TTY = {attended: true}

describe('a gate', () => {
  it.each<readonly [Confirm, string, Partial<Consent>, string]>([
    ['default', 'development', {}, 'refuse'],
    ['default', 'development', YES, 'open'],
    ['default', 'development', APPROVED, 'open'],
    ['default', 'development', TTY, 'ask'],
    ['always', 'development', YES, 'refuse'],
    ['always', 'development', {...YES, ...TTY}, 'ask'],
    ['always', 'development', APPROVED, 'open'],
    ['production', 'development', {}, 'open'],
    ['never', 'development', {}, 'open'],
    ['default', 'production', YES, 'refuse'],
    ['default', 'production', {...YES, confirmed: true}, 'open'],
    ['default', 'production', {...YES, ...TTY}, 'ask'],
    ['default', 'production', {...YES, ...TTY, confirmed: true}, 'open'],
    ['always', 'production', {...APPROVED, confirmed: true}, 'open'],
    ['always', 'production', {...YES, confirmed: true}, 'refuse'],
    ['production', 'production', {...YES, confirmed: true}, 'refuse'],
    ['production', 'production', {...YES, ...TTY}, 'ask'],
    ['never', 'production', {}, 'refuse'],
    ['never', 'production', {confirmed: true}, 'open'],
  ])('confirm=%s in %s with %o: %s', (confirm, environment, consent, expected) => {
    expect(decide(confirm, {environment, production: environment === 'production', ...consent})).toBe(expected)
  })

  it.each<readonly [Confirm, string, string | null]>([
    ['default', 'development', null],
    ['always', 'development', 'm'],
    ['default', 'production', 'production'],
    ['always', 'production', 'production'],
    ['production', 'production', 'production'],
  ])('confirm=%s in %s wants typed: %s', (confirm, environment, word) => {
    const consent = {...CONSENT, yes: false, ...TTY, environment, production: environment === 'production'}
    expect(decideGate(aMitigation('m', {confirm}), consent)).toEqual({kind: 'ask', word})
  })

  it('the accepted command is one that a shell takes', () => {
    const blocks = [aMitigation('restart'), aMitigation('recreate', {confirm: 'always'})]
    const plan = aPlan(blocks, {force: true, consent: {environment: 'Prod', production: true}})
    const [restart = aMitigation('x'), recreate = aMitigation('y')] = blocks
    expect(acceptedCommand(plan, {resumed: null, inputs: {}}, blocks, [restart])).toBe(
      'faci runbook api-down --force --rollback never --yes --confirm Prod',
    )
    expect(acceptedCommand(plan, {resumed: null, inputs: {note: "it's\n"}}, blocks, [recreate])).toMatch(
      /^faci runbook api-down --input \$'note=it\\'s\\n' --force --rollback never --yes --approve recreate@[0-9a-f]{32} --confirm Prod$/,
    )
  })
})
