import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {alertBoard} from '../../../../src/domain/alerts/alert-board.js'
import type {Alert} from '../../../../src/domain/alerts/alert.js'
import {type CheckItem, type CheckReport, wrongThings} from '../../../../src/domain/check/check-report.js'
import {alertsItem, budgetItem, trendsItem} from '../../../../src/domain/check/daily-items.js'
import {knownTargetsQuery} from '../../../../src/domain/signals/known-targets.js'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Result} from '../../../../src/domain/result.js'
import type {SignalTrend} from '../../../../src/domain/signals/signals-report.js'
import type {Remembered} from '../../../../src/ports/last-notified-findings.js'
import type {Sample} from '../../../../src/domain/promql/sample.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import {checkText} from '../../../../src/render/check/check.js'
import {wordedCheck} from '../../../../src/render/check/worded-check.js'
import {checkJunit} from '../../../../src/render/junit/check.js'
import {ENGLISH} from '../../../../src/render/words/words.js'
import {notifyCheck, type NotifyCheckDeps} from '../../../../src/usecases/check/notify-check.js'
import {runDailyCheck} from '../../../../src/usecases/check/run-daily-check.js'
import {CHECK_INPUT, checkDeps, NOTIFY_INPUT, notifyDeps} from '../../../support/documents/check.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {anAlert, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakeLastNotifiedFindings} from '../../../support/fakes/last-notified-findings.js'
import {fakeEngine} from '../../../support/fakes/engine.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {aLoadedRule, fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'
import {DOWN, fakeNotifier, UNANSWERED} from '../../../support/fakes/notifier.js'
import {readXml} from '../../../support/xml.js'

const gone = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'it cannot be reached'))
const only = {...CHECK_INPUT, slos: null}
const aBoard = (active: readonly Alert[]) =>
  alertBoard(
    {hasAlertmanager: true, sent: {active, silences: []}, rules: null, relabeling: null, failures: []},
    re2jsPatterns,
  )

/** As the screen has them. */
const worded = (checked: Result<CheckReport>) => wordedCheck(checked).data
const said = (item: CheckItem) => ENGLISH.check.item(item)

describe('runDailyCheck', () => {
  it('has a line for each part that is configured, and names the rest', async () => {
    const checked = await runDailyCheck(checkDeps({metrics: null}), CHECK_INPUT)
    const {data} = checked
    expect(data.items.map(({name, verdict}) => [name, verdict])).toEqual([
      ['services', 'ok'],
      ['health', 'ok'],
      ['alerts', 'ok'],
    ])
    expect(data.notConfigured.map(({name}) => name)).toEqual(['trends', 'budget', 'dashboards'])
    expect(worded(checked).notConfigured).toEqual([
      'trends (`prometheus`)',
      'error budgets (`prometheus`, `slos`)',
      'dashboards (`prometheus`)',
    ])
  })

  it('is bad when something is wrong, whatever else is unknown', async () => {
    const deps = checkDeps({prober: fakeHttp(() => 'unreachable'), metrics: {...fakeMetrics({}), query: gone}})
    const checked = await runDailyCheck(deps, CHECK_INPUT)
    expect(checked.verdict).toBe('bad')
    expect(worded(checked).items.find(({name}) => name === 'trends')).toMatchObject({
      verdict: 'unknown',
      summary: 'it cannot be reached',
    })
  })

  it('is unknown, never ok, when Prometheus cannot say whether an alert fires', async () => {
    const checked = await runDailyCheck(checkDeps({metrics: null, rules: {alerts: gone, relabeling: gone}}), only)
    expect(worded(checked).items.find(({name}) => name === 'alerts')).toMatchObject({
      ...{verdict: 'unknown', summary: 'cannot all be seen', details: ['it cannot be reached']},
    })
  })

  it('is unknown, never ok, when something could not be looked at, or nothing was', async () => {
    const away = await runDailyCheck(checkDeps({metrics: null, alerts: {...fakeAlerts([]), active: gone}}), only)
    expect(away.verdict).toBe('unknown')
    const engine = {...fakeEngine(), containers: gone}
    const blind = await runDailyCheck(checkDeps({metrics: null, alerts: null, rules: null, engine}), {
      ...only,
      endpoints: [],
    })
    expect(blind).toMatchObject({verdict: 'unknown', data: {items: [{name: 'services', verdict: 'unknown'}]}})
  })

  it('agrees with status on a service without a container, and on a project that is not there', async () => {
    const stackModel = aStackModel(['api', 'worker'])
    const missing = await runDailyCheck(checkDeps({stackModel}), only)
    expect(missing.verdict).toBe('bad')
    expect(worded(missing).items[0]).toMatchObject({
      ...{verdict: 'bad', subjects: ['worker has no container']},
      details: ['worker down: no container → faci up worker'],
    })
    const absent = await runDailyCheck(checkDeps({engine: fakeEngine()}), only)
    expect(worded(absent).items[0]).toMatchObject({verdict: 'bad', summary: 'project faciliauto has no containers'})
  })

  it('does not know yet of what is only starting, or when nobody tells what should run', async () => {
    const starting = fakeEngine([aContainer({health: 'starting'})])
    const http = fakeHttp(() => 503)
    const soon = await runDailyCheck(checkDeps({engine: starting, prober: http}), only)
    expect(worded(soon).items[0]).toMatchObject({verdict: 'unknown', summary: 'api is unknown'})
    const blind = await runDailyCheck(checkDeps({stackModel: {model: gone}}), only)
    expect(blind.data.items[0]?.verdict).toBe('unknown')
  })
})

