import type {Result} from '../../domain/result.js'
import type {EndpointHealth, HealthReport} from '../../domain/stack/health.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {verdictText} from '../text/verdict.js'

const COLUMNS = [
  {title: 'ENDPOINT'},
  {title: 'STATE'},
  {title: 'HTTP'},
  {title: 'MIN', align: 'right', spare: 2},
  {title: 'MEDIAN', align: 'right'},
  {title: 'MAX', align: 'right', spare: 1},
  {title: 'DETAIL'},
] as const

function row(endpoint: EndpointHealth, style: Style): readonly string[] {
  const {probes, latency} = endpoint
  const statuses = [...new Set(probes.map(({status}) => (status === null ? '–' : String(status))))]
  const reasons = [...new Set(probes.flatMap(({reason}) => reason ?? []))]
  const count =
    probes.length > 1
      ? `${String(probes.filter((probe) => probe.outcome === 'healthy').length)}/${String(probes.length)} ok`
      : ''
  return [
    style.bold(endpoint.name),
    verdictText(endpoint.verdict, style),
    statuses.join(' '),
    seconds(latency?.minSeconds ?? null),
    seconds(latency?.medianSeconds ?? null),
    seconds(latency?.maxSeconds ?? null),
    [count, ...reasons, style.dim(endpoint.url)].filter((part) => part !== '').join('  '),
  ]
}

export function healthText({data}: Result<HealthReport>, style: Style): string {
  if (data.endpoints.length === 0) return ''
  return table(
    COLUMNS,
    data.endpoints.map((endpoint) => row(endpoint, style)),
    style,
  )
}
