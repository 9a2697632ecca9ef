import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parser} from '@prometheus-io/lezer-promql'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {z} from 'zod'
import {repositoryRoot} from '../../../service/stack/repository.js'
import {signalTargets} from '../../../src/cli/wiring/signal-targets.js'
import {loadConfig} from '../../../src/config/load.js'
import {panelsOf, type PanelQuery} from '../../../src/domain/dashboard/dashboard.js'
import {DASHBOARD_NAMES, DASHBOARDS} from '../../../src/domain/dashboard/dashboards.js'
import {NEAR} from '../../../src/domain/dashboard/level.js'
import {BUSINESS_SIGNALS} from '../../../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../../src/domain/signals/golden-signals.js'
import {recordNames, serviceFolder} from './rule-files.js'

const datasourceRef = z.object({type: z.literal('prometheus'), uid: z.string()})
const steps = z.array(z.object({value: z.number().nullable(), color: z.enum(['green', 'yellow', 'red'])})).min(1)
const thresholds = z.object({mode: z.literal('absolute'), steps})
const panelSchema = z.object({
  id: z.number(),
  type: z.enum(['stat', 'gauge', 'timeseries', 'table', 'bargauge']),
  title: z.string().min(1),
  description: z.string().min(1),
  datasource: datasourceRef,
  gridPos: z.object({x: z.number(), y: z.number(), w: z.number(), h: z.number()}),
  links: z.array(z.object({title: z.string(), url: z.string(), targetBlank: z.literal(true)})).min(1),
  fieldConfig: z.object({
    defaults: z.object({unit: z.string().min(1), noValue: z.literal('no data'), thresholds}),
    overrides: z.array(
      z.object({
        matcher: z.object({id: z.string(), options: z.string()}),
        properties: z.array(z.object({id: z.string(), value: z.unknown()})),
      }),
    ),
  }),
  targets: z
    .array(
      z.object({
        datasource: datasourceRef,
        refId: z.string(),
        expr: z.string(),
        legendFormat: z.string().min(1),
        instant: z.boolean(),
        range: z.boolean(),
      }),
    )
    .min(1),
})
const rowSchema = z.object({id: z.number(), type: z.literal('row'), title: z.string().min(1)})
const dashboardSchema = z.object({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string(),
  description: z.string().min(1),
  tags: z.array(z.string()).min(1),
  refresh: z.string(),
  editable: z.literal(false),
  schemaVersion: z.number(),
  time: z.object({from: z.string().regex(/^now-\d+[hd]$/), to: z.literal('now')}),
  links: z.array(z.object({title: z.string()})),
  panels: z.array(z.union([rowSchema, panelSchema])),
})
type PanelJson = z.infer<typeof panelSchema>

const provisioning = join(serviceFolder, 'grafana', 'provisioning')
const config = await loadConfig({directory: repositoryRoot, file: join(repositoryRoot, 'faci.yml'), environment: {}})
const job = config.prometheus?.job ?? null
const targets = signalTargets(config.targets)

const DRAWN = DASHBOARD_NAMES.map((name) => {
  const text = readFileSync(join(provisioning, 'dashboards', 'json', `${name}.json`), 'utf8')
  return {name, json: dashboardSchema.parse(JSON.parse(text)), definition: DASHBOARDS[name]({job, rangeSeconds: null})}
})
const PANELS = DRAWN.flatMap(({name, json, definition}) => {
  const drawn = json.panels.filter((panel): panel is PanelJson => panel.type !== 'row')
  const defined = panelsOf(definition)
  return drawn.map((panel, index) => ({label: `${name}: ${panel.title}`, panel, defined: defined[index]}))
})

/** Every series that an expression selects, by name. */
function seriesIn(expression: string): readonly string[] {
  const names: string[] = []
  parser.parse(expression).iterate({
    enter: ({type, from, to}) => {
      if (type.name === 'Identifier') names.push(expression.slice(from, to))
    },
  })
  return names
}

function targetOf(query: PanelQuery): number | null {
  return query.target === null ? null : (targets[query.target] ?? null)
}

/** The thresholds that a query's figures are coloured by: its own, or those of the panel. */
function stepsOf({fieldConfig}: PanelJson, {title}: PanelQuery, refId: string): z.infer<typeof steps> {
  const own = fieldConfig.overrides
    .filter(({matcher}) => [title, refId].includes(matcher.options))
    .flatMap(({properties}) => properties.filter(({id}) => id === 'thresholds'))
  return own[0] === undefined ? fieldConfig.defaults.thresholds.steps : thresholds.parse(own[0].value).steps
}

