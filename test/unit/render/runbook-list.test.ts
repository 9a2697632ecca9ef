import stringWidth from 'fast-string-width'
import {expect, it} from 'vitest'
import {runbookListText} from '../../../src/render/runbook/runbook-list.js'
import {PLAIN} from '../../../src/render/text/style.js'

it('the list of runbooks has the names of alerts whole, each once, on 80 columns', () => {
  const alerts = ['HighErrorRate', 'ObjectiveUnmeasured{slo=~"availability|error-rate"}', 'HighErrorRate{job="a b"}']
  const one = {
    name: 'high-error-rate',
    title: 'High error rate',
    severity: 'critical',
    services: ['api', 'redis'],
    alerts,
  }
  const text = runbookListText({verdict: 'ok', data: {runbooks: [one]}}, {...PLAIN, edge: true})
  for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  expect(text.match(/HighErrorRate/g)).toHaveLength(1)
  expect(text).toContain('ObjectiveUnmeasured')
  expect(text).not.toContain('{')
})
