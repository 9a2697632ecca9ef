import {describe, expect, it} from 'vitest'
import {openRota} from '../../../../src/domain/oncall/open-rota.js'
import type {WrittenMoment} from '../../../../src/domain/oncall/rota.js'
import {onCallAt} from '../../../../src/domain/oncall/shifts.js'
import {anOverride, aRota, wall} from '../../../support/builders/rota.js'

const at = (text: string, zone: string | null = null, plusMs = 0): WrittenMoment => ({wall: wall(text), zone, plusMs})

describe('openRota', () => {
  const written = {...aRota(), timezone: 'America/New_York'}

  it('reads wall times by the clocks of the rota, or of the zone that is named', () => {
    const absences = [
      {person: 'Ana', reason: null, from: at('2026-07-01T00:00'), to: at('2026-07-02T00:00')},
      {person: 'Ana', reason: null, from: at('2026-07-01T00:00', 'UTC'), to: at('2026-07-01T00:00', 'UTC', 3_600_000)},
    ]
    const rota = openRota({...written, overrides: [], absences})
    expect(rota.absences.map(({start, end}) => [start, end])).toEqual([
      [Date.parse('2026-07-01T04:00Z'), Date.parse('2026-07-02T04:00Z')],
      [Date.parse('2026-07-01T00:00Z'), Date.parse('2026-07-01T01:00Z')],
    ])
  })

  it('leaves out what clocks skip altogether', () => {
    const override = {person: 'Bia', replaces: null, from: at('2026-03-08T02:30'), to: at('2026-03-08T03:00')}
    expect(openRota({...written, absences: [], overrides: [override]}).overrides).toEqual([])
  })

  it('lets what was decided later cover what is written', () => {
    const override = {person: 'Bia', replaces: null, from: at('2026-01-06T00:00'), to: at('2026-01-07T00:00')}
    const later = {overrides: [anOverride('Cai', '2026-01-06T12:00Z', '2026-01-06T13:00Z')]}
    const rota = openRota({...written, absences: [], overrides: [override]}, later)
    expect(onCallAt(rota, Date.parse('2026-01-06T12:30Z'))?.person).toBe('Cai')
    expect(onCallAt(rota, Date.parse('2026-01-06T13:30Z'))?.person).toBe('Bia')
  })

  it('refuses a zone that Node.js does not know', () => {
    expect(() => openRota({...written, overrides: [], absences: [], timezone: 'Mars/Olympus'})).toThrow('Mars/Olympus')
  })
})