describe('a service that has only Compose and Prometheus', () => {
  const bare = {...CHECK_INPUT, endpoints: [], slos: null}
  const TARGETS = knownTargetsQuery(CHECK_INPUT.signals.scope)
  const deps = (over: Parameters<typeof checkDeps>[0]) => checkDeps({alerts: null, rules: fakeLoadedRules([]), ...over})
  const known = fakeMetrics({[TARGETS]: [{labels: {}, value: 1}]})
  /** Each expression's answer by how long ago it is asked about, in days. */
  const byDay = (answer: (expression: string, day: number) => readonly Sample[]): Metrics => ({
    ...known,
    query: (expression, {at = CHECK_INPUT.signals.at} = {}) => {
      const day = Math.floor((CHECK_INPUT.signals.at - at) / 86_400)
      const samples = expression === TARGETS ? [{labels: {}, value: 1}] : answer(expression, day)
      return Promise.resolve({kind: 'vector', samples, warnings: [], notes: []})
    },
  })
  const signal = (name: string, value = 0.1) => ({labels: {signal: name}, value})

  it('is well, whatever Prometheus does not measure of it: that is no item', async () => {
    const checked = await runDailyCheck(deps({metrics: known}), bare)
    expect(checked.verdict).toBe('ok')
    expect(checked.data.items.map(({name, verdict}) => [name, verdict])).toEqual([['services', 'ok']])
    expect(checked.data.notConfigured.map(({name}) => name)).toEqual(['health', 'alerts', 'budget'])
    expect(checked.data.notMeasured).toEqual(['trends', 'dashboards'])
    expect(checkText(wordedCheck(checked), PLAIN)).toContain(
      'no metrics of this service in Prometheus: trends, dashboards',
    )
  })

  it('is unknown while Prometheus does not reach it, or has only begun to', async () => {
    const checked = await runDailyCheck(deps({metrics: fakeMetrics({})}), bare)
    expect(checked.verdict).not.toBe('ok')
    expect(checked.data.items.find(({name}) => name === 'trends')?.verdict).toBe('unknown')
  })

  it('counts what is measured, and only that', async () => {
    const checked = await runDailyCheck(deps({metrics: byDay(() => [signal('latencyP95')])}), bare)
    const trends = checked.data.items.find(({name}) => name === 'trends')
    expect(trends).toMatchObject({verdict: 'ok', summary: {why: 'signalsWell', count: 1}})
    const hot = await runDailyCheck(deps({metrics: byDay(() => [signal('latencyP95', 0.99)])}), bare)
    expect(hot.verdict).toBe('bad')
  })

  it.each([1, 7])('misses what was measured %i days ago', async (day) => {
    const metrics = byDay((_, ago) => (ago === day ? [signal('latencyP95'), signal('traffic')] : []))
    const checked = await runDailyCheck(deps({metrics}), bare)
    expect(checked.data.items.find(({name}) => name === 'trends')?.verdict).toBe('unknown')
    expect(checked.data.items.find(({name}) => name === 'dashboards')?.verdict).toBe('bad')
  })

  it('has the alerts that Prometheus finds, where it has rules', async () => {
    const alert = {
      labels: {alertname: 'APIDown'},
      annotations: {},
      state: 'firing',
      since: '2026-11-23T06:00:00.000Z',
    } as const
    const rules = fakeLoadedRules([aLoadedRule({alerts: [{...alert, activeSeconds: 1800, value: 1}]})])
    const firing = await runDailyCheck(deps({metrics: known, rules}), bare)
    expect(firing.data.items.find(({name}) => name === 'alerts')).toMatchObject({
      ...{verdict: 'bad', identities: ['APIDown']},
    })
    const quiet = await runDailyCheck(deps({metrics: known, rules: fakeLoadedRules([aLoadedRule()])}), bare)
    expect(quiet).toMatchObject({verdict: 'ok'})
    expect(quiet.data.items.map(({name}) => name)).toEqual(['services', 'alerts'])
    const away = await runDailyCheck(deps({metrics: known, rules: {alerts: gone, relabeling: gone}}), bare)
    expect(away.verdict).toBe('unknown')
  })

  it('is well with Compose alone', async () => {
    const checked = await runDailyCheck(checkDeps({metrics: null, alerts: null, rules: null}), bare)
    expect([checked.verdict, checked.data.items.map(({name}) => name)]).toEqual(['ok', ['services']])
  })
})

