import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {postmortemName} from '../../../../src/domain/postmortem/postmortem-name.js'
import type {IncidentEntry, IncidentEvent} from '../../../../src/domain/incidents/incident-event.js'
import {incidentRecord} from '../../../../src/domain/incidents/incident-record.js'
import {peopleOf, redactor} from '../../../../src/domain/postmortem/redact.js'

const person = (letter: string): string => `person ${letter}`

describe('a copy without names', () => {
  it('has the same words for the same person, however it is written', () => {
    const redact = redactor(['ana@vm (unverified)', 'Bia Souza', 'caio'], person)
    expect(redact('ana@vm (unverified): Ana asked Bia Souza; BIA said caio, not anagram')).toBe(
      'person A: person A asked person B; person B said person C, not anagram',
    )
    expect(redact('ana@shop.com, @caio and <@U024BE7LH> told @davi; davi heard')).toBe(
      'person A, person C and person D told person E; davi heard',
    )
  })

  it('has a letter for everybody', () => {
    const names = Array.from({length: 60}, (_, index) => `p${String(index)}q`)
    const redact = redactor(names, person)
    expect([redact('p0q'), redact('p25q'), redact('p26q'), redact('p53q')]).toEqual([
      ...['person A', 'person Z', 'person AA', 'person BB'],
    ])
  })

  it('holds no known name, whatever the name holds, and never fails', () => {
    const name = fc
      .string({minLength: 1, maxLength: 12, unit: 'grapheme'})
      .filter((one) => /^[\p{L}.*+?()[\]{}|^$\\/-]+$/u.test(one))
    fc.assert(
      fc.property(fc.array(name, {minLength: 1, maxLength: 4}), (names) => {
        const redact = redactor(names, () => '#')
        for (const one of names) expect(redact(`by ${one}, then`)).not.toContain(` ${one},`)
      }),
    )
  })

  it('leaves a text without people as it is', () => {
    expect(redactor([], person)('redis at 10.0.0.1:6379 > 5 % / 3')).toBe('redis at 10.0.0.1:6379 > 5 % / 3')
  })
})

describe('who had to do with an incident', () => {
  it('is also whoever was paged, and whose shift changed', () => {
    const at = '2026-11-30T22:00:00.000Z'
    const events: readonly IncidentEvent[] = [
      {
        ...{kind: 'incident.opened', happenedAt: at, handle: 'INC-1', title: 'API down', severity: 'P0', services: []},
        ...{alerts: [], impact: null, startedAt: null, detectedAt: at, runId: null},
      },
      {
        ...{kind: 'incident.escalated', happenedAt: at, round: 0, step: 1, why: 'paged'},
        ...{people: ['Bia'], notices: []},
      },
      {
        ...{kind: 'oncall.changed', happenedAt: at, act: 'take', override: 'x', isAsPlanned: true},
        changes: [{start: at, end: at, before: null, after: 'Caio'}],
      },
    ]
    const entries = events.map((event, sequence): IncidentEntry => ({...event, id: '', sequence, at, by: 'ana@vm'}))
    const record = incidentRecord('01', entries)
    expect(record && peopleOf(record, [])).toEqual(['ana', 'ana@vm', 'Bia', 'Caio'])
  })
})

describe('the name of a post-mortem', () => {
  it.each([
    ['API down', 'INC-7-api-down.md'],
    ['A busca não responde: ação!', 'INC-7-a-busca-nao-responde-acao.md'],
    ['../../etc/passwd', 'INC-7-etc-passwd.md'],
    [']]><script>\u001b[31m<!channel>|', 'INC-7-script-31m-channel.md'],
    ['検索', 'INC-7-incident.md'],
    ['x'.repeat(300), `INC-7-${'x'.repeat(40)}.md`],
  ])('of %s', (title, name) => {
    expect(postmortemName('INC-7', title)).toBe(name)
  })
})
