/** An inspection, as far as a Compose file decides it. Foreign: nothing of it need be so. */
interface Inspection {
  readonly Name?: unknown
  readonly Config?: Fields | null
  readonly HostConfig?: Fields | null
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}

function text(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : []
}

function entryOf(list: unknown, name: string): readonly string[] {
  const entry = textsIn(list).find((one) => one.startsWith(`${name}=`))
  return entry === undefined ? [] : [entry.slice(name.length + 1)]
}

function memberOf(value: unknown, name: string): readonly string[] {
  return isFields(value) ? text(value[name]) : []
}

/** One of the words, or all of them where the file has a line. */
function wordsOf(list: unknown, index: string): readonly string[] {
  const words = textsIn(list)
  return index === '' ? [words.join(' ')] : text(words[Number(index)])
}

/** As short syntax may have it, and as the long one has the host's part. */
function writtenPorts(inside: string, binding: unknown): readonly string[] {
  if (!isFields(binding)) return []
  const [port = '', protocol = 'tcp'] = inside.split('/')
  const {HostIp: ip = '', HostPort: host = ''} = binding as {readonly HostIp?: string; readonly HostPort?: string}
  const bare = `${host}:${port}`
  const all = [bare, `${ip === '' ? '0.0.0.0' : ip}:${bare}`, `[${ip}]:${bare}`]
  return [...all, ...all.map((one) => `${one}/${protocol}`), host]
}

function portsOf(bindings: unknown): readonly string[] {
  if (!isFields(bindings)) return []
  return Object.entries(bindings).flatMap(([inside, list]) =>
    Array.isArray(list) ? list.flatMap((binding: unknown) => writtenPorts(inside, binding)) : [],
  )
}

type Reader = (inspection: Inspection, name: string) => readonly string[]

/** By the key of a service's definition; of its list or mapping by what stands below. */
const READERS: Readonly<Record<string, Reader>> = {
  environment: ({Config}, name) => entryOf(Config?.['Env'], name),
  labels: ({Config}, name) => memberOf(Config?.['Labels'], name),
  command: ({Config}, index) => wordsOf(Config?.['Cmd'], index),
  entrypoint: ({Config}, index) => wordsOf(Config?.['Entrypoint'], index),
  image: ({Config}) => text(Config?.['Image']),
  user: ({Config}) => text(Config?.['User']),
  hostname: ({Config}) => text(Config?.['Hostname']),
  working_dir: ({Config}) => text(Config?.['WorkingDir']),
  container_name: ({Name}) => text(Name).map((name) => name.replace(/^\//, '')),
  restart: ({HostConfig}) => memberOf(HostConfig?.['RestartPolicy'], 'Name'),
  ports: ({HostConfig}) => portsOf(HostConfig?.['PortBindings']),
}

/**
 * What a container was made with for what stands at `at` in its service's definition, as each of the ways in which it can be written
 * there; empty when it was made without; null when an inspection does not tell.
 */
export function runningTexts(inspection: unknown, [key = '', name = '']: readonly string[]): readonly string[] | null {
  const reader = READERS[key]
  return reader === undefined || !isFields(inspection) ? null : reader(inspection, name)
}
