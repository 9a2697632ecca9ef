import type {Result} from '../../domain/result.js'
import type {EndpointHealth, HealthReport} from '../../domain/stack/health.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {wrapStyled} from '../text/wrap.js'
import {verdictText} from '../text/verdict.js'
import {STACK} from '../words/en/stack.js'

const COLUMNS = [
  {title: 'ENDPOINT'},
  {title: 'STATE'},
  {title: 'HTTP'},
  {title: 'MIN', align: 'right', spare: 2},
  {title: 'MEDIAN', align: 'right'},
  {title: 'MAX', align: 'right', spare: 1},
] as const
const DETAIL = {title: 'DETAIL'} as const
/** On a narrower screen details stand below their rows: URLs are copied, and not in pieces. */
const WIDE = 80
const INDENT = '  '

function detail({probes, url}: EndpointHealth, style: Style): string {
  const reasons = [...new Set(probes.flatMap(({reason}) => (reason === null ? [] : STACK.probe(reason))))]
  const healthy = probes.filter(({outcome}) => outcome === 'healthy').length
  const count = probes.length > 1 ? `${String(healthy)}/${String(probes.length)} ok` : ''
  const named = reasons.some((reason) => reason.includes(url)) ? '' : style.dim(url)
  return [count, ...reasons, named].filter((part) => part !== '').join('  ')
}

function row(endpoint: EndpointHealth, style: Style): readonly string[] {
  const {probes, latency} = endpoint
  const statuses = [...new Set(probes.map(({status}) => (status === null ? '–' : String(status))))]
  return [
    style.bold(endpoint.name),
    verdictText(endpoint.verdict, style),
    statuses.join(' '),
    seconds(latency?.minSeconds ?? null),
    seconds(latency?.medianSeconds ?? null),
    seconds(latency?.maxSeconds ?? null),
  ]
}

function narrow(endpoints: readonly EndpointHealth[], style: Style): string {
  const below = endpoints.map((endpoint) =>
    wrapStyled(detail(endpoint, style), style.width - INDENT.length).map((line) => `${INDENT}${line}`),
  )
  const rows = endpoints.map((endpoint) => row(endpoint, style))
  return table(COLUMNS, rows, style, below)
}

export function healthText({data: {endpoints}}: Result<HealthReport>, style: Style): string {
  if (endpoints.length === 0) return ''
  if (style.edge && style.width < WIDE) return narrow(endpoints, style)
  const rows = endpoints.map((endpoint) => [...row(endpoint, style), detail(endpoint, style)])
  return table([...COLUMNS, DETAIL], rows, style)
}
