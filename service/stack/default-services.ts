import {readFile} from 'node:fs/promises'
import {parse} from 'yaml'

/**
 * The services that a plain `up` starts. Read from the files themselves: `config --services` of
 * docker-compose 1.29 also names those behind a profile.
 */
export async function defaultServices(composeFiles: readonly string[]): Promise<string[]> {
  const profiled = new Map<string, boolean>()
  for (const file of composeFiles) {
    for (const [name, service] of Object.entries(servicesOf(await readFile(file, 'utf8')))) {
      profiled.set(name, profiled.get(name) === true || hasProfiles(service))
    }
  }
  return [...profiled].filter(([, behindProfile]) => !behindProfile).map(([name]) => name)
}

function servicesOf(text: string): object {
  const document: unknown = parse(text, {merge: true})
  const services: unknown = isObject(document) && 'services' in document ? document.services : undefined
  return isObject(services) ? services : {}
}

function hasProfiles(service: unknown): boolean {
  return isObject(service) && 'profiles' in service && Array.isArray(service.profiles) && service.profiles.length > 0
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
