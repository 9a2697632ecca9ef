import {FaciError} from '../../domain/errors.js'

/** The port, or `configInvalid` naming the key of faci.yml that would give it. */
export function requirePort<T>(port: T | null, key: 'prometheus' | 'alertmanager'): T {
  if (port !== null) return port
  throw new FaciError('configInvalid', `faci.yml has no \`${key}\` section`, {
    suggestions: [`add to faci.yml: ${key}: {url: 'http://localhost:${key === 'prometheus' ? '9090' : '9093'}'}`],
  })
}

/** As `requirePort`, for the rule files. */
export function requireRules<T>(port: T | null): T {
  if (port !== null) return port
  throw new FaciError('configInvalid', 'faci.yml has no `prometheus.rules`', {
    suggestions: ['add to faci.yml: prometheus: {url: …, rules: the rule files, or a folder of them}'],
  })
}
