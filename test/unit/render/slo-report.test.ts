import {describe, expect, it} from 'vitest'
import type {Objective} from '../../../src/domain/slo/objective.js'
import {sloReportMarkdown} from '../../../src/render/markdown/slo-report.js'
import {sloReportText} from '../../../src/render/slo/slo-report.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {wordedSlos} from '../../../src/render/slo/worded-slos.js'
import {reportSlos} from '../../../src/usecases/slo/report-slos.js'
import {AVAILABILITY, SLO_INPUT, UPTIME} from '../../support/documents/slo.js'
import {fakeClock} from '../../support/fakes/clock.js'
import {fakeMetrics} from '../../support/fakes/metrics.js'

const UNSEEN = 'requests refused before they reach the service are not counted'

const clock = fakeClock(new Date(SLO_INPUT.at * 1000).toISOString())

async function reported(objectives: readonly Objective[]): Promise<readonly string[]> {
  const report = wordedSlos(await reportSlos({metrics: fakeMetrics({}), clock}, {...SLO_INPUT, objectives}))
  return [sloReportText(report, PLAIN), sloReportMarkdown(report, PLAIN), JSON.stringify(report.data.notes)]
}

describe('an SLO report', () => {
  it('says once that refused requests are in no counter of the service, naming the objectives', async () => {
    for (const text of await reported([UPTIME, AVAILABILITY, {...AVAILABILITY, name: 'error-rate'}])) {
      expect(text).toContain(`availability, error-rate: ${UNSEEN}`)
      expect(text.split(UNSEEN)).toHaveLength(2)
    }
  })

  it('says nothing of them where no objective counts errors without them', async () => {
    const seen: Objective = {...AVAILABILITY, indicator: {...AVAILABILITY.indicator, refused: 'sum(x[WINDOW])'}}
    for (const text of await reported([UPTIME, seen])) expect(text).not.toContain(UNSEEN)
  })
})
