import type {Config} from '../../config/config.js'
import {loadConfig} from '../../config/load.js'
import {configuredParameters, readHeaders, secretValues} from '../../config/secrets.js'
import {type Masker, masker} from '../../domain/secrets/masker.js'
import {type ScreenTimes, screenTimes} from '../../domain/time/screen-times.js'
import type {Leases} from '../../ports/lease.js'
import {composePorts} from './compose-ports.js'
import {loadPatterns} from './load-patterns.js'
import {noticePorts} from './notice-ports.js'
import {once} from './once.js'
import {proberPort} from './prober-port.js'
import {storePorts} from './store-ports.js'
import {screenText, toScreen} from '../process/screen.js'
import {workingDirectory} from '../process/working-directory.js'
import type {BackendPorts, App, AppOptions, DockerPorts, PersonPorts, RunbookPorts, SystemPorts} from './app-ports.js'

/** How long one backend may take, so that a slow one never holds up the others. */
const DEADLINE_SECONDS = 2.5
/** For as many rule files as there may be. */
const PROMTOOL_SECONDS = 20
/** A run's silences last five minutes: four renewals may fail. */
const RENEWAL_SECONDS = 60

type AlertmanagerPorts = Pick<BackendPorts, 'alerts' | 'alertRouting' | 'runSilences'>

function alertmanagerPorts({alertmanager}: Config, {clock}: SystemPorts): AlertmanagerPorts {
  const optionsFor = ({url, headers}: NonNullable<typeof alertmanager>) => ({
    ...{url, headers: readHeaders(headers, process.env), timeoutSeconds: DEADLINE_SECONDS},
  })
  const alerts = once(async () => {
    if (alertmanager === null) return null
    const {createAlertmanagerAlerts} = await import('../../adapters/alertmanager/alertmanager-alerts.js')
    return createAlertmanagerAlerts(optionsFor(alertmanager))
  })
  return {
    alerts,
    alertRouting: once(async () => {
      if (alertmanager === null) return null
      const {createAlertmanagerRouting} = await import('../../adapters/alertmanager/alertmanager-routing.js')
      return createAlertmanagerRouting(optionsFor(alertmanager))
    }),
    runSilences: once(async () => {
      const port = await alerts()
      if (port === null) return null
      const {createRunSilences} = await import('../../adapters/alertmanager/run-silences.js')
      return createRunSilences({alerts: port, clock: await clock(), everySeconds: RENEWAL_SECONDS})
    }),
  }
}

function backendPorts(config: Config, system: SystemPorts): BackendPorts {
  const {prometheus, trust} = config
  return {
    ...alertmanagerPorts(config, system),
    http: once(async () => (await import('../../adapters/http/axios-http.js')).createAxiosHttp()),
    metrics: async (timeoutSeconds = DEADLINE_SECONDS) => {
      if (prometheus === null) return null
      const {createPrometheusMetrics} = await import('../../adapters/prometheus/prometheus-metrics.js')
      const headers = readHeaders(prometheus.headers, process.env)
      return createPrometheusMetrics({...prometheus, headers, timeoutSeconds})
    },
    loadedRules: once(async () => {
      if (prometheus === null) return null
      const {createPrometheusRules} = await import('../../adapters/prometheus/prometheus-rules.js')
      const headers = readHeaders(prometheus.headers, process.env)
      return createPrometheusRules({...prometheus, headers, timeoutSeconds: DEADLINE_SECONDS})
    }),
    readThreshold: async () => (await import('../../adapters/prometheus/threshold-reader.js')).thresholdReader,
    ruleChecker: async () => {
      const {createPromtool} = await import('../../adapters/prometheus/promtool.js')
      return createPromtool({environment: process.env, timeoutSeconds: PROMTOOL_SECONDS})
    },
    alertRules: once(async () => {
      const rules = prometheus?.rules ?? null
      return rules === null
        ? null
        : (await import('../../adapters/prometheus/rule-files.js')).createRuleFiles(rules, trust)
    }),
  }
}

