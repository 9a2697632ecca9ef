import {describe, expect, it} from 'vitest'
import {priorityOf} from '../../../../src/domain/incidents/priority-of.js'

const alert = (severity: string | null, priority: string | null = null) => ({severity, priority})

describe('how grave an incident of alerts is', () => {
  it.each([
    {what: 'critical', alerts: [alert('critical')], priority: 'P0'},
    {what: 'warning', alerts: [alert('warning')], priority: 'P1'},
    {what: 'info', alerts: [alert('info')], priority: 'P2'},
    {what: 'in capitals', alerts: [alert('INFO')], priority: 'P2'},
    {what: 'a word of somebody else', alerts: [alert('page')], priority: 'P1'},
    {what: 'not said', alerts: [alert(null)], priority: 'P1'},
    {what: 'no alert at all', alerts: [], priority: 'P1'},
    {what: 'a name that every object has', alerts: [alert('info'), alert('constructor')], priority: 'P1'},
    {what: 'what its priority says, before its severity', alerts: [alert('critical', 'P2')], priority: 'P2'},
    {what: 'a priority in small letters', alerts: [alert('info', 'p0')], priority: 'P0'},
    {what: 'its severity, where its priority is nonsense', alerts: [alert('info', 'P9')], priority: 'P2'},
    {what: 'the gravest of several', alerts: [alert('info'), alert('critical'), alert('warning')], priority: 'P0'},
    {what: 'an unknown one beside a mild one', alerts: [alert('info'), alert('page')], priority: 'P1'},
  ])('$what', ({alerts, priority}) => {
    expect(priorityOf(alerts)).toBe(priority)
  })
})
