import {PanelBuilder as BarGaugeBuilder} from '@grafana/grafana-foundation-sdk/bargauge'
import type {Builder, Dataquery} from '@grafana/grafana-foundation-sdk/cog'
import {
  BarGaugeDisplayMode,
  type DataSourceRef,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type DashboardLink,
  DashboardLinkBuilder,
  type DynamicConfigValue,
  MappingType,
  type Panel as PanelJson,
  type ThresholdsConfig,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard'
import {PanelBuilder as GaugeBuilder} from '@grafana/grafana-foundation-sdk/gauge'
import {DataqueryBuilder, PromQueryFormat} from '@grafana/grafana-foundation-sdk/prometheus'
import {PanelBuilder as StatBuilder} from '@grafana/grafana-foundation-sdk/stat'
import {PanelBuilder as TableBuilder} from '@grafana/grafana-foundation-sdk/table'
import {PanelBuilder as TimeSeriesBuilder} from '@grafana/grafana-foundation-sdk/timeseries'
import {isInstant, type Panel, type PanelQuery, type PanelUnit} from '../../src/domain/dashboard/dashboard.js'
import type {SignalTargets} from '../../src/domain/signals/reading.js'
import {targetOf, thresholds, thresholdSteps} from './thresholds.js'

/** That of provisioning/datasources: the SDK sets none. */
const DATASOURCE: DataSourceRef = {type: 'prometheus', uid: 'prometheus'}

const UNITS: Readonly<Record<PanelUnit, string>> = {
  seconds: 's',
  ratio: 'percentunit',
  points: 'percentunit',
  state: 'percentunit',
  perSecond: 'reqps',
  perMinute: 'opm',
  bytes: 'bytes',
  cores: 'none',
  count: 'locale',
}

const STATES: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {'0': {text: 'Down', color: 'red', index: 0}, '1': {text: 'Healthy', color: 'green', index: 1}},
  },
  {
    type: MappingType.RangeToText,
    options: {from: 0.0001, to: 0.9999, result: {text: 'Degraded', color: 'yellow', index: 2}},
  },
]

/** What every kind of panel is built with. */
interface AnyPanelBuilder extends Builder<PanelJson> {
  title(title: string): this
  description(description: string): this
  datasource(datasource: DataSourceRef): this
  links(links: Builder<DashboardLink>[]): this
  unit(unit: string): this
  thresholds(thresholds: Builder<ThresholdsConfig>): this
  noValue(text: string): this
  withTarget(target: Builder<Dataquery>): this
  overrideByQuery(refId: string, properties: DynamicConfigValue[]): this
  mappings(mappings: ValueMapping[]): this
}

function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index)
}

function format({kind}: Panel): PromQueryFormat {
  if (kind === 'table') return PromQueryFormat.Table
  return kind === 'histogram' ? PromQueryFormat.Heatmap : PromQueryFormat.TimeSeries
}

function query(panel: Panel, {expression, by, title}: PanelQuery, index: number): DataqueryBuilder {
  const one = new DataqueryBuilder()
    .datasource(DATASOURCE)
    .refId(refId(index))
    .expr(expression)
    .legendFormat(by === null ? title : `{{${by}}}`)
    .format(format(panel))
  return isInstant(panel) ? one.instant() : one.range()
}

/** The file is served by Grafana itself: docker-compose.yml puts the folder among its public ones. */
export function runbookLink(name: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(`faci runbook ${name}`).url(`/public/runbooks/${name}.md`).targetBlank(true)
}

/** Unit and thresholds of the first query for the panel; what differs in another, for that one. */
function dress<B extends AnyPanelBuilder>(builder: B, panel: Panel, targets: SignalTargets): B {
  const {title, description, runbook, queries} = panel
  const [first] = queries
  if (first === undefined) throw new Error(`${title} has no query`)
  const target = targetOf(first, targets)
  builder
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .links([runbookLink(runbook)])
    .unit(UNITS[first.unit])
    .thresholds(thresholds(target, first.good))
    .noValue('no data')
  if (first.unit === 'state') builder.mappings(STATES)
  for (const [index, one] of queries.entries()) {
    builder.withTarget(query(panel, one, index))
    const own = targetOf(one, targets)
    if (own === target || panel.kind === 'table') continue
    const steps = thresholdSteps(own, one.good)
    builder.overrideByQuery(refId(index), [{id: 'thresholds', value: {mode: 'absolute', steps}}])
  }
  return builder
}

function table(panel: Panel, targets: SignalTargets): TableBuilder {
  const {queries} = panel
  const by = queries[0]?.by ?? ''
  const fields = queries.map((_, index) => (queries.length === 1 ? 'Value' : `Value #${refId(index)}`))
  const renameByName = Object.fromEntries(queries.map(({title}, index) => [fields[index] ?? '', title]))
  const builder = dress(new TableBuilder(), panel, targets)
    .withTransformation({id: 'joinByField', options: {byField: by, mode: 'outer'}})
    .withTransformation({id: 'filterFieldsByName', options: {include: {names: [by, ...fields]}}})
    .withTransformation({id: 'organize', options: {renameByName}})
    .withTransformation({id: 'sortBy', options: {sort: [{field: queries[0]?.title, desc: true}]}})
  for (const one of queries) {
    const steps = thresholdSteps(targetOf(one, targets), one.good)
    builder.overrideByName(one.title, [
      {id: 'unit', value: UNITS[one.unit]},
      {id: 'thresholds', value: {mode: 'absolute', steps}},
      ...(steps.length > 1 ? [{id: 'custom.cellOptions', value: {type: 'color-text'}}] : []),
    ])
  }
  return builder
}

/** The last value; for buckets, each of them. */
function reduced(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().calcs(['lastNotNull'])
}

function timeSeries(panel: Panel, targets: SignalTargets): TimeSeriesBuilder {
  const hasTarget = panel.queries.some((one) => targetOf(one, targets) !== null)
  const mode = hasTarget ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off
  return dress(new TimeSeriesBuilder(), panel, targets)
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(mode))
    .fillOpacity(10)
}

function histogram(panel: Panel, targets: SignalTargets): BarGaugeBuilder {
  return dress(new BarGaugeBuilder(), panel, targets)
    .reduceOptions(reduced())
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
}

function gauge(panel: Panel, targets: SignalTargets): GaugeBuilder {
  const [first] = panel.queries
  const target = first === undefined ? null : targetOf(first, targets)
  const builder = dress(new GaugeBuilder(), panel, targets).reduceOptions(reduced()).min(0)
  return target === null ? builder : builder.max(target * 1.5)
}

const GRID = 24

/** A panel of its kind on its part of the grid, one of `beside` in its row. */
export function panelBuilder(
  panel: Panel,
  {id, beside, targets}: {readonly id: number; readonly beside: number; readonly targets: SignalTargets},
): Builder<PanelJson> {
  const share = Math.floor(GRID / beside)
  switch (panel.kind) {
    case 'figures':
      return dress(new StatBuilder(), panel, targets).reduceOptions(reduced()).id(id).span(share).height(4)
    case 'gauges':
      return gauge(panel, targets).id(id).span(share).height(6)
    case 'series':
      return timeSeries(panel, targets)
        .id(id)
        .span(GRID / 2)
        .height(8)
    case 'table':
      return table(panel, targets).id(id).span(GRID).height(8)
    case 'histogram':
      return histogram(panel, targets)
        .id(id)
        .span(GRID / 2)
        .height(8)
  }
}
