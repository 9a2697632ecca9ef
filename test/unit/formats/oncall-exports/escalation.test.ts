import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {toRota} from '../../../../src/config/oncall.js'
import {oncallSchema} from '../../../../src/config/oncall-schema.js'
import {readDocument} from '../../../../src/config/read-document.js'
import {grafana, opsgenie, PAGERDUTY_POLICY, pagerDuty} from '../../../support/oncall-exports/exports.js'
import {roundTrip} from '../../../support/oncall-exports/round-trip.js'

const OTHERS = {
  escalation_policy: {
    name: 'Others',
    escalation_rules: [{escalation_delay_in_minutes: 5, targets: [{id: 'PELSE', type: 'schedule_reference'}]}],
  },
}
const opsgenieRule = (recipient: object) => ({data: [{name: 'Chain', rules: [{condition: 'if-not-acked', recipient}]}]})
const grafanaStep = (schedule: string) => ({
  results: [
    {id: 'E1', escalation_chain_id: 'F1', position: 0, type: 'wait', duration: 60},
    {id: 'E2', escalation_chain_id: 'F1', position: 1, notify_on_call_from_schedule: schedule},
  ],
})

async function kindsOf(value: unknown): Promise<readonly string[]> {
  const {report, verdict} = await roundTrip(value)
  return [verdict, ...report.findings.map(({kind}) => kind)]
}

describe('an export without escalation', () => {
  it.each([
    ['PagerDuty', pagerDuty()],
    ['PagerDuty, with a policy of another schedule', [pagerDuty(), OTHERS]],
    ['PagerDuty, of a schedule without an id', [pagerDuty({id: null}), PAGERDUTY_POLICY]],
    ['Opsgenie', opsgenie()],
    ['Opsgenie, with one of another schedule', [opsgenie(), opsgenieRule({type: 'schedule', id: 'x', name: 'Else'})]],
    ['Grafana OnCall', grafana()],
    ['Grafana OnCall, with one of another schedule', [grafana(), grafanaStep('SELSE')]],
  ])('is told, and has a comment with what to write: %s', async (_, value) => {
    expect(await kindsOf(value)).toEqual(['ok', 'noEscalation'])
    const {yaml} = await roundTrip(value)
    const [written, , ...rest] = yaml.split(/(^# the file holds no escalation of .*\n)/m)
    const text = `${written ?? ''}${rest.join('').replaceAll(/^# /gm, '')}`
    const environment = {environment: {}, variables: {}}
    const {data} = await readDocument({file: 'oncall.yml', text, schema: oncallSchema}, environment)
    expect(toRota(data, 'UTC').escalation).toEqual([
      {notify: {kind: 'current'}, withinSeconds: 900},
      {notify: {kind: 'everyone'}, withinSeconds: 900},
    ])
  })

  it.each([
    ['Opsgenie', [opsgenie(), opsgenieRule({type: 'schedule', name: 'shop_schedule'})]],
    ['Opsgenie, of people', [opsgenie(), opsgenieRule({type: 'user', id: 'x'})]],
    ['Grafana OnCall', [grafana(), grafanaStep('S1')]],
  ])('is not one whose escalation is left out: %s', async (_, value) => {
    expect(await kindsOf(value)).toEqual(['bad', 'chain'])
    expect((await roundTrip(value)).yaml).toContain('# escalation:\n')
  })

  it('is none that has one', async () => {
    const {yaml, report} = await roundTrip([pagerDuty(), PAGERDUTY_POLICY])
    expect([report.findings, yaml.includes('# escalation')]).toEqual([[], false])
  })
})

const TARGETS = {
  current: {id: 'PSCHED1', type: 'schedule_reference', summary: 'Shop'},
  person: {id: 'PUSER03', type: 'user_reference', summary: 'Caio Lima'},
  other: {id: 'PELSE', type: 'schedule_reference', summary: 'Second line'},
} as const
type Target = keyof typeof TARGETS

async function steps(rules: readonly (readonly [Target, number])[]) {
  const escalation_rules = rules.map(([target, minutes]) => ({
    ...{escalation_delay_in_minutes: minutes, targets: [TARGETS[target]]},
  }))
  const {rota, report} = await roundTrip([
    pagerDuty(),
    {escalation_policy: {id: 'P', name: 'Shop', num_loops: 0, escalation_rules}},
  ])
  return {taken: rota?.escalation ?? [], findings: report.findings}
}

describe('a step of an escalation that is left out', () => {
  it('leaves its time to the step before', async () => {
    const {taken, findings} = await steps([
      ['current', 5],
      ['other', 30],
      ['person', 10],
    ])
    expect(taken.map(({withinSeconds}) => withinSeconds)).toEqual([35 * 60, 600])
    expect(findings.map(({kind, name, before}) => [kind, name, before])).toEqual([
      ['step', 'step 2', 1],
      ['stepWait', 'step 2', 1],
    ])
  })

  it('is told to be sooner where it was the first', async () => {
    const {taken, findings} = await steps([
      ['other', 10],
      ['current', 5],
      ['other', 7],
    ])
    expect(taken.map(({withinSeconds}) => withinSeconds)).toEqual([300])
    expect(findings.map(({kind, detail}) => [kind, detail])).toEqual([
      ['step', 'Second line'],
      ['stepEarlier', '600'],
      ['step', 'Second line'],
    ])
  })

  it('has everybody else notified when they were, or that much sooner than is told', async () => {
    const rule = fc.tuple(fc.constantFrom<Target[]>('current', 'person', 'other'), fc.integer({min: 1, max: 90}))
    await fc.assert(
      fc.asyncProperty(fc.array(rule, {maxLength: 8}), async (before) => {
        const rules = [...before, ['current', 5] as const]
        const {taken, findings} = await steps(rules)
        let at = 0
        const there = rules.flatMap(([target, minutes]) => {
          at += minutes * 60
          return target === 'other' ? [] : [at - minutes * 60]
        })
        const sooner = findings.flatMap(({kind, detail}) => (kind === 'stepEarlier' ? [Number(detail)] : []))
        let here = sooner.reduce((sum, one) => sum + one, 0)
        const notified = taken.map(({withinSeconds}) => (here += withinSeconds) - withinSeconds)
        expect(notified).toEqual(there)
      }),
      {numRuns: 60},
    )
  })
})
