import type {FastifyInstance} from 'fastify'
import {buildApp} from './app.js'
import {createRedisCache} from './cache/redis-cache.js'
import {generateCatalogue} from './catalogue/generate-catalogue.js'
import type {Config} from './config.js'
import {readConfig} from './config.js'
import {buildFaultServer} from './faults/fault-server.js'
import type {FaultSwitches} from './faults/fault-switches.js'
import {createFaultSwitches} from './faults/fault-switches.js'
import {createMemoryBallast} from './faults/memory-ballast.js'
import type {Logger} from './logging/logger.js'
import {createLogger} from './logging/logger.js'
import {createServiceMetrics} from './metrics/service-metrics.js'

function loadConfig(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    createLogger('info').critical('the configuration is not valid', {exception: error})
    process.exit(1)
  }
}

async function start(config: Config, logger: Logger): Promise<void> {
  const catalogue = generateCatalogue()
  const cache = createRedisCache(config.redisUrl, logger)
  const faults = config.faults && createFaultSwitches({random: Math.random, ballast: createMemoryBallast()})
  const metrics = createServiceMetrics({version: config.version, catalogue})
  let stopping = false
  const app = buildApp({
    catalogue,
    cache,
    cacheTtlSeconds: config.recommendationCacheTtlSeconds,
    logger,
    metrics,
    version: config.version,
    isStopping: () => stopping,
    ...(faults && {faults}),
  })
  const faultServer = await startFaultServer(config, faults, logger)
  const address = await app.listen({host: '0.0.0.0', port: config.port})
  logger.info('listening', {port: portOf(address), environment: config.environment, version: config.version})

  stopOnSignal(logger, config.shutdownGraceSeconds, async () => {
    stopping = true
    await Promise.all([app.close(), faultServer?.close()])
    cache.close()
  })
}

async function startFaultServer(
  config: Config,
  faults: FaultSwitches | undefined,
  logger: Logger,
): Promise<FastifyInstance | undefined> {
  if (config.faults === undefined || faults === undefined) return undefined
  const server = buildFaultServer({faults, logger, crash: crashSoon})
  const address = await server.listen(config.faults)
  logger.warning('fault switches are open', {host: config.faults.host, port: portOf(address)})
  return server
}

/** The one in use, also where any free one was asked for. */
function portOf(address: string): number {
  return Number(new URL(address).port)
}

/** Thrown outside any request, so that the process dies as of any other uncaught exception. */
function crashSoon(): void {
  setImmediate(function crash() {
    throw new Error('crash asked for by POST /faults/crash')
  })
}

function stopOnSignal(logger: Logger, graceSeconds: number, stop: () => Promise<void>): void {
  const onSignal = (signal: NodeJS.Signals): void => {
    logger.info('stopping', {signal})
    setTimeout(function giveUp() {
      logger.warning('stopped with requests still open', {grace_seconds: graceSeconds})
      process.exit(0)
    }, graceSeconds * 1000)
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('could not stop cleanly', {exception: error})
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', onSignal)
  process.once('SIGINT', onSignal)
}

function exitOnUncaught(logger: Logger): void {
  process.on('uncaughtException', function dieOfException(error) {
    logger.critical('uncaught exception', {exception: error})
    process.exit(1)
  })
}

const config = loadConfig()
const logger = createLogger(config.logLevel)
exitOnUncaught(logger)
start(config, logger).catch((error: unknown) => {
  logger.critical('could not start', {exception: error})
  process.exit(1)
})