describe('the items', () => {
  it('count an alert that fires, not one that is silenced, nor the watchdog', () => {
    expect(alertsItem(aBoard([anAlert({name: 'Watchdog'}), anAlert({state: 'suppressed'})])).verdict).toBe('ok')
    const item = alertsItem(aBoard([anAlert({name: 'APIDown', runbook: 'api-down'})]))
    expect(item.verdict).toBe('bad')
    expect(said(item)).toMatchObject({
      ...{summary: 'APIDown', details: [expect.stringContaining('→ faci runbook api-down')]},
    })
  })

  it('counts one that relabeling drops neither as wrong nor as silenced', () => {
    const [alert] = aBoard([anAlert({state: 'suppressed'})]).alerts
    const dropped = {...aBoard([]), alerts: alert === undefined ? [] : [{...alert, delivery: 'dropped' as const}]}
    expect([dropped.alerts.length, alertsItem(dropped)]).toMatchObject([
      1,
      {verdict: 'ok', summary: {why: 'noneFires', silenced: 0}},
    ])
  })

  const signal = (over: Partial<SignalTrend>): SignalTrend => ({
    ...{name: 'latencyP95', title: 'latency p95', group: 'latency', unit: 'seconds', good: 'below', verdict: 'healthy'},
    ...{
      reading: {kind: 'value', value: 0.4},
      target: 0.5,
      hourAgo: null,
      dayAgo: 0.1,
      weekAgo: 0.1,
      parts: [],
      query: '',
    },
    ...over,
  })

  it.each([
    ['far worse than a day and a week ago, near its target', signal({}), 'bad'],
    ['only worse than a day ago', signal({weekAgo: 0.39}), 'ok'],
    ['worse, and far from its target', signal({reading: {kind: 'value', value: 0.2}}), 'ok'],
    ['never seen before', signal({dayAgo: null, weekAgo: null}), 'ok'],
    ['over its target', signal({verdict: 'degraded'}), 'bad'],
    ['without traffic', signal({reading: {kind: 'noTraffic'}}), 'ok'],
    ['without data', signal({reading: {kind: 'noData'}, verdict: 'unknown'}), 'unknown'],
    [
      'traffic that fell',
      signal({
        name: 'traffic',
        title: 'traffic',
        reading: {kind: 'value', value: 4},
        target: null,
        dayAgo: 10,
        weekAgo: 12,
      }),
      'bad',
    ],
    [
      'traffic that grew',
      signal({
        name: 'traffic',
        title: 'traffic',
        reading: {kind: 'value', value: 40},
        target: null,
        dayAgo: 10,
        weekAgo: 12,
      }),
      'ok',
    ],
  ] as const)('judge a signal %s', (_, one, verdict) => {
    expect(trendsItem([one]).verdict).toBe(verdict)
  })

  it('say once why no panel can be asked, whatever their number', async () => {
    const deps = checkDeps({metrics: {...fakeMetrics({}), query: gone, queryRange: gone}})
    const {items} = worded(await runDailyCheck(deps, CHECK_INPUT))
    expect(items.find(({name}) => name === 'dashboards')).toMatchObject({
      ...{verdict: 'unknown', summary: 'it cannot be reached', details: []},
    })
  })

  it('name three on their line, and all of them below it', () => {
    const alerts = (count: number) =>
      alertsItem(aBoard(Array.from({length: count}, (_, index) => anAlert({name: `A${String(index)}`}))))
    expect(said(alerts(4)).summary).toBe('A0, A1, A2, A3')
    expect(said(alerts(5)).summary).toBe('A0, A1, A2 and 2 more')
    expect(alerts(5).identities).toEqual(['A0', 'A1', 'A2', 'A3', 'A4'])
    expect(said(alerts(5)).details).toHaveLength(5)
  })

  it('take no objective for met that is not known', () => {
    expect(budgetItem([]).verdict).toBe('ok')
  })
})

