import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {re2jsPatterns as rules} from '../../../../src/adapters/re2/re2js-patterns.js'
import {alertInputs} from '../../../../src/domain/runbook/alert-inputs.js'
import {resolveInputs, valueProblem} from '../../../../src/domain/runbook/inputs.js'
import type {AlertFacts} from '../../../../src/domain/alerts/alert-facts.js'
import type {InputDeclaration} from '../../../../src/domain/runbook/runbook.js'

const alert = (labels: Record<string, string>, annotations: Record<string, string> = {}): AlertFacts => ({
  ...{name: 'APIDown', labels, annotations},
})
const input = (name: string, over: Partial<InputDeclaration> = {}): InputDeclaration => ({
  ...{name, default: null, oneOf: null, pattern: null, fromAlert: false, secret: false, source: null},
  ...over,
})
const open = (name: string, over: Partial<InputDeclaration> = {}): InputDeclaration =>
  input(name, {fromAlert: true, pattern: '[a-z ]+', ...over})
const taken = (
  alerts: readonly AlertFacts[],
  declared: readonly InputDeclaration[],
  sourced: Readonly<Record<string, string>> = {},
) => alertInputs(alerts, declared, {sourced, rules})

describe('inputs from alerts', () => {
  it('are the labels of their names, else the annotations, where the input says fromAlert', () => {
    const one = alert({service: 'api', window: '5m'}, {service: 'x', summary: 'is down'})
    expect(taken([one], [open('service'), open('summary'), open('toString'), input('window')])).toEqual({
      inputs: {service: 'api', summary: 'is down'},
      ignored: ['label window=5m ignored: input `window` has no fromAlert'],
    })
  })

  it('leave out what is not allowed, secret, or not agreed on, and say so', () => {
    const alerts = [
      alert({service: 'api', zone: 'a', token: 'x', shard: 'a1\n'}, {note: 'a\0'}),
      alert({service: 'api', zone: 'b'}),
    ]
    const declared = [
      open('service', {oneOf: ['redis']}),
      open('zone'),
      open('token', {secret: true}),
      open('shard', {pattern: '[a-z][0-9]'}),
      open('note'),
    ]
    expect(taken(alerts, declared)).toEqual({
      inputs: {},
      ignored: [
        'label service=api ignored: input `service` must be one of redis',
        'label zone=a, b ignored: the alerts do not agree on input `zone`',
        'label token=x ignored: input `token` is secret',
        'label shard=a1\n ignored: input `shard` must match [a-z][0-9]',
        'annotation note=a\0 ignored: input `note` holds a NUL character',
      ],
    })
  })

  it("come after the input's own source", () => {
    const declared = [open('admin_url', {pattern: '.*', source: {from: 'env', name: 'ADMIN_URL'}})]
    const attacked = [alert({admin_url: 'http://attacker/'})]
    expect(taken(attacked, declared, {admin_url: 'http://admin/'})).toEqual({
      inputs: {},
      ignored: ['label admin_url=http://attacker/ ignored: input `admin_url` comes from env:ADMIN_URL'],
    })
    expect(taken(attacked, declared).inputs).toEqual({admin_url: 'http://attacker/'})
  })

  it('never bring a value into a run that its declaration does not allow, nor instead of one from elsewhere', () => {
    const value = fc.constantFrom('api', 'redis', 'x', 'http://attacker/', '')
    const declaration = fc.record({
      fromAlert: fc.boolean(),
      oneOf: fc.constantFrom(null, ['api', 'redis']),
      pattern: fc.constantFrom(null, '[a-z]+'),
    })
    const maybe = fc.option(value, {nil: null})
    fc.assert(
      fc.property(declaration, value, maybe, maybe, (over, label, typed, sourced) => {
        const source = {from: 'env', name: 'A'} as const
        const declared = [input('a', {...over, source, default: 'api'})]
        const context = {sourced: {a: sourced}, rules}
        const {inputs} = alertInputs([alert({a: label})], declared, context)
        const given = {...inputs, ...(typed === null ? {} : {a: typed})}
        const resolved = resolveInputs(declared, {...context, given, environmentNames: new Set()})
        const isAllowed = over.fromAlert && valueProblem(input('a', over), label, rules) === null
        const expected = typed ?? sourced ?? (isAllowed ? label : 'api')
        if (resolved.ok) expect(resolved.inputs.values['a']).toBe(expected)
        else expect(valueProblem(input('a', over), expected, rules)).not.toBeNull()
      }),
    )
  })
})

describe('the value of an input', () => {
  it.each([
    [{oneOf: ['a', 'b']}, 'c', 'must be one of a, b'],
    [{pattern: '[0-9]+'}, '12x', 'must match [0-9]+'],
    [{pattern: '[0-9]+'}, '12', null],
    [{pattern: '.*'}, 'a\nb', null],
    [{pattern: 'regex'}, '/a|/b', null],
    [{pattern: 'regex'}, '(a', 'must be a regular expression: missing closing ): `(a`'],
    [{pattern: 'regex'}, '(?=a)', 'must be a regular expression: invalid or unsupported Perl syntax: `(?=`'],
    [{}, 'a\0', 'holds a NUL character'],
  ])('under %j, %j: %s', (over, value, said) => {
    expect(valueProblem(input('x', over), value, rules)).toBe(said)
  })
})
