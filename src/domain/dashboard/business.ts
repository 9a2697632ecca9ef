import {BUSINESS_SIGNALS} from '../signals/business-signals.js'
import {jobMatchers, type Scope, selector} from '../promql/promql.js'
import {type BusinessSignalName, over, windowOf} from '../signals/signal.js'
import type {Dashboard, DashboardScope, Panel, PanelQuery} from './dashboard.js'
import {figure, ofSignal, signalNamed} from './panel-queries.js'

const WEEK_SECONDS = 604_800
const DAY_SECONDS = 86_400
const MOST_DEALERSHIPS = 10

function increase(scope: Scope, counter: string, labels: readonly string[] = [], offset = ''): string {
  return `${over(scope, 'sum', ...labels)}(increase(${counter}${selector(jobMatchers(scope))}${windowOf(scope)}${offset}))`
}

/** Clicks for each recommendation, over the whole window. */
function clickThrough(scope: Scope, offset = ''): string {
  const recommendations = increase(scope, 'recommendations_total', [], offset)
  return `${increase(scope, 'whatsapp_clicks_total', [], offset)} / (${recommendations} > 0)`
}

function ofWindow(scope: Scope, name: BusinessSignalName, title: string): PanelQuery {
  const {unit, expression} = signalNamed(BUSINESS_SIGNALS, name)
  return {...figure(name, title, unit, expression(scope)), good: 'above', needsTraffic: true}
}

function kpis(scope: Scope, recommendations: PanelQuery): readonly Panel[] {
  const before = ` offset ${windowOf(scope).slice(1, -1)}`
  const clicks: PanelQuery = {
    ...figure('clickThrough', 'click-through', 'ratio', clickThrough(scope)),
    ...{good: 'above', needsTraffic: true},
  }
  const change: PanelQuery = {
    ...figure('clickThroughChange', 'change', 'points', `${clickThrough(scope)} - (${clickThrough(scope, before)})`),
    ...{good: 'above', needsTraffic: true, looksBack: true},
  }
  const stat = (title: string, description: string, runbook: string, ...queries: readonly PanelQuery[]): Panel => ({
    ...{title, kind: 'figures', description, runbook, queries},
  })
  return [
    stat('Recommendations', 'Answered with at least one car.', 'api-down', recommendations),
    stat(
      'Avg score',
      'Mean match score of the cars recommended.',
      'high-error-rate',
      ofWindow(scope, 'matchScore', 'mean'),
    ),
    stat(
      'CTR WhatsApp',
      'Clicks on WhatsApp for each recommendation, and the change against the same time before, in percentage points.',
      'high-latency',
      clicks,
      change,
    ),
    stat(
      'Diversity',
      'Mean diversity of the recommendations.',
      'high-error-rate',
      ofWindow(scope, 'diversity', 'mean'),
    ),
  ]
}

function dealerships(scope: Scope): Panel {
  const leads = increase(scope, 'whatsapp_clicks_total', ['dealership'])
  const all = `sum(increase(whatsapp_clicks_total${selector(jobMatchers(scope))}${windowOf(scope)}))`
  const by = {by: 'dealership', good: 'above', needsTraffic: true} as const
  return {
    title: 'Top dealerships',
    kind: 'table',
    description: 'Buyers sent to each dealership on WhatsApp, and its share of all.',
    runbook: 'api-down',
    queries: [
      {...figure('leads', 'leads', 'count', `topk(${MOST_DEALERSHIPS}, ${leads})`), ...by},
      {
        ...figure('share', 'share', 'ratio', `topk(${MOST_DEALERSHIPS}, ${leads} / on () group_left () (${all} > 0))`),
        ...by,
      },
    ],
  }
}

function trends(job: string | null, scope: Scope): readonly Panel[] {
  const day = {job, windowSeconds: DAY_SECONDS}
  const buckets = increase(scope, 'recommendation_match_score_bucket', ['le'])
  const ctr = ofSignal(signalNamed(BUSINESS_SIGNALS, 'whatsappClickThrough'), job, 'click-through')
  const daily = figure('perDay', 'a day', 'count', increase(day, 'recommendations_total'))
  return [
    {
      title: 'Recommendations/day',
      kind: 'series',
      description: 'Recommendations of the 24 hours before each point.',
      runbook: 'api-down',
      queries: [{...daily, good: 'above'}],
    },
    {
      title: 'CTR trend',
      kind: 'series',
      description: 'Clicks on WhatsApp for each recommendation, over the 24 hours before each point.',
      runbook: 'high-latency',
      queries: [ctr],
    },
    {
      title: 'Score distribution',
      kind: 'histogram',
      description: 'How many cars were recommended with which match score.',
      runbook: 'high-error-rate',
      queries: [{...figure('scores', 'cars', 'count', buckets), by: 'le', needsTraffic: true}],
    },
  ]
}

/** The guide's second dashboard: what the service is for, over a week. */
export function business({job, rangeSeconds: asked}: DashboardScope): Dashboard {
  const rangeSeconds = asked ?? WEEK_SECONDS
  const scope = {job, windowSeconds: rangeSeconds}
  const recommendations: PanelQuery = {
    ...figure('recommendations', 'recommendations', 'count', increase(scope, 'recommendations_total')),
    good: 'above',
  }
  return {
    name: 'business',
    title: 'Business metrics',
    description: 'Recommendations, conversion, dealerships and the quality of what is recommended.',
    rangeSeconds,
    points: 84,
    traffic: recommendations,
    sections: [
      {title: 'KPIs', panels: kpis(scope, recommendations)},
      {title: 'Dealerships', panels: [dealerships(scope)]},
      {title: 'Trends', panels: trends(job, scope)},
    ],
  }
}
