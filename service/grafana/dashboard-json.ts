/* eslint-disable @typescript-eslint/no-deprecated -- the classic schema is what Grafana 12 reads from provisioned files without a feature toggle */
import {
  type Dashboard as DashboardJson,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard'
import {type Dashboard, panelsOf} from '../../src/domain/dashboard/dashboard.js'
import {promDuration} from '../../src/domain/promql/promql.js'
import type {SignalTargets} from '../../src/domain/signals/reading.js'
import {panelBuilder, runbookLink} from './panel-json.js'

const DAY_SECONDS = 86_400

/** The dashboard as Grafana provisions it. */
export function dashboardJson(dashboard: Dashboard, service: string, targets: SignalTargets): DashboardJson {
  const {name, title, description, rangeSeconds, sections} = dashboard
  const builder = new DashboardBuilder(`${service} - ${title}`)
    .uid(`${service}-${name}`)
    .description(description)
    .tags([service, 'faci'])
    .time({from: `now-${promDuration(rangeSeconds)}`, to: 'now'})
    .refresh(rangeSeconds > DAY_SECONDS ? '5m' : '30s')
    .timezone('browser')
    .readonly()
    .link(new DashboardLinkBuilder('Dashboards').type(DashboardLinkType.Dashboards).tags([service]).asDropdown(false))
  const runbooks = new Set(panelsOf(dashboard).map(({runbook}) => runbook))
  for (const runbook of runbooks) builder.link(runbookLink(runbook))
  let id = 0
  for (const section of sections) {
    id += 1
    if (section.title !== '') builder.withRow(new RowBuilder(section.title).id(id))
    for (const panel of section.panels) {
      id += 1
      builder.withPanel(panelBuilder(panel, {id, beside: section.panels.length, targets}))
    }
  }
  return builder.build()
}
