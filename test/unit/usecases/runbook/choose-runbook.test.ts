import {patterns} from '../../../support/patterns.js'
import {describe, expect, it} from 'vitest'
import {doubtText} from '../../../../src/render/words/en/alerts.js'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Alerts} from '../../../../src/ports/alerts.js'
import {chooseRunbook} from '../../../../src/usecases/runbook/choose-runbook.js'
import {anAlert, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakeLibrary} from '../../../support/fakes/library.js'

const BODY = '# X\n## Look\n```sh {diagnose}\necho "$service"\n```\n'
const library = fakeLibrary({
  'api-down': `---\nalerts: [APIDown]\ninputs: {service: {default: api, oneOf: [api, redis], fromAlert: true}}\n---\n${BODY}`,
  'redis-down': `---\nalerts: ['APIDown{service="redis"}']\ninputs: {service: {default: api, pattern: '[a-z]+', fromAlert: true}}\n---\n${BODY}`,
  slow: '---\nalerts: [Slow, Shared]\n---\n# Slow\n',
  late: '---\nalerts: [Shared]\n---\n# Late\n',
})

const values = {readValue: () => Promise.resolve(null), patterns}
const choose = (text: string, alerts: Alerts | null = null) =>
  chooseRunbook({library, alerts, rules: null, doubtText, ...values}, {kind: 'selector', text})
const read = (document: unknown) =>
  chooseRunbook(
    {library, alerts: null, rules: null, doubtText, ...values},
    {kind: 'document', text: JSON.stringify(document)},
  )
const webhook = (...alerts: readonly {name: string; status?: string; labels?: Record<string, string>}[]) => ({
  version: '4',
  status: 'firing',
  alerts: alerts.map(({name, status = 'firing', labels}) => ({
    status,
    labels: {alertname: name, ...labels},
    annotations: {},
  })),
})

describe('choosing a runbook for an alert', () => {
  it('takes the labels of the active alert', async () => {
    const alerts = fakeAlerts([anAlert({labels: {service: 'redis'}, runbook: null})])
    expect(await choose('APIDown', alerts)).toEqual({name: 'redis-down', inputs: {service: 'redis'}, notes: []})
  })

  it('goes on with what was typed when it is not active or cannot be seen, and says so', async () => {
    expect(await choose('APIDown', fakeAlerts([]))).toEqual({
      ...{name: 'api-down', inputs: {}},
      notes: ['APIDown is not active; continuing with APIDown as given'],
    })
    expect(await choose('APIDown{service="redis"}')).toEqual({
      ...{name: 'redis-down', inputs: {service: 'redis'}},
      notes: [
        'the alerts cannot be seen: faci.yml has no `alertmanager` and no `prometheus` section; continuing with APIDown{service="redis"} as given',
      ],
    })
    const away = {...fakeAlerts([]), active: () => Promise.reject(new FaciError('unreachable', 'Alertmanager is away'))}
    expect((await choose('APIDown', away)).notes[0]).toContain('Alertmanager is away')
  })

  it('picks among the active alerts by the labels that are typed', async () => {
    const alerts = fakeAlerts(['api', 'redis'].map((service) => anAlert({labels: {service}, runbook: null})))
    expect(await choose('APIDown{service="api"}', alerts)).toMatchObject({name: 'api-down', inputs: {service: 'api'}})
    await expect(choose('APIDown', alerts)).rejects.toMatchObject({
      code: 'usage',
      message: 'these alerts have different runbooks',
      suggestions: ['faci runbook api-down   (APIDown)', 'faci runbook redis-down   (APIDown)'],
    })
  })

  it('refuses a tie, an alert without a runbook, and what is no selector', async () => {
    await expect(choose('Shared')).rejects.toMatchObject({
      code: 'usage',
      suggestions: ['faci runbook slow', 'faci runbook late'],
    })
    await expect(choose('APIDwn')).rejects.toMatchObject({
      code: 'usage',
      message: 'no runbook handles APIDwn',
      suggestions: [
        'faci runbook --alert APIDown',
        'faci runbook list',
        expect.stringContaining('alerts: [APIDwn]') as unknown,
      ],
    })
    await expect(choose('APIDown{')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('character 9') as unknown,
    })
  })

  it('reads a webhook, leaving out what is resolved', async () => {
    const document = webhook(
      {name: 'APIDown', labels: {service: 'api'}},
      {name: 'APIDown', labels: {service: 'api', replica: '2'}},
      {name: 'Slow', status: 'resolved'},
    )
    expect(await read(document)).toEqual({name: 'api-down', inputs: {service: 'api'}, notes: []})
  })

  it('reads the list of the API, and heeds the annotation only for a runbook that names the alert', async () => {
    const of = (alertname: string, runbook: string) => [
      {labels: {alertname}, annotations: {runbook}, status: {state: 'active'}},
    ]
    expect(await read(of('Shared', 'slow'))).toMatchObject({name: 'slow', notes: []})
    expect(await read(of('Slow', 'redis-down'))).toMatchObject({
      name: 'slow',
      notes: ['annotation runbook=redis-down ignored: redis-down does not name Slow in its `alerts`'],
    })
    await expect(read(of('Odd', 'slow'))).rejects.toMatchObject({code: 'usage', message: 'no runbook handles Odd'})
  })

  it('says which values it does not take', async () => {
    const {inputs, notes} = await read(webhook({name: 'APIDown', labels: {service: 'grafana'}}))
    expect({inputs, notes}).toEqual({
      inputs: {},
      notes: ['label service=grafana ignored: input `service` must be one of api, redis'],
    })
  })

  it.each([
    ['{', 'not valid JSON'],
    ['{}', 'no list of alerts'],
    ['[]', 'holds no alerts'],
    [JSON.stringify(webhook({name: 'Slow', status: 'resolved'})), 'every alert in it is resolved'],
    ['[1]', 'must be a map'],
    ['[{"labels":{}}]', 'no alertname'],
    ['[{"labels":{"alertname":"X","n":1}}]', 'must be texts'],
    ['[{"labels":[]}]', 'must be maps'],
  ])('refuses %s', async (text, said) => {
    const chosen = chooseRunbook({library, alerts: null, rules: null, doubtText, ...values}, {kind: 'document', text})
    await expect(chosen).rejects.toMatchObject({code: 'usage', message: expect.stringContaining(said) as unknown})
  })
})
