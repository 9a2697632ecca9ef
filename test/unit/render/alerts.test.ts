import {describe, expect, it} from 'vitest'
import {alertLintText} from '../../../src/render/alerts/alert-lint.js'
import {alertTestText} from '../../../src/render/alerts/alert-test.js'
import {alertViewText} from '../../../src/render/alerts/alert-view.js'
import {noiseText} from '../../../src/render/alerts/noise.js'
import {silencePlanText, silenceRows, silenceText, unsilenceText} from '../../../src/render/alerts/silences.js'
import {PLAIN} from '../../../src/render/text/style.js'
import * as documents from '../../support/documents/alerts.js'

function given<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('there is no such document')
  return one
}

describe('silences as text', () => {
  it('a plan says what, where, until when, and what is to be known', async () => {
    const [made, refused, leased, nothing] = await documents.alertsSilenceDocuments()
    expect(silencePlanText(given(made).data.plan, PLAIN)).toBe(
      [
        'Plan: silence alertname="APIDown" for 2h in PRODUCTION',
        'until    2026-01-01 02:00 UTC',
        'by       ana',
        "comment  Ana's deploy",
        '',
        'COVERS NOW            SEVERITY  STATE   AGE',
        'APIDown instance=a:1  critical  firing   0s',
        '',
        '▲ it silences critical alerts in PRODUCTION: APIDown',
      ].join('\n'),
    )
    expect(silenceText(given(made), PLAIN)).toContain('faci alerts unsilence silence-1')
    expect(silenceText(given(refused), PLAIN)).toMatch(
      /^⊘ Refused, nothing was changed: .*\n.*--yes --confirm production$/,
    )
    expect(silencePlanText(given(leased).data.plan, PLAIN)).toContain('the run ends, or 2026-01-01 00:05 UTC')
    expect(silenceText(given(nothing), PLAIN)).toMatch(
      /▲ it matches no active alert[^]*Dry run: nothing was changed\.$/,
    )
  })

  it('a list says how many each covers, whose it is, and why', async () => {
    const [list] = await documents.alertsSilencesDocuments()
    expect(silenceRows(given(list).data, PLAIN)).toMatch(/^s1 +alertname="APIDown" +1 +2h +ana +deploy$/m)
    expect(silenceRows(given(list).data, PLAIN)).toMatch(/^s3 +a=~"x\.\*" b!="y" c!~"z" +0 +2h/m)
    expect(silenceRows({...given(list).data, silences: []}, PLAIN)).toBe('● no silences')
    const [ended] = await documents.alertsUnsilenceDocuments()
    expect(
      unsilenceText(
        {...given(ended), verdict: 'ok', data: {...given(ended).data, refusal: null, ended: ['s3']}},
        PLAIN,
      ),
    ).toBe('✔ ended: s3')
  })
})

describe('one alert as text', () => {
  it('says what it is, where it is active, who is told and who keeps it quiet', async () => {
    const [silenced, firing, inhibited, failing, inactive] = await documents.alertsShowDocuments()
    expect(alertViewText(given(silenced), PLAIN)).toMatch(/silenced for 0s instance=a[^]*silence +s1 by ana until/)
    expect(alertViewText(given(firing), PLAIN)).toMatch(/^▲ APIDown P0 critical firing\n[^]*value now +0/)
    expect(alertViewText(given(firing), PLAIN)).toMatch(/receivers +none: Alertmanager does not have it/)
    expect(alertViewText(given(inhibited), PLAIN)).toMatch(/inhibited for 0s[^]*inhibited by +APIDown/)
    expect(alertViewText(given(failing), PLAIN)).toContain('? its rule cannot be evaluated: many-to-many')
    expect(alertViewText(given(inactive), PLAIN)).toMatch(/^● Bare {2}inactive\n {2}description {2}x/)
    expect(alertViewText(given(inactive), PLAIN)).not.toContain('→')
  })

  it('tells the page where no runbook of faci is named', async () => {
    const shown = given((await documents.alertsShowDocuments()).at(-1))
    const [pending] = shown.data.instances
    const text = (runbook: string | null, url: string) => {
      const instances = [{...given(pending), annotations: {runbook_url: url}}]
      return alertViewText({...shown, data: {...shown.data, runbook, instances}}, PLAIN)
    }
    expect(text(null, 'https://rb.example/x')).toMatch(/^ +runbook +https:\/\/rb\.example\/x$/m)
    expect(text('x', 'https://rb.example/x')).toMatch(/^ +runbook +faci runbook x$/m)
    expect(text(null, 'ask Ana')).not.toMatch(/^ +runbook/m)
  })

  it('says when a pending one fires, its value as a person reads it, and what to type next', async () => {
    const shown = given((await documents.alertsShowDocuments()).at(-1))
    const [pending] = shown.data.instances
    const text = (value: number, description: string) =>
      alertViewText(
        {...shown, data: {...shown.data, instances: [{...given(pending), value, annotations: {description}}]}},
        PLAIN,
      )
    expect(given(pending).firesInSeconds).toBe(given(shown.data.rules[0]).forSeconds - 9)
    expect(text(0.3417721518987342, 'it is 34.18 %, under 80 %')).toMatch(
      /\npending for 0s, fires in 51s .*\n {2}value now +34\.2 %\n[^]*\n\n→ faci runbook api-down$/,
    )
    expect(text(0.3417721518987342, 'it is low')).toMatch(/value now +0\.3418\n/)
    expect(text(1_234_567.891, 'it is much')).toMatch(/value now +1234568\n/)
  })
})