function dockerPorts(
  config: Config,
  masker: Masker,
  onStart: Leases['keepFor'],
  {engineSeconds, http}: {readonly engineSeconds: number} & Pick<BackendPorts, 'http'>,
): DockerPorts {
  const connection = once(async () => {
    const [{openDocker}, {resolveDockerEndpoint}] = await Promise.all([
      import('../../adapters/docker/docker-connection.js'),
      import('../../adapters/docker/docker-endpoint.js'),
    ])
    return openDocker(resolveDockerEndpoint(process.env))
  })
  const images = once(async () => {
    const {createDockerodeImageTags} = await import('../../adapters/docker/dockerode-image-tags.js')
    return createDockerodeImageTags(await connection(), {deadlineSeconds: DEADLINE_SECONDS})
  })
  const engine = once(async () => {
    const {createDockerodeEngine} = await import('../../adapters/docker/dockerode-engine.js')
    return createDockerodeEngine(await connection(), {deadlineSeconds: engineSeconds})
  })
  const compose = composePorts(config, {masker, onStart, engine, images})
  return {
    engine,
    logs: once(async () => {
      const [{createDockerodeLogSource}, {createLogFileSource}] = await Promise.all([
        import('../../adapters/docker/dockerode-log-source.js'),
        import('../../adapters/docker/log-files/log-file-source.js'),
      ])
      const docker = await connection()
      return createLogFileSource(createDockerodeLogSource(docker), docker)
    }),
    prober: proberPort({http, engine, place: compose.place, connection}),
    images,
    ...compose,
  }
}

function runbookPorts(
  {runbooksDirectory, trust, storeDirectory}: Config,
  secrets: Masker,
  onStart: Leases['keepFor'],
): RunbookPorts {
  return {
    library: once(async () =>
      (await import('../../adapters/library/file-library.js')).createFileLibrary(runbooksDirectory, trust),
    ),
    patterns: once(loadPatterns),
    shell: once(async () => {
      const {createExecaShell} = await import('../../adapters/shell/execa-shell.js')
      const faci = [process.execPath, ...process.execArgv, process.argv[1] ?? ''] as const
      return createExecaShell({masker: secrets, faci, environment: process.env, store: storeDirectory, onStart})
    }),
  }
}

function personPorts({json, terminal}: AppOptions, {mask}: Masker, times: ScreenTimes): PersonPorts {
  return {
    progress: once(async () => {
      const {createProgress} = await import('../../adapters/progress/create-progress.js')
      const write = (text: string): void => {
        toScreen('stderr', text)
      }
      return createProgress({json, tty: terminal.stderrRedraws, mask, times, write, paint: terminal.stderrStyle})
    }),
    prompt: once(async () => {
      const {terminalPrompt} = await import('../../adapters/system/terminal-prompt.js')
      const shown = (text: string): string => screenText(mask(text))
      return terminalPrompt({input: process.stdin, output: process.stderr, shown})
    }),
    operator: once(async () => (await import('../../adapters/system/operator.js')).operator(process.env)),
  }
}

/** Reads faci.yml and offers the ports; nothing is connected to yet. Throws `configInvalid`. */
export async function openApp(options: AppOptions): Promise<App> {
  const config = await loadConfig({
    directory: workingDirectory(process.env),
    file: options.configFile,
    environment: process.env,
  })
  const {p50, p95, p99} = config.targets.latency
  const secrets = masker(secretValues(config, process.env))
  for (const {name, value} of configuredParameters(config)) secrets.learnParameter(name, value)
  const system: SystemPorts = {
    clock: once(async () => (await import('../../adapters/system/system-clock.js')).systemClock),
    ids: once(async () => (await import('../../adapters/system/ulid-ids.js')).ulidIds()),
    documents: once(async () => (await import('../../adapters/system/document-files.js')).documentFiles),
    exports: once(async () => (await import('../../adapters/system/atomic-export.js')).atomicExports()),
  }
  const timezone = options.utc ? 'UTC' : config.timezone
  const times = screenTimes(timezone)
  const person = personPorts(options, secrets, times)
  const backends = backendPorts(config, system)
  const {keepFor, ...store} = storePorts(config, secrets, system, person)
  return {
    config,
    healthEndpoints: Object.entries(config.health).map(([name, probe]) => ({name, ...probe})),
    latencyTargets: {'0.5': p50, '0.95': p95, '0.99': p99},
    masker: secrets,
    times,
    timezone,
    ...backends,
    ...dockerPorts(config, secrets, keepFor, {engineSeconds: options.engineSeconds, http: backends.http}),
    ...store,
    ...noticePorts(config),
    ...runbookPorts(config, secrets, keepFor),
    ...person,
    ...system,
  }
}
