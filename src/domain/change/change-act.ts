import type {StackChange} from './change.js'

const VERBS: Readonly<Record<Exclude<StackChange['kind'], 'scale' | 'revert' | 'down'>, string>> = {
  up: 'Bring up',
  restart: 'Restart',
  stop: 'Stop',
  start: 'Start',
}

function named(services: readonly string[]): string {
  return services.length === 0 ? 'all services' : services.join(', ')
}

/** What a change does, as a person is asked about it: `Restart api`. */
export function changeAct(change: StackChange): string {
  switch (change.kind) {
    case 'down':
      return 'Remove all containers'
    case 'scale': {
      const counts = Object.entries(change.replicas).map(([service, replicas]) => `${service} to ${String(replicas)}`)
      return `Scale ${counts.join(', ')}`
    }
    case 'revert':
      return `Put the previous image back for ${named(change.services)}`
    case 'up':
    case 'restart':
    case 'stop':
    case 'start':
      return `${VERBS[change.kind]} ${named(change.services)}`
  }
}