describe('noise as text', () => {
  it('has the noisiest first, with what to tune', async () => {
    const [unknown, told] = await documents.alertsNoiseDocuments()
    const lines = noiseText(given(told), PLAIN).split('\n')
    expect(lines[1]).toMatch(/^Flapping +critical +4 +3 +2m +3\.33 % +▲ flaps/)
    expect(lines).toContainEqual(expect.stringMatching(/^Constant .*▲ fires most of the time/))
    expect(lines).toContainEqual('Never fired in 1h: Quiet')
    expect(lines.at(-1)).toMatch(/^webhook +5 +1$/)
    expect(noiseText(given(unknown), PLAIN)).toMatch(/does not scrape Alertmanager$/)
    const young = {...given(told), data: {...given(told).data, coveredSeconds: 450}}
    expect(noiseText(young, PLAIN)).toContain('Never fired in the 7m 30s that Prometheus has: Quiet')
    expect(noiseText({...young, data: {...young.data, alerts: []}}, PLAIN)).toMatch(
      /^● no alert fired in the 7m 30s that Prometheus has\n/,
    )
  })
})

describe('the findings of rules as text', () => {
  it('stand with their places, then what would have fired, then what it comes to', async () => {
    const [files, live, away] = await documents.alertsLintDocuments()
    expect(alertLintText(given(files), PLAIN)).toMatch(/^rules\/a\.yml:3:9 +error +severity +`Bare` has no severity/m)
    expect(alertLintText(given(files), PLAIN)).toMatch(
      /\n\n✖ \d+ errors, \d+ warnings in 5 alerts and 1 recording rule$/,
    )
    expect(alertLintText(given(live), PLAIN)).toMatch(/IN THE LAST 7d +WOULD HAVE FIRED +FOR\nBare +never/)
    expect(alertLintText(given(away), PLAIN)).toContain('? metrics not checked: Prometheus is away')
  })
})

describe('a test of the alert path as text', () => {
  it('says which integrations sent it, what was not tried, and how far that can be trusted', async () => {
    const [heard, refused, , planned] = await documents.alertsTestDocuments()
    const text = alertTestText(given(heard), PLAIN)
    expect(text).toMatch(/^\? some routes did not confirm delivery in time/)
    expect(text).toMatch(/^webhook +1 +✔ \d+ +0$/m)
    expect(text).toContain('? team="api": its alert was silenced or inhibited')
    expect(text).toContain('? team="api": no test alert reaches this route')
    expect(text).toMatch(/Alertmanager counts notifications by integration, not by alert: .*$/)
    expect(alertTestText(given(refused), PLAIN)).toContain('faci alerts test --yes')
    expect(alertTestText(given(planned), PLAIN)).toMatch(
      /^Plan: send 1 synthetic alert through .*staging[^]*nothing was sent\.$/,
    )
  })
})
