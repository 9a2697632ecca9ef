import type {StackChange} from '../../domain/stack/change.js'

/** What Compose is told for a change, after its global options; the same for v1.29 and v2. Volumes are never removed. */
export function changeArguments(change: StackChange): readonly string[] {
  switch (change.kind) {
    case 'up': {
      const build = change.build ? ['--build'] : []
      const recreate = change.recreate ? ['--force-recreate'] : []
      return ['up', '-d', ...build, ...recreate, ...change.services]
    }
    case 'down':
      return ['down', '--remove-orphans']
    case 'restart':
    case 'stop':
    case 'start':
      return [change.kind, ...change.services]
    case 'scale': {
      const counts = Object.entries(change.replicas)
      const scales = counts.flatMap(([service, count]) => ['--scale', `${service}=${String(count)}`])
      return ['up', '-d', '--no-recreate', ...scales, ...counts.map(([service]) => service)]
    }
  }
}
