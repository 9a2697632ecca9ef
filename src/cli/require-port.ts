import {FaciError} from '../domain/errors.js'

/** The port, or `configInvalid` naming the key of faci.yml that would give it. */
export function requirePort<T>(port: T | null, key: 'prometheus' | 'alertmanager'): T {
  if (port !== null) return port
  throw new FaciError('configInvalid', `faci.yml has no ${key}:`, {
    suggestions: [`add to faci.yml: ${key}: {url: 'http://localhost:${key === 'prometheus' ? '9090' : '9093'}'}`],
  })
}
