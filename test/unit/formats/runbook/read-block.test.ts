import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {ALL_LANGUAGES, type BlockRole, languagesFor} from '../../../../src/domain/runbook/block-languages.js'
import {createProblemList} from '../../../../src/formats/runbook/problem-list.js'
import {readBlock} from '../../../../src/formats/runbook/read-block.js'
import {ROLES} from '../../../../src/formats/runbook/vocabulary.js'

const BODIES: Readonly<Record<string, string>> = {http: 'GET http://localhost:8000/health'}

function read(language: string, role: BlockRole) {
  const problems = createProblemList()
  const info = `${language} {${role}}`
  const fence = {
    kind: 'fence',
    info,
    infoColumn: 4,
    line: 1,
    column: 1,
    body: BODIES[language] ?? 'true',
    columns: [1],
    closed: true,
  } as const
  return {block: readBlock(fence, problems)?.block ?? null, rules: problems.all().map(({rule}) => rule)}
}

describe('the language of a block', () => {
  it.each(ROLES.flatMap((role) => ALL_LANGUAGES.map((language) => [language, role] as const)))(
    '%s {%s} is what was written, or no block',
    (language, role) => {
      const {block, rules} = read(language, role)
      const isTaken = languagesFor(role).some((one) => one === language)
      expect([block?.language ?? null, rules]).toEqual(isTaken ? [language, []] : [null, ['language']])
    },
  )

  it('that is not in the table makes no block of any role: nothing is run as sh by default', () => {
    const word = fc
      .stringMatching(/^[a-z][a-z0-9]{0,8}$/)
      .filter((one) => !(ALL_LANGUAGES as readonly string[]).includes(one))
    fc.assert(
      fc.property(word, fc.constantFrom(...ROLES), (language, role) => {
        const {block, rules} = read(language, role)
        expect([block, rules]).toEqual([null, ['language']])
      }),
    )
  })
})
