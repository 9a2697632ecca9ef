function majorOf(version: string): number {
  return Number(/^v?(\d+)/.exec(version)?.[1] ?? Number.NaN)
}

/**
 * Whether this Compose takes a container away and then fails to make its successor (`KeyError: 'ContainerConfig'`): docker-compose 1.29 reads
 * a part of an image's description that engines do not tell since 25.
 */
export function diesRecreating(composeVersion: string, engineVersion: string): boolean {
  return majorOf(composeVersion) === 1 && majorOf(engineVersion) >= 25
}
