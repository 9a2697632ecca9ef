import {patterns} from '../../../support/patterns.js'
import {describe, expect, it} from 'vitest'
import {doubtText} from '../../../../src/render/words/en/alerts.js'
import type {Alert} from '../../../../src/domain/alerts/alert.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {screenTimes} from '../../../../src/domain/time/screen-times.js'
import {offerRunbooks} from '../../../../src/usecases/runbook/offer-runbooks.js'
import {anAlert, fakeAlerts} from '../../../support/fakes/alerts.js'
import {aLoadedRule, fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'
import {fakeLibrary} from '../../../support/fakes/library.js'
import {fakePrompt} from '../../../support/fakes/prompt.js'

const times = screenTimes('America/Sao_Paulo')
const library = fakeLibrary({
  'api-down': '---\nalerts: [APIDown]\n---\n# API down\n',
  'high-latency': '# High latency\n',
})
const firing = (name: string, runbook: string | null = null): Alert => anAlert({name, runbook})
const alerts = (active: readonly Alert[]) => ({
  ...fakeAlerts([]),
  active: () => Promise.resolve(active),
})

describe('faci runbook without a name', () => {
  it('offers those for the firing alerts, by annotation or by front matter', async () => {
    const prompt = fakePrompt(['1'])
    const active = [firing('Slow', 'high-latency'), firing('APIDown'), firing('Other')]
    expect(
      await offerRunbooks({library, prompt, alerts: alerts(active), rules: null, doubtText, times, patterns}),
    ).toBe('api-down')
  })

  it('offers all that an alert is equally for', async () => {
    const both = fakeLibrary({a: '---\nalerts: [Tie]\n---\n# A\n', b: '---\nalerts: [Tie]\n---\n# B\n'})
    const offer = offerRunbooks({
      library: both,
      prompt: fakePrompt(['2']),
      alerts: alerts([firing('Tie')]),
      rules: null,
      doubtText,
      times,
      patterns,
    })
    expect(await offer).toBe('b')
  })

  it('without a terminal it says what to type', async () => {
    const offer = offerRunbooks({
      library,
      prompt: fakePrompt(),
      alerts: alerts([firing('APIDown')]),
      rules: null,
      doubtText,
      times,
      patterns,
    })
    await expect(offer).rejects.toMatchObject({
      code: 'usage',
      suggestions: ['faci runbook api-down   (APIDown: firing since 2025-12-31 21:00:00 -03)'],
    })
  })

  it('knows of what fires at Prometheus and is not at Alertmanager', async () => {
    const found = {labels: {alertname: 'APIDown'}, annotations: {}, state: 'firing' as const, since: '', value: 1}
    const rules = fakeLoadedRules([aLoadedRule({annotations: {}, alerts: [{...found, activeSeconds: 600}]})])
    const prompt = fakePrompt(['1'])
    expect(await offerRunbooks({library, prompt, alerts: alerts([]), rules, doubtText, times, patterns})).toBe(
      'api-down',
    )
    expect(prompt.questions).toEqual(['Which runbook?'])
  })

  const broken = {...alerts([]), active: () => Promise.reject(new FaciError('unreachable', 'Alertmanager is away'))}
  const quiet = [
    [alerts([]), 'No alert with a runbook is firing'],
    [broken, 'Alertmanager is away'],
    [null, 'no `alertmanager`'],
  ] as const

  it.each(quiet)('offers all when nothing fires or the alerts cannot be seen (%#)', async (port, said) => {
    const prompt = fakePrompt(['2'])
    expect(await offerRunbooks({library, prompt, alerts: port, rules: null, doubtText, times, patterns})).toBe(
      'high-latency',
    )
    expect(prompt.questions[0]).toContain(said)
    const offer = offerRunbooks({library, prompt: fakePrompt(), alerts: port, rules: null, doubtText, times, patterns})
    await expect(offer).rejects.toThrow(said)
    await expect(offer).rejects.toMatchObject({
      suggestions: [expect.stringContaining('api-down'), expect.stringContaining('high-latency')] as unknown,
    })
  })
})
