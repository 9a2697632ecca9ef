/** What is kept of a document: of an object these keys, of a list each part so; `true`: whatever stands there. */
type Kept = true | {readonly [key: string]: Kept | ((value: unknown) => unknown)}

/** `NAME` of `NAME=value`. */
function nameOf(variable: unknown): string {
  return typeof variable === 'string' ? (variable.split('=', 1)[0] ?? '') : ''
}

function variableNames(value: unknown): unknown {
  return Array.isArray(value) ? value.map(nameOf) : []
}

const COMPOSE_LABEL = 'com.docker.compose.'

function composeLabels(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter(([name]) => name.startsWith(COMPOSE_LABEL)))
}

/** By name of the network, of which a container may be in any. */
function addresses(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).map(([name, network]) => [
      name,
      kept(network, {Aliases: true, IPAddress: true, Gateway: true}),
    ]),
  )
}

/**
 * What explains an incident, and nobody writes a password into. Not here, because people do: commands and their arguments, health tests,
 * and what they said, values of variables, labels, options of log drivers, the error of a start, which quotes the command.
 */
const KEPT: Kept = {
  Id: true,
  Name: true,
  Created: true,
  Image: true,
  Platform: true,
  Driver: true,
  RestartCount: true,
  State: {
    Status: true,
    ExitCode: true,
    OOMKilled: true,
    StartedAt: true,
    FinishedAt: true,
    Health: {Status: true, FailingStreak: true, Log: {ExitCode: true, Start: true, End: true}},
  },
  SizeRw: true,
  Config: {
    Hostname: true,
    Image: true,
    User: true,
    WorkingDir: true,
    Tty: true,
    ExposedPorts: true,
    StopSignal: true,
    StopTimeout: true,
    Env: variableNames,
    Labels: composeLabels,
  },
  HostConfig: {
    NetworkMode: true,
    PortBindings: true,
    RestartPolicy: true,
    AutoRemove: true,
    Privileged: true,
    ReadonlyRootfs: true,
    Memory: true,
    MemoryReservation: true,
    MemorySwap: true,
    NanoCpus: true,
    CpuShares: true,
    CpuQuota: true,
    CpuPeriod: true,
    CpusetCpus: true,
    PidsLimit: true,
    OomKillDisable: true,
    Ulimits: true,
    LogConfig: {Type: true},
  },
  Mounts: {Type: true, Name: true, Source: true, Destination: true, Mode: true, RW: true},
  NetworkSettings: {Ports: true, IPAddress: true, Gateway: true, Networks: addresses},
}

function kept(value: unknown, wanted: Kept): unknown {
  if (wanted === true || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((part) => kept(part, wanted))
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, part]) => {
    const how = Object.hasOwn(wanted, key) ? wanted[key] : undefined
    if (how === undefined) return []
    return [[key, typeof how === 'function' ? how(part) : kept(part, how)] as const]
  })
  return Object.fromEntries(entries)
}

/** A container's inspection as it may be kept: an allow-list of its fields, of variables the names, of labels those of Compose. */
export function inspectionText(inspection: unknown): string {
  return JSON.stringify(kept(inspection ?? {}, KEPT), null, 2)
}