describe('notifyCheck', () => {
  const wrong = (name: string) => runDailyCheck(checkDeps({metrics: null, alerts: fakeAlerts([anAlert({name})])}), only)
  const well = () => runDailyCheck(checkDeps({metrics: null}), only)

  it('tells only what is wrong, and only once until it changes', async () => {
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    const told = async (result: Awaited<ReturnType<typeof wrong>>) =>
      (await notifyCheck(deps, result, NOTIFY_INPUT)).data.notice?.status ?? null
    expect([
      await told(await well()),
      await told(await wrong('APIDown')),
      await told(await wrong('APIDown')),
      await told(await wrong('HighErrorRate')),
      await told(await well()),
      await told(await wrong('APIDown')),
    ]).toEqual([null, 'delivered', null, 'delivered', null, 'delivered'])
    const [first] = notifier.posts
    expect(first?.notice).toMatchObject({title: 'Daily check: faciliauto', severity: 'warning', operator: 'cron'})
    expect(first?.notice.body).toContain('**active alerts**: APIDown')
    expect(first?.notice.body.match(/APIDown/g), first?.notice.body).toHaveLength(1)
    expect(first?.notice.body).not.toContain('health')
  })

  it('tells it once when two check at the same time', async () => {
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    const result = await wrong('APIDown')
    await Promise.all([notifyCheck(deps, result, NOTIFY_INPUT), notifyCheck(deps, result, NOTIFY_INPUT)])
    expect(notifier.posts).toHaveLength(1)
  })

  it('delivers the next time what could not be, and does not write it anew', async () => {
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    const told = async () => (await notifyCheck(deps, await wrong('APIDown'), NOTIFY_INPUT)).data.notice
    notifier.failNext(DOWN)
    expect(await told()).toMatchObject({status: 'pending', reason: DOWN.reason})
    expect(await told()).toMatchObject({status: 'pending'})
    deps.clock.advance(30)
    notifier.failNext(DOWN)
    expect(await told()).toMatchObject({status: 'pending'})
    deps.clock.advance(60)
    expect(await deps.outbox.pending()).toHaveLength(1)
    expect(await told()).toMatchObject({status: 'delivered'})
    expect(await told()).toBeNull()
    expect(await deps.outbox.pending()).toEqual([])
    expect(notifier.posts).toHaveLength(1)
  })

  it('names five of many in a notice, and says where the rest is', async () => {
    const notifier = fakeNotifier()
    const alerts = fakeAlerts(Array.from({length: 7}, (_, index) => anAlert({name: `A${String(index)}`})))
    const checked = await runDailyCheck(checkDeps({metrics: null, alerts}), only)
    await notifyCheck(notifyDeps(notifier), checked, NOTIFY_INPUT)
    const [first = '', ...rest] = notifier.posts[0]?.notice.body.split('\n') ?? []
    expect(first).toBe('**active alerts**: A0, A1, A2 and 4 more')
    expect(rest).toHaveLength(6)
    expect(rest.at(-1)).toBe('- and 2 more → faci check daily')
  })

  it('tells people all the same when the store cannot be used, with a warning', async () => {
    const full = (): Promise<never> => Promise.reject(new FaciError('unreachable', "Can't use the store"))
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    const checked = await wrong('APIDown')
    const broken = {...deps, memory: {update: full}, outbox: {...deps.outbox, put: full}}
    const {verdict, data, warnings} = await notifyCheck(broken, checked, NOTIFY_INPUT)
    expect({verdict, warnings}).toEqual({verdict: 'bad', warnings: ["--notify: Can't use the store"]})
    expect(data.notice).toMatchObject({status: 'delivered'})
    expect(data.notice?.reason?.why).toBe('notKept')
    expect(notifier.posts).toHaveLength(1)
    expect(data.items).toEqual(checked.data.items)
  })

  it('tells again what could be neither sent nor kept', async () => {
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    const put = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'no space left'))
    notifier.failNext(DOWN)
    const lost = await notifyCheck({...deps, outbox: {...deps.outbox, put}}, await wrong('APIDown'), NOTIFY_INPUT)
    expect(lost.data.notice).toMatchObject({status: 'lost'})
    expect((await notifyCheck(deps, await wrong('APIDown'), NOTIFY_INPUT)).data.notice?.status).toBe('delivered')
    expect(notifier.posts).toHaveLength(1)
  })

  it('says of what nobody could look at that it cannot be verified, not that it is unresolved', async () => {
    const notifier = fakeNotifier()
    const alerts = {...fakeAlerts([]), active: gone}
    const blind = await runDailyCheck(checkDeps({metrics: null, alerts}), only)
    await notifyCheck(notifyDeps(notifier), blind, NOTIFY_INPUT)
    expect(notifier.posts.map(({notice}) => notice.state)).toEqual(['unknown'])
    await notifyCheck(notifyDeps(notifier), await wrong('APIDown'), NOTIFY_INPUT)
    expect(notifier.posts.at(-1)?.notice.state).toBe('attention')
  })

  it('is undelivered when all is well but its own notice of before still waits', async () => {
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    notifier.failNext(DOWN)
    await notifyCheck(deps, await wrong('APIDown'), NOTIFY_INPUT)
    expect((await notifyCheck(deps, await well(), NOTIFY_INPUT)).verdict).toBe('undelivered')
  })

  /** Where a process can be killed while it tells. */
  const KILLED = ['telling', 'put', 'begin', 'send', 'record', 'end'] as const

  it.each(KILLED)('tells it once when the process is killed at: %s', async (where) => {
    const notifier = fakeNotifier()
    const remembered = new Map<string, Remembered>()
    const deps = {...notifyDeps(notifier), memory: fakeLastNotifiedFindings(remembered)}
    const {outbox} = deps
    let die: () => void = () => undefined
    const death = new Promise<void>((resolve) => (die = resolve))
    const dying = <T>(): Promise<T> => {
      die()
      return new Promise<T>(() => undefined)
    }
    const stop = <T>(at: (typeof KILLED)[number], step: Promise<T>): Promise<T> =>
      at === where ? step.then(() => dying<T>()) : step
    const mortal: NotifyCheckDeps = {
      ...deps,
      memory: {
        update: (check, work) =>
          fakeLastNotifiedFindings(remembered).update(check, async (before, telling) =>
            stop(
              'end',
              work(before, (text, id) => stop('telling', telling(text, id))),
            ),
          ),
      },
      outbox: {
        ...outbox,
        put: (notice) => stop('put', outbox.put(notice)),
        begin: (...all) => stop('begin', outbox.begin(...all)),
        record: (id, attempt, after) => stop('record', outbox.record(id, attempt, after)),
        // A right to send that its holder took along is taken over.
        claim: () => Promise.resolve({release: () => Promise.resolve()}),
      },
      notifiers: [{...notifier, send: (notice, root) => stop('send', notifier.send(notice, root))}],
    }
    const checked = await wrong('APIDown')
    await Promise.race([death, notifyCheck(mortal, checked, NOTIFY_INPUT)])
    for (let minute = 0; minute < 3; minute += 1) {
      deps.clock.advance(60)
      await notifyCheck(deps, checked, NOTIFY_INPUT)
    }
    expect(notifier.posts).toHaveLength(1)
    expect(await outbox.pending()).toEqual([])
  })

  it('does not tell again what Slack took without an answer', async () => {
    const notifier = fakeNotifier()
    const deps = notifyDeps(notifier)
    notifier.swallowNext()
    const first = await notifyCheck(deps, await wrong('APIDown'), NOTIFY_INPUT)
    expect(first.data.notice).toMatchObject({status: 'pending', reason: UNANSWERED.reason})
    deps.clock.advance(30)
    const second = await notifyCheck(deps, await wrong('APIDown'), NOTIFY_INPUT)
    expect(second.data.notice).toMatchObject({status: 'delivered'})
    expect(notifier.posts).toHaveLength(1)
  })

  it('does not take a channel that is not there for such trouble', async () => {
    const asked = notifyCheck(notifyDeps(), await wrong('APIDown'), {...NOTIFY_INPUT, channel: 'pager'})
    await expect(asked).rejects.toMatchObject({code: 'notFound'})
  })

  it('holds by what is wrong, not by how much, nor by the order', () => {
    const firing = (...alerts: readonly (readonly [string, string])[]) =>
      wrongThings([alertsItem(aBoard(alerts.map(([name, summary]) => anAlert({name, summary}))))])
    expect(firing(['a', '5 %'], ['b', '1 %'])).toBe(firing(['b', '2 %'], ['a', '7 %']))
    expect(firing(['a', '5 %'])).not.toBe(firing(['b', '5 %']))
  })
})

