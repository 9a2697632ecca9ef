import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {personMeant} from '../../../../src/domain/oncall/person-meant.js'

function person(name: string, handles: Partial<Record<'email' | 'slack' | 'pagerduty', string>> = {}) {
  return {name, email: null, slack: null, pagerduty: null, ...handles}
}

const TEAM = [
  person('João', {email: 'joao.silva@x.test', slack: 'U012AB3CD'}),
  person('Bia Costa', {email: 'bia@x.test', pagerduty: 'PBIA01'}),
  person('Ana Lima', {email: 'ana@x.test'}),
  person('Ana Souza', {email: 'souza@x.test'}),
  person("Dara O'Neil-Núñez"),
]

describe('a person of the rota', () => {
  it.each([
    ['João', 'João'],
    ['joao', 'João'],
    ['JOÃO', 'João'],
    ['Joa\u0303o', 'João'],
    ['joao.silva@x.test', 'João'],
    ['joao.silva', 'João'],
    ['u012ab3cd', 'João'],
    ['@bia', 'Bia Costa'],
    ['PBIA01', 'Bia Costa'],
    ['bia  costa ', 'Bia Costa'],
    ['costa', 'Bia Costa'],
    ['nunez', "Dara O'Neil-Núñez"],
    ['lima', 'Ana Lima'],
    // A mail address names one person where a first name names two.
    ['ana', 'Ana Lima'],
    ['souza', 'Ana Souza'],
  ])('is meant by %j: %s', (typed, name) => {
    for (const mayBegin of [false, true]) expect(personMeant(TEAM, typed, mayBegin)).toEqual({kind: 'one', name})
  })

  it('may be meant by a beginning, where it must be somebody', () => {
    for (const [typed, name] of [
      ['jo', 'João'],
      ['bi', 'Bia Costa'],
      ['ana s', 'Ana Souza'],
      ['dara o', "Dara O'Neil-Núñez"],
    ] as const) {
      expect(personMeant(TEAM, typed, true)).toEqual({kind: 'one', name})
      expect(personMeant(TEAM, typed, false)).toEqual({kind: 'nobody'})
    }
    expect(personMeant(TEAM, 'an', true)).toEqual({kind: 'several', names: ['Ana Lima', 'Ana Souza']})
  })

  it('is not chosen among several, unless one of them is called just so', () => {
    const [, , lima, souza] = TEAM
    const noHandles = [lima, souza].map((one) => person(one?.name ?? ''))
    expect(personMeant(noHandles, 'ana', false)).toEqual({kind: 'several', names: ['Ana Lima', 'Ana Souza']})
    expect(personMeant([...noHandles, person('Ana')], 'ANA', true)).toEqual({kind: 'one', name: 'Ana'})
    expect(personMeant([person('Ana'), person('Aná')], 'Aná', true)).toEqual({kind: 'one', name: 'Aná'})
    expect(personMeant([person('Ana'), person('Aná')], 'ANA', true)).toEqual({kind: 'several', names: ['Ana', 'Aná']})
  })

  it.each(['', ' ', '\u0301', 'carla', '@', 'x.test', 'null'])('is not meant by %j', (typed) => {
    expect(personMeant(TEAM, typed, true)).toEqual({kind: 'nobody'})
  })

  it('is always meant by their own name, whatever the others are called', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({minLength: 1}).filter((name) => /[a-z0-9]/i.test(name)),
          {minLength: 1},
        ),
        (names) => {
          const people = names.map((name) => person(name.trim()))
          for (const {name} of people) expect(personMeant(people, name, false)).toEqual({kind: 'one', name})
        },
      ),
    )
  })
})
