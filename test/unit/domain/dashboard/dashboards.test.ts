import {parser} from '@prometheus-io/lezer-promql'
import {describe, expect, it} from 'vitest'
import {isInstant, panelsOf} from '../../../../src/domain/dashboard/dashboard.js'
import {DASHBOARD_NAMES, DASHBOARDS} from '../../../../src/domain/dashboard/dashboards.js'
import {BUSINESS_SIGNALS} from '../../../../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../../../src/domain/signals/golden-signals.js'
import {labelled} from '../../../../src/domain/signals/signal.js'

function syntaxErrors(expression: string): number {
  let errors = 0
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) errors += 1
    },
  })
  return errors
}

const scope = {job: 'we"ird\\job', rangeSeconds: null}
const EVERY = DASHBOARD_NAMES.map((name) => [name, DASHBOARDS[name](scope)] as const)
const QUERIES = EVERY.flatMap(([dashboard, definition]) =>
  panelsOf(definition).flatMap(({title, queries}) =>
    queries.map((query) => [`${dashboard}: ${title}, ${query.title}`, query] as const),
  ),
)

describe('the dashboards', () => {
  it.each(QUERIES)('%s parses, and selects the job unless it is of the machine', (_, {expression}) => {
    expect(syntaxErrors(expression)).toBe(0)
    if (!/node_(?:filesystem|memory)/.test(expression)) expect(expression).toContain('job="we\\"ird\\\\job"')
  })

  it.each(EVERY)('%s: no two queries of one name differ, so that they can be asked for together', (_, definition) => {
    const instants = [
      definition.traffic,
      ...panelsOf(definition)
        .filter(isInstant)
        .flatMap(({queries}) => queries),
    ]
    const expressions = new Map(instants.map(({name, expression}) => [name, expression]))
    for (const {name, expression} of instants) expect(expressions.get(name)).toBe(expression)
    expect(syntaxErrors(labelled(instants))).toBe(0)
    for (const {queries} of panelsOf(definition)) {
      expect(new Set(queries.map(({name}) => name)).size).toBe(queries.length)
    }
  })

  it.each(EVERY)('%s: every target is one of a signal', (_, definition) => {
    const signals = [...GOLDEN_SIGNALS, ...BUSINESS_SIGNALS].map(({name}) => name)
    const targets = panelsOf(definition).flatMap(({queries}) => queries.flatMap(({target}) => target ?? []))
    expect(signals).toEqual(expect.arrayContaining(targets))
  })

  it.each(EVERY)('%s: tables and histograms are by a label, and nothing else is', (_, definition) => {
    for (const {kind, queries} of panelsOf(definition)) {
      const labels = new Set(queries.map(({by}) => by))
      expect(labels.size).toBe(1)
      expect(labels.has(null)).toBe(kind !== 'table' && kind !== 'histogram')
    }
  })

  it('select everything when no job is configured', () => {
    for (const name of DASHBOARD_NAMES) {
      const definition = DASHBOARDS[name]({job: null, rangeSeconds: null})
      for (const {expression} of panelsOf(definition).flatMap(({queries}) => queries)) {
        expect(expression).not.toContain('job=')
        expect(syntaxErrors(expression)).toBe(0)
      }
    }
  })

  it('look as far back as asked for', () => {
    const expressions = panelsOf(DASHBOARDS.business({...scope, rangeSeconds: 3600})).flatMap(({queries}) =>
      queries.map(({expression}) => expression),
    )
    expect(expressions.join('\n')).toContain('[1h] offset 1h')
    expect(expressions.join('\n')).not.toContain('[7d]')
    expect(DASHBOARDS.overview({...scope, rangeSeconds: 3600}).rangeSeconds).toBe(3600)
  })
})
