import {isMap, isScalar, isSeq, type Pair, type YAMLMap} from 'yaml'
import type {YamlText} from './yaml-text.js'

/** `<<` without quotes, as YAML 1.1 has it. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && (key.type === undefined || key.type === 'PLAIN')
}

function mergedInto({items}: YAMLMap, {resolve}: YamlText): readonly YAMLMap[] {
  const values = items.filter(({key}) => isMergeKey(key)).map(({value}) => resolve(value))
  return values.flatMap((value) => (isSeq(value) ? value.items.map(resolve) : [value])).filter((one) => isMap(one))
}

/**
 * The pairs of a map by key, as Prometheus' reader (Go's yaml.v3) takes them: its own, then what `<<` brings in, of a list the earlier
 * first. A map that was merged already adds nothing: aliases of aliases neither loop nor multiply.
 */
export function mergedPairs(yaml: YamlText, map: YAMLMap): ReadonlyMap<string, Pair> {
  const pairs = new Map<string, Pair>()
  const seen = new Set<YAMLMap>()
  const waiting = [map]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    for (const pair of next.items) {
      if (!isScalar(pair.key) || isMergeKey(pair.key)) continue
      const name = String(pair.key.value)
      if (!pairs.has(name)) pairs.set(name, pair)
    }
    waiting.push(...mergedInto(next, yaml).toReversed())
  }
  return pairs
}