describe('JUnit', () => {
  it('has a failure for what is wrong, an error for what is unknown, and escapes', async () => {
    const deps = checkDeps({
      metrics: {...fakeMetrics({}), query: gone},
      alerts: fakeAlerts([anAlert({name: 'A<B>&"C"', summary: 'bad \u0007 thing'})]),
    })
    const xml = checkJunit(wordedCheck(await runDailyCheck(deps, CHECK_INPUT)))
    expect(xml).toContain('<testsuites tests="6" failures="1" errors="3">')
    expect(xml).toContain('<failure message="A&lt;B&gt;&amp;&quot;C&quot;">')
    expect(xml).not.toContain('\u0007')
    expect(xml.match(/<testcase/g)).toHaveLength(6)
  })

  it('is XML whatever an alert says', async () => {
    const anything = fc.string({unit: fc.integer({min: 0, max: 0xff_ff}).map((code) => String.fromCharCode(code))})
    await fc.assert(
      fc.asyncProperty(anything, async (summary) => {
        const deps = checkDeps({metrics: null, alerts: fakeAlerts([anAlert({name: summary, summary})])})
        const root = readXml(checkJunit(wordedCheck(await runDailyCheck(deps, only))))
        expect(root.attributes).toMatchObject({tests: '3', failures: '1'})
      }),
    )
  })
})
