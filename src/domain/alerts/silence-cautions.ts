import {closest, orMeant} from '../text/did-you-mean.js'
import type {Expressions} from '../text/expressions.js'
import type {AlertRule} from './alert-rule.js'
import type {Alert} from './alert.js'
import {holds, type Matcher} from '../promql/matcher.js'
import {isAlwaysFiring} from './severity.js'
import {type CoveredAlert, silencedName} from './silence.js'

export interface SilenceSituation {
  readonly production: boolean
  readonly matchers: readonly Matcher[]
  readonly covers: readonly CoveredAlert[]
  readonly active: readonly Alert[]
  /** What the rule files define, as far as it is known. */
  readonly rules: readonly AlertRule[]
}

const CRITICAL = 'critical'

/** The names of critical alerts that are, or could come to be, silenced. */
function criticalNames({matchers, covers, rules}: SilenceSituation, expressions: Expressions): readonly string[] {
  const firing = covers.filter(({severity}) => severity === CRITICAL).map(({name}) => name)
  const defined = rules.filter(({name, severity}) => {
    const labels = {alertname: name, severity: severity ?? ''}
    const known = matchers.filter(({label}) => Object.hasOwn(labels, label))
    return severity === CRITICAL && known.length > 0 && known.every((matcher) => holds(matcher, labels, expressions))
  })
  return [...new Set([...firing, ...defined.map(({name}) => name)])]
}

/** A name that no active alert and no rule has, and the one that was probably meant; null when it is known, or none was given. */
export function unknownName({matchers, active, rules}: Pick<SilenceSituation, 'matchers' | 'active' | 'rules'>): {
  readonly name: string
  readonly near: string | null
} | null {
  const name = silencedName({matchers})
  const known = [...new Set([...active, ...rules].map((one) => one.name))]
  return name === null || known.includes(name) ? null : {name, near: closest(name, known)}
}

function nothingCovered(situation: SilenceSituation): readonly string[] {
  if (situation.covers.length > 0) return []
  const first = 'it matches no active alert'
  const unknown = unknownName(situation)
  const near = unknown?.near ?? null
  if (near !== null) return [`${first}${orMeant(near)}`]
  return unknown === null || situation.rules.length === 0
    ? [first]
    : [`${first}, and no rule is called ${unknown.name}`]
}

/** Alerts that always fire prove that notifications arrive; who silences them learns nothing of it when they do not. */
function deadManSwitches({covers}: SilenceSituation): readonly string[] {
  const names = [...new Set(covers.map(({name}) => name).filter(isAlwaysFiring))]
  return names.map(
    (name) =>
      `${name} always fires, to prove that alerts arrive: while it is silenced, nobody notices when they do not`,
  )
}

/** What a person should know before silencing. */
export function silenceCautions(situation: SilenceSituation, expressions: Expressions): readonly string[] {
  const critical = situation.production ? criticalNames(situation, expressions) : []
  const said = critical.length === 0 ? [] : [`it silences critical alerts in PRODUCTION: ${critical.join(', ')}`]
  return [...said, ...deadManSwitches(situation), ...nothingCovered(situation)]
}
