import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {silenceAlerts} from '../../../../src/usecases/alerts/silence-alerts.js'
import {fakeAlertRules} from '../../../support/fakes/alert-rules.js'
import {anAlert, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakePrompt} from '../../../support/fakes/prompt.js'
import {alertRule} from '../../../support/lint-deps.js'
import {silencingDeps, silencingInput} from '../../../support/silencing.js'

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'
const FIRING = anAlert({labels: {alertname: 'APIDown', instance: 'api-1:8000'}})
const OTHER = anAlert({name: 'Slow', severity: 'warning', labels: {alertname: 'Slow', instance: 'api-2:8000'}})
const world = () => fakeAlerts([FIRING, OTHER])

describe('silencing', () => {
  it('tells Alertmanager what, until when, by whom and why', async () => {
    const alerts = world()
    const {verdict, data} = await silenceAlerts(silencingDeps({alerts}), silencingInput({yes: true}))
    expect(verdict).toBe('ok')
    expect(data.silenceId).toBe('silence-1')
    expect(alerts.wishes).toEqual([
      {
        id: null,
        matchers: [{label: 'alertname', operator: '=', value: 'APIDown'}],
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: '2026-01-01T02:00:00.000Z',
        createdBy: 'ana',
        comment: "Ana's deploy",
      },
    ])
    expect(data.plan.covers.map(({name}) => name)).toEqual(['APIDown'])
  })

  it('takes matchers beside the name, or instead of it', async () => {
    const alerts = world()
    const covers = async (name: string | null, ...matchers: readonly string[]) => {
      const result = await silenceAlerts(silencingDeps({alerts}), silencingInput({name, matchers, dryRun: true}))
      return result.data.plan.covers.map((alert) => alert.name)
    }
    expect(await covers(null, 'instance=~"api-.*"')).toEqual(['APIDown', 'Slow'])
    expect(await covers('APIDown', 'instance=~"api-2.*"')).toEqual([])
    expect(await covers(null, 'instance=~api-2.*', 'severity=""')).toEqual(['Slow'])
  })

  it('takes no expression that Alertmanager would not', async () => {
    const silence = silenceAlerts(silencingDeps({alerts: world()}), silencingInput({matchers: ['instance=~"(?=a)"']}))
    await expect(silence).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/^--matcher: "\(\?=a\)" is not a valid regular expression: /) as string,
      suggestions: expect.arrayContaining([`--matcher 'instance=~"api-.*"'`]) as string[],
    })
  })

  it('changes nothing without consent, and says what would be accepted', async () => {
    const alerts = world()
    const deps = silencingDeps({alerts})
    const {verdict, data} = await silenceAlerts(deps, silencingInput({matchers: ['instance=~"a.*"']}))
    expect(verdict).toBe('refused')
    expect(data.refusal?.accept).toBe(
      String.raw`faci alerts silence APIDown --matcher 'instance=~"a.*"' --for 2h --comment 'Ana'\''s deploy' --yes`,
    )
    expect(deps.shown).toEqual([data.plan])
    expect(alerts.wishes).toEqual([])
  })

  it('asks where there is a terminal, and takes no for an answer', async () => {
    const asked = async (answer: string) => {
      const deps = silencingDeps({alerts: world(), prompt: fakePrompt([answer])})
      return (await silenceAlerts(deps, silencingInput({}))).verdict
    }
    expect(await asked('y')).toBe('ok')
    expect(await asked('n')).toBe('refused')
  })

  it('says plainly what is critical in production, whether it fires or is only defined, and wants it confirmed', async () => {
    const cautions = async (environment: string, name: string | null, ...matchers: readonly string[]) => {
      const alertRules = fakeAlertRules([alertRule('DiskFull'), alertRule('Idle', {severity: 'info'})])
      const deps = silencingDeps({alerts: world(), alertRules})
      const production = environment === 'production'
      const result = await silenceAlerts(deps, silencingInput({environment, production, name, matchers, dryRun: true}))
      return result.data.plan.cautions.filter((text) => text.includes('critical'))
    }
    expect(await cautions('production', 'APIDown')).toEqual(['it silences critical alerts in PRODUCTION: APIDown'])
    expect(await cautions('production', 'DiskFull')).toEqual(['it silences critical alerts in PRODUCTION: DiskFull'])
    expect(await cautions('production', null, 'severity=critical')).toHaveLength(1)
    expect(await cautions('production', 'Idle')).toEqual([])
    expect(await cautions('staging', 'APIDown')).toEqual([])
    const refused = await silenceAlerts(
      silencingDeps({alerts: world()}),
      silencingInput({environment: 'production', production: true, yes: true}),
    )
    expect(refused.data.refusal?.accept).toMatch(/--yes --confirm production$/)
  })

  it('points out that nothing is covered, and what was probably meant', async () => {
    const cautions = async (name: string) => {
      const deps = silencingDeps({alerts: world()})
      return (await silenceAlerts(deps, silencingInput({name, dryRun: true}))).data.plan.cautions
    }
    expect(await cautions('APIDwn')).toEqual(['it matches no active alert: did you mean `APIDown`?'])
    expect(await cautions('Unrelated')).toEqual(['it matches no active alert'])
  })

  it('takes no name that is nearly that of a rule, and silences nothing', async () => {
    const alertRules = fakeAlertRules([alertRule('APIDown'), alertRule('DiskFull')])
    const alerts = fakeAlerts([])
    const silenced = silenceAlerts(silencingDeps({alerts, alertRules}), silencingInput({name: 'DiskFul', yes: true}))
    await expect(silenced).rejects.toMatchObject({
      code: 'notFound',
      message: 'no alert is called DiskFul: did you mean `DiskFull`?',
      correction: {typed: 'DiskFul', meant: 'DiskFull'},
      suggestions: [expect.stringContaining('--matcher')],
    })
    expect(await alerts.silences()).toEqual([])
    const other = silencingInput({name: 'OfAnotherTeam', yes: true})
    const {verdict, data} = await silenceAlerts(silencingDeps({alerts, alertRules}), other)
    expect(verdict).toBe('ok')
    expect(data.plan.cautions).toEqual(['it matches no active alert, and no rule is called OfAnotherTeam'])
  })

  it('cautions who silences the alert that proves that alerts arrive', async () => {
    const deps = silencingDeps({alerts: fakeAlerts([anAlert({name: 'Watchdog', labels: {alertname: 'Watchdog'}})])})
    const {data} = await silenceAlerts(deps, silencingInput({name: 'Watchdog', dryRun: true}))
    expect(data.plan.cautions).toEqual([expect.stringMatching(/^Watchdog always fires, to prove that alerts arrive/)])
  })

  it('does without rule files that cannot be read', async () => {
    const alertRules = {
      ...fakeAlertRules([]),
      read: () => Promise.reject(new FaciError('configInvalid', 'no such file')),
    }
    const deps = silencingDeps({alerts: world(), alertRules})
    expect((await silenceAlerts(deps, silencingInput({yes: true}))).verdict).toBe('ok')
  })

  it.each([
    ['longer than a week', {durationSeconds: 7 * 86_400 + 1}, 'a silence can last 7d at most'],
    ['no time', {durationSeconds: 0}, 'at least 1 s'],
    ['no reason', {comment: '  '}, 'say why'],
    ['nothing', {name: null}, 'name an alert, or select alerts with --matcher'],
    ['everything', {name: null, matchers: ['a=~".*"']}, 'this would silence every alert'],
  ])('refuses %s', async (_, over, message) => {
    const silencing = silenceAlerts(silencingDeps({alerts: world()}), silencingInput({yes: true, ...over}))
    await expect(silencing).rejects.toMatchObject({code: 'usage', message: expect.stringContaining(message) as string})
  })

  it('is refused where only looking is allowed, except for a dry run', async () => {
    const silencing = silenceAlerts(silencingDeps({alerts: world()}), silencingInput({yes: true, readOnly: true}))
    await expect(silencing).rejects.toMatchObject({code: 'refused'})
    const dry = await silenceAlerts(silencingDeps({alerts: world()}), silencingInput({readOnly: true, dryRun: true}))
    expect(dry.verdict).toBe('ok')
  })
})

describe('silencing inside a run', () => {
  it('asks nobody, is short, and says in its comment whose it is', async () => {
    const alerts = world()
    const deps = silencingDeps({alerts})
    await deps.leases.take('shop', {reason: 'runbook api-down', runId: RUN})
    await deps.leases.keepFor(4242, 'token-1')
    const {data} = await silenceAlerts(deps, silencingInput({runToken: 'token-1'}))
    expect(data.plan).toMatchObject({runId: RUN, endsAt: '2026-01-01T00:05:00.000Z'})
    expect(alerts.wishes[0]).toMatchObject({
      endsAt: '2026-01-01T00:05:00.000Z',
      comment: `Ana's deploy [faci run ${RUN} until 2026-01-01T02:00:00.000Z]`,
    })
    expect(deps.shown).toEqual([])
  })

  it('is refused with a token that is not the run’s', async () => {
    const alerts = world()
    const silencing = silenceAlerts(silencingDeps({alerts}), silencingInput({runToken: 'forged'}))
    await expect(silencing).rejects.toMatchObject({code: 'refused'})
    expect(alerts.wishes).toEqual([])
  })
})
