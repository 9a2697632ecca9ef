import {closest} from '../text/did-you-mean.js'
import type {AlertRule} from './alert-rule.js'
import type {Alert} from './alert.js'
import {holds, type Matcher} from './matcher.js'
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
function criticalNames({matchers, covers, rules}: SilenceSituation): readonly string[] {
  const firing = covers.filter(({severity}) => severity === CRITICAL).map(({name}) => name)
  const defined = rules.filter(({name, severity}) => {
    const labels = {alertname: name, severity: severity ?? ''}
    const known = matchers.filter(({label}) => Object.hasOwn(labels, label))
    return severity === CRITICAL && known.length > 0 && known.every((matcher) => holds(matcher, labels))
  })
  return [...new Set([...firing, ...defined.map(({name}) => name)])]
}

function nothingCovered({matchers, covers, active, rules}: SilenceSituation): readonly string[] {
  if (covers.length > 0) return []
  const first = 'it covers no alert that is active now'
  const name = silencedName({matchers})
  const known = [...new Set([...active, ...rules].map((one) => one.name))]
  const near = name === null || known.includes(name) ? null : closest(name, known)
  return [near === null ? first : `${first}: did you mean ${near}?`]
}

/** What a person should know before silencing. */
export function silenceCautions(situation: SilenceSituation): readonly string[] {
  const critical = situation.production ? criticalNames(situation) : []
  const said = critical.length === 0 ? [] : [`it silences in PRODUCTION what is critical: ${critical.join(', ')}`]
  return [...said, ...nothingCovered(situation)]
}
