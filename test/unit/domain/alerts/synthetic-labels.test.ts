import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {holds} from '../../../../src/domain/promql/matcher.js'
import {parseMatcher} from '../../../../src/domain/promql/read-matcher.js'
import {matchersOf, type Route, routeName, routePaths, routesFor} from '../../../../src/domain/alerts/routing.js'
import {syntheticLabels} from '../../../../src/domain/alerts/synthetic-labels.js'
import {aRoute, aRouting} from '../../../support/fakes/alert-routing.js'

const MARK = {testId: '01ARZ3NDEKTSV4RRFFQ69G5F01', index: 1}

function route(matchers: readonly string[], over: Partial<Route> = {}): Route {
  return aRoute({matchers: matchers.map(parseMatcher), ...over})
}

/** The labels of the alert for each route, without its marks. */
function labelsFor(routes: readonly Route[], inhibitionLabels: readonly string[] = []): readonly unknown[] {
  const routing = aRouting(routes, {inhibitionLabels})
  return routePaths(routing.root).map((path) => {
    const labels = syntheticLabels(routing, path, MARK, re2jsPatterns)
    if (labels === null) return null
    return Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('faci_')))
  })
}

describe('the routes of an alert', () => {
  const deep = route(['severity=critical'], {routes: [route(['team=api'])], receiver: 'deep'})
  const {root} = aRouting([route(['a=1'], {continue: true}), deep, route(['severity=~".+"'])])

  it.each([
    ['none of them', {}, [root]],
    ['the first that matches', {severity: 'critical'}, [deep]],
    ['the deepest', {severity: 'critical', team: 'api'}, [deep.routes[0]]],
    ['on where it says so', {a: '1', severity: 'info'}, [root.routes[0], root.routes[2]]],
    ['on, and to no other', {a: '1'}, [root.routes[0]]],
  ])('are %s', (_, labels, routes) => {
    expect(routesFor(root, labels, re2jsPatterns)).toEqual(routes)
  })

  it('have names that say what comes there', () => {
    expect(routePaths(aRouting([deep]).root).map(routeName)).toEqual([
      'default',
      'severity="critical"',
      'severity="critical" team="api"',
    ])
  })
})

describe('the alert for a route', () => {
  it('is what its matchers want, by the name of the test unless they want another', () => {
    const routes = [
      route(['severity=~"critical|page"', 'team!=""']),
      route(['alertname="Watchdog"']),
      route(['alertname=~"Info.+"']),
      route(['code=~5\\d\\d', 'env!~"dev|"']),
    ]
    expect(labelsFor(routes)).toEqual([
      {alertname: 'FaciTest'},
      {alertname: 'FaciTest', severity: 'critical', team: 'faci-test'},
      {alertname: 'Watchdog'},
      {alertname: 'Infox'},
      {alertname: 'FaciTest', code: '511', env: 'faci-test'},
    ])
  })

  it('avoids the routes before it, and those below it', () => {
    const routes = [
      route(['severity!="none"'], {receiver: 'all'}),
      route(['team="api"'], {routes: [route(['severity="none"', 'alertname!=""', 'zone=""'])]}),
    ]
    expect(labelsFor(routes)).toEqual([
      {alertname: 'FaciTest', severity: 'none'},
      {alertname: 'FaciTest'},
      {alertname: 'FaciTest', severity: 'none', team: 'api', zone: 'faci-test'},
      {alertname: 'FaciTest', severity: 'none', team: 'api'},
    ])
  })

  it('there is none for a route that another one takes everything from, or that contradicts itself', () => {
    const shadowed = [route(['team="api"']), route(['team="api"', 'severity="critical"'])]
    expect(labelsFor(shadowed)[2]).toBeNull()
    expect(labelsFor([route(['a="1"', 'a="2"'])])[1]).toBeNull()
  })

  it('is alone in its group and inhibited by nobody, as far as its route stays the same', () => {
    const routes = [route(['priority=P0'], {groupBy: ['alertname', 'job', '...']}), route(['job="x"'])]
    expect(labelsFor(routes, ['namespace', 'job'])).toEqual([
      {alertname: 'FaciTest', namespace: 'faci-test-1', job: 'faci-test-1'},
      {alertname: 'FaciTest', priority: 'P0', job: 'faci-test-1', namespace: 'faci-test-1'},
      {alertname: 'FaciTest', job: 'x', namespace: 'faci-test-1'},
    ])
  })

  it('always takes the route that it is for', () => {
    const matcher = fc
      .tuple(
        fc.constantFrom('a', 'b', 'alertname'),
        fc.constantFrom('=', '!=', '=~', '!~'),
        fc.constantFrom('x', 'y', 'x|y', '.+', ''),
      )
      .map(([label, operator, value]) => parseMatcher(`${label}${operator}"${value}"`))
    const leaf = fc.record({matchers: fc.array(matcher, {minLength: 1, maxLength: 2}), continue: fc.boolean()})
    const tree = fc.record({
      matchers: fc.array(matcher, {minLength: 1, maxLength: 2}),
      continue: fc.boolean(),
      routes: fc.array(leaf.map(aRoute), {maxLength: 2}),
    })
    let made = 0
    fc.assert(
      fc.property(fc.array(tree.map(aRoute), {maxLength: 3}), (routes) => {
        const routing = aRouting(routes, {inhibitionLabels: ['job']})
        for (const path of routePaths(routing.root)) {
          const labels = syntheticLabels(routing, path, MARK, re2jsPatterns)
          if (labels === null) continue
          made += 1
          expect(routesFor(routing.root, labels, re2jsPatterns)).toContain(path.route)
          expect(matchersOf(path).every((one) => holds(one, labels, re2jsPatterns))).toBe(true)
          expect(labels['alertname'] ?? '').not.toBe('')
        }
      }),
    )
    expect(made).toBeGreaterThan(100)
  })
})
