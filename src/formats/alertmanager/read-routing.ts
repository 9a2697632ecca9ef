import {parse} from 'yaml'
import * as z from 'zod/mini'
import {matchersKey} from '../../domain/alerts/group-key.js'
import type {Matcher} from '../../domain/promql/matcher.js'
import {parseMatcher} from '../../domain/promql/read-matcher.js'
import type {Receiver, Route, Routing} from '../../domain/alerts/routing.js'
import {FaciError} from '../../domain/errors.js'
import {parseDuration} from '../../domain/time/duration.js'

const DEFAULT_GROUP_WAIT_SECONDS = 30
const texts = z.optional(z.array(z.string()))
const pairs = z.optional(z.record(z.string(), z.string()))

const routeFields = {
  receiver: z.optional(z.string()),
  matchers: texts,
  match: pairs,
  match_re: pairs,
  continue: z.optional(z.boolean()),
  group_by: texts,
  group_wait: z.optional(z.string()),
  mute_time_intervals: texts,
  active_time_intervals: texts,
}
const routeSchema = z.looseObject({...routeFields, routes: z.optional(z.array(z.unknown()))})
const configSchema = z.looseObject({
  route: z.unknown(),
  receivers: z._default(z.array(z.looseObject({name: z.string()})), []),
  inhibit_rules: z._default(z.array(z.looseObject({equal: texts})), []),
})

type RawRoute = z.output<typeof routeSchema>

function unreadable(): FaciError {
  return new FaciError('badAnswer', 'Alertmanager returned a configuration that faci cannot read')
}

function entries(
  values: Readonly<Record<string, string>> | undefined,
  operator: Matcher['operator'],
): readonly Matcher[] {
  return Object.entries(values ?? {}).map(([label, value]) => ({label, operator, value}))
}

function matchersOf(raw: RawRoute): Pick<Route, 'matchers' | 'key'> {
  const written = [...(raw.matchers ?? []).map(parseMatcher), ...entries(raw.match, '=')]
  const expressions = entries(raw.match_re, '=~')
  // Only those are compiled before their text is taken, and so show up in keys with their anchors.
  const anchored = expressions.map((matcher) => ({...matcher, value: `^(?:${matcher.value})$`}))
  return {matchers: [...written, ...expressions], key: matchersKey([...written, ...anchored])}
}

type Inherited = Pick<Route, 'receiver' | 'groupBy' | 'groupWaitSeconds'>

function readRoute(value: unknown, above: Inherited): Route {
  const parsed = routeSchema.safeParse(value)
  if (!parsed.success) throw unreadable()
  const raw = parsed.data
  const own: Inherited = {
    receiver: raw.receiver ?? above.receiver,
    groupBy: raw.group_by ?? above.groupBy,
    groupWaitSeconds: raw.group_wait === undefined ? above.groupWaitSeconds : parseDuration(raw.group_wait),
  }
  return {
    ...own,
    ...matchersOf(raw),
    continue: raw.continue ?? false,
    timed: (raw.mute_time_intervals ?? []).length > 0 || (raw.active_time_intervals ?? []).length > 0,
    routes: (raw.routes ?? []).map((child) => readRoute(child, own)),
  }
}

/** Secrets are hidden by then: which of them there are is not. */
function pagerDutyOf(configs: unknown): Receiver['pagerDuty'] {
  if (!Array.isArray(configs)) return []
  return configs.map((one: unknown) => {
    const {service_key: key, service_key_file: file} = {...(one as Record<string, unknown> | null)}
    return (key ?? '') === '' && (file ?? '') === '' ? 'routingKey' : 'serviceKey'
  })
}

/** `slack_configs: [{}, {}]` are two places that are told over slack. */
function readReceiver({name, ...sections}: {readonly name: string} & Readonly<Record<string, unknown>>): Receiver {
  const integrations = Object.entries(sections).flatMap(([key, list]) =>
    key.endsWith('_configs') && Array.isArray(list) ? list.map(() => key.slice(0, -'_configs'.length)) : [],
  )
  return {name, integrations, pagerDuty: pagerDutyOf(sections['pagerduty_configs'])}
}

function parsedYaml(text: string): unknown {
  try {
    return parse(text)
  } catch {
    throw unreadable()
  }
}

/** The routing of an Alertmanager configuration. Throws `badAnswer` for one that is not understood. */
export function readRouting(original: string): Routing {
  const parsed = configSchema.safeParse(parsedYaml(original))
  if (!parsed.success) throw unreadable()
  const {route, receivers, inhibit_rules: rules} = parsed.data
  const above: Inherited = {receiver: '', groupBy: [], groupWaitSeconds: DEFAULT_GROUP_WAIT_SECONDS}
  return {
    root: readRoute(route, above),
    receivers: receivers.map(readReceiver),
    inhibitionLabels: [...new Set(rules.flatMap(({equal}) => equal ?? []))],
  }
}
