import {expect, it} from 'vitest'
import {wrongThings} from '../../../../src/domain/check/check-report.js'
import {incidentsItem} from '../../../../src/domain/check/incidents-item.js'
import {unknownItem} from '../../../../src/domain/check/daily-items.js'
import {withoutReminded} from '../../../../src/domain/check/reminded-findings.js'
import type {ListedAction} from '../../../../src/domain/incidents/incident-report.js'
import {shownIncident} from '../../../../src/domain/incidents/incident.js'
import {anOpening, aRecord} from '../../../support/builders/incident-record.js'

const NOW = new Date('2026-12-28T06:00:00.000Z')
const {facts} = aRecord(anOpening())
const incident = (handle: string) => shownIncident({...facts, handle}, {P0: 1800, P1: 7200, P2: 86_400})
const item = (...handles: readonly string[]) => incidentsItem(handles.map(incident), [], NOW)
const ACTION: ListedAction = {
  ...{
    incident: 'INC-7',
    title: 'API down',
    number: 2,
    text: 'add an alert',
    owner: null,
    state: 'open',
    addedAt: NOW.toISOString(),
  },
  ...{dueAt: NOW.toISOString(), isOverdue: true},
}

it('what a reminder says is told by nothing else, and everything else stays', () => {
  const [left] = withoutReminded([item('INC-7', 'INC-8')], ['INC-7'])
  expect(left).toEqual(item('INC-8'))
  const more = incidentsItem([incident('INC-7')], [ACTION], NOW)
  expect(withoutReminded([more], ['INC-7'])).toEqual([incidentsItem([], [ACTION], NOW)])
  const unseen = unknownItem('incidents', 'cannot be read')
  expect(withoutReminded([unseen, item('INC-70')], ['INC-7'])).toEqual([unseen, item('INC-70')])
})

it('nothing is left to tell where a reminder says it all', () => {
  const left = withoutReminded([item('INC-7'), item()], ['INC-7'])
  expect([left, wrongThings(left)]).toEqual([[item()], ''])
})
