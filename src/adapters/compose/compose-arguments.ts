import type {ComposePlace, ComposeTool} from '../../ports/compose.js'
import type {StackChange} from '../../domain/change/change.js'

function scales(replicas: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(replicas).flatMap(([service, count]) => ['--scale', `${service}=${String(count)}`])
}

/** The options that make Compose work on this project and no other, wherever it is started. */
export function globalArguments(
  {project, directory, files, envFiles, profiles}: ComposePlace,
  overlays: readonly string[] = [],
): readonly string[] {
  return [
    ...['-p', project],
    ...[...files, ...overlays].flatMap((file) => ['-f', file]),
    ...['--project-directory', directory],
    ...(envFiles ?? []).flatMap((file) => ['--env-file', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
  ]
}

/** docker-compose 1.29 knows which context is current, but not DOCKER_CONTEXT: it would change another engine than the one that was read. */
export function contextArguments(
  {version}: ComposeTool,
  {DOCKER_HOST = '', DOCKER_CONTEXT = ''}: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return version.startsWith('1.') && DOCKER_HOST === '' && DOCKER_CONTEXT !== '' ? ['--context', DOCKER_CONTEXT] : []
}

function scaleArguments({replicas, kept, alone}: Extract<StackChange, {kind: 'scale'}>): readonly string[] {
  const services = Object.keys(replicas)
  const onlyThese = alone === true ? ['--no-deps'] : []
  return ['up', '-d', '--no-recreate', ...onlyThese, ...scales({...kept, ...replicas}), ...services]
}

/** What Compose is told for a change, after its global options; the same for v1.29 and v2. Volumes are never removed. */
export function changeArguments(change: StackChange): readonly string[] {
  switch (change.kind) {
    case 'up': {
      const build = change.build ? ['--build'] : []
      const recreate = change.recreate ? ['--force-recreate'] : []
      return ['up', '-d', ...build, ...recreate, ...scales(change.replicas), ...change.services]
    }
    // Only these services: what they depend on stays as it is.
    case 'revert':
      return ['up', '-d', '--no-deps', ...scales(change.replicas), ...change.services]
    case 'down':
      return ['down', '--remove-orphans']
    case 'restart':
    case 'stop':
    case 'start':
      return [change.kind, ...change.services]
    case 'scale':
      return scaleArguments(change)
  }
}