describe('the dashboards of Grafana', () => {
  it('are as many as are defined, each under its own uid', () => {
    const files = readdirSync(join(provisioning, 'dashboards', 'json')).filter((name) => name.endsWith('.json'))
    expect(files.sort()).toEqual(DASHBOARD_NAMES.map((name) => `${name}.json`).sort())
    expect(new Set(DRAWN.map(({json}) => json.uid)).size).toBe(DRAWN.length)
  })

  it.each(DRAWN)('$name shows the panels of the definition, in its order, over its range', ({json, definition}) => {
    const titles = json.panels.filter(({type}) => type !== 'row').map(({title}) => title)
    expect(titles).toEqual(panelsOf(definition).map(({title}) => title))
    expect(json.time.from).toBe(`now-${definition.rangeSeconds / 86_400}d`)
    expect(new Set(json.panels.map(({id}) => id)).size).toBe(json.panels.length)
  })

  it.each(DRAWN)('$name: no panel lies over another, or beyond the grid', ({json}) => {
    const cells = new Set<string>()
    for (const panel of json.panels) {
      if (panel.type === 'row') continue
      const {x, y, w, h} = panel.gridPos
      expect(x + w).toBeLessThanOrEqual(24)
      for (let row = y; row < y + h; row += 1) {
        for (let column = x; column < x + w; column += 1) {
          expect(cells.has(`${row}:${column}`)).toBe(false)
          cells.add(`${row}:${column}`)
        }
      }
    }
  })

  it.each(PANELS)('$label asks the provisioned data source what the terminal asks', ({panel, defined}) => {
    const {datasources} = z
      .object({datasources: z.array(z.object({uid: z.string()}))})
      .parse(parse(readFileSync(join(provisioning, 'datasources', 'prometheus.yml'), 'utf8')))
    const uids = datasources.map(({uid}) => uid)
    expect(uids).toContain(panel.datasource.uid)
    for (const {datasource} of panel.targets) expect(uids).toContain(datasource.uid)
    expect(panel.targets.map(({expr}) => expr)).toEqual(defined?.queries.map(({expression}) => expression))
    expect(panel.targets.map(({range}) => range)).toEqual(panel.targets.map(() => defined?.kind === 'series'))
  })

  it.each(PANELS)('$label is coloured by the targets of faci.yml', ({panel, defined}) => {
    expect(defined).toBeDefined()
    for (const [index, query] of (defined?.queries ?? []).entries()) {
      const target = targetOf(query)
      const bounds = stepsOf(panel, query, panel.targets[index]?.refId ?? '').map(({value}) => value)
      expect(bounds).toEqual(target === null ? [null] : [null, NEAR * target, target])
    }
  })

  it.each(PANELS)('$label links a runbook that exists', ({panel, defined}) => {
    const [link] = panel.links
    expect(link?.title).toBe(`faci runbook ${defined?.runbook ?? ''}`)
    expect(link?.url).toBe(`/public/runbooks/${defined?.runbook ?? ''}.md`)
    expect(existsSync(join(repositoryRoot, 'runbooks', `${defined?.runbook ?? ''}.md`))).toBe(true)
  })

  it('links lead to where Compose puts the runbooks', () => {
    const compose = z
      .object({services: z.object({grafana: z.object({volumes: z.array(z.string())})})})
      .parse(parse(readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8')))
    expect(compose.services.grafana.volumes).toContain('./runbooks:/usr/share/grafana/public/runbooks:ro')
  })
})

describe('one definition of each figure', () => {
  const signals = [...GOLDEN_SIGNALS, ...BUSINESS_SIGNALS]
  const expressions = new Set(
    [300, 604_800].flatMap((windowSeconds) => signals.map(({expression}) => expression({job, windowSeconds}))),
  )
  /** Of the service and of Prometheus itself, of which the dashboards make figures that are no signal. */
  const RAW = ['up', 'recommendations_total', 'whatsapp_clicks_total', 'recommendation_match_score_bucket']
  const queries = DRAWN.flatMap(({name, definition}) =>
    panelsOf(definition).flatMap((panel) =>
      panel.queries.map((query) => ({label: `${name}: ${panel.title}, ${query.title}`, query})),
    ),
  )

  it.each(queries)('$label is recorded, a signal, or made of known series', ({query: {expression}}) => {
    const series = seriesIn(expression)
    expect(series.length).toBeGreaterThan(0)
    if (expressions.has(expression)) return
    for (const name of series) expect([...recordNames, ...RAW]).toContain(name)
  })

  it('knows a series that is none of them', () => {
    expect(seriesIn('sum by (job) (rate(no_such_total{job="x"}[5m])) or job:no_such:rate5m')).toEqual([
      'no_such_total',
      'job:no_such:rate5m',
    ])
    expect(recordNames).not.toContain('job:no_such:rate5m')
  })

  it('every signal with a target is on a dashboard, but for those of the cache and what the error rate says too', () => {
    const shown = new Set(queries.flatMap(({query: {target}}) => target ?? []))
    const missing = signals
      .map(({name}) => name)
      .filter((name) => typeof targets[name] === 'number' && !shown.has(name))
    expect(missing).toEqual(['serverErrors', 'cacheHits'])
  })
})
