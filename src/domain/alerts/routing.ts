import type {Labels} from '../promql/sample.js'
import type {Expressions} from '../text/expressions.js'
import {holds, type Matcher, matcherText} from '../promql/matcher.js'

/** A route of Alertmanager, with what it inherits. */
export interface Route {
  readonly receiver: string
  readonly matchers: readonly Matcher[]
  /** Its matchers as Alertmanager's own keys have them. */
  readonly key: string
  readonly continue: boolean
  readonly groupBy: readonly string[]
  readonly groupWaitSeconds: number
  /** It has times in which it tells nobody. */
  readonly timed: boolean
  readonly routes: readonly Route[]
}

export interface Receiver {
  readonly name: string
  /** One for each place that is told: `slack`, `webhook`, … */
  readonly integrations: readonly string[]
  /** One for each place of PagerDuty's: by `routingKey` of its Events API v2, by `serviceKey` of the older one. */
  readonly pagerDuty: readonly ('routingKey' | 'serviceKey')[]
}

export interface Routing {
  readonly root: Route
  readonly receivers: readonly Receiver[]
  /** Labels in which an alert must be equal to another one to be inhibited by it. */
  readonly inhibitionLabels: readonly string[]
}

export interface LoadedRouting extends Routing {
  /** Of Alertmanager: `0.25.0`. */
  readonly version: string
}

/** A route and those that it is in, the outermost first. */
export interface RoutePath {
  readonly route: Route
  readonly within: readonly Route[]
}

/** Every route, each before those below it. */
export function routePaths(route: Route, within: readonly Route[] = []): readonly RoutePath[] {
  const inside = [...within, route]
  return [{route, within}, ...route.routes.flatMap((child) => routePaths(child, inside))]
}

export function matchersOf({route, within}: RoutePath): readonly Matcher[] {
  return [...within, route].flatMap(({matchers}) => matchers)
}

/** `default`, or what an alert must be to come here. */
export function routeName(path: RoutePath): string {
  const texts = matchersOf(path).map(matcherText)
  return texts.length === 0 ? 'default' : texts.join(' ')
}

/** The routes that an alert takes, as Alertmanager finds them: the deepest first match, and on where it says `continue`. */
export function pathsFor(
  route: Route,
  labels: Labels,
  expressions: Expressions,
  within: readonly Route[] = [],
): readonly RoutePath[] {
  if (!route.matchers.every((matcher) => holds(matcher, labels, expressions))) return []
  const found: RoutePath[] = []
  for (const child of route.routes) {
    const below = pathsFor(child, labels, expressions, [...within, route])
    found.push(...below)
    if (below.length > 0 && !child.continue) break
  }
  return found.length === 0 ? [{route, within}] : found
}

export function routesFor(route: Route, labels: Labels, expressions: Expressions): readonly Route[] {
  return pathsFor(route, labels, expressions).map((path) => path.route)
}
