import type {FastifyInstance} from 'fastify'
import {fastify} from 'fastify'
import type {RecommendationCache} from './cache/recommendation-cache.js'
import {switchableCache} from './cache/switchable-cache.js'
import type {Car} from './catalogue/car.js'
import type {ActiveFaults} from './faults/fault-switches.js'
import {registerFaultInjection} from './faults/inject-faults.js'
import {registerErrorHandler} from './http/error-handler.js'
import {allowedMethods, registerMethodNotAllowed} from './http/method-not-allowed.js'
import {sendProblem} from './http/problem.js'
import {readRequestId} from './http/request-id.js'
import {registerRequestRecord} from './http/request-record.js'
import {strictValidation} from './http/strict-validation.js'
import {answerFrameworkError, answerUnreadable} from './http/unparsed-requests.js'
import type {Logger} from './logging/logger.js'
import {ENDPOINTS, UNMATCHED} from './metrics/endpoints.js'
import type {ServiceMetrics} from './metrics/service-metrics.js'
import {createRecommender} from './recommend/recommender.js'
import {registerCatalogue} from './routes/catalogue-routes.js'
import {registerHealth} from './routes/health-route.js'
import {registerRecommend} from './routes/recommend-route.js'
import {registerWhatsapp} from './routes/whatsapp-route.js'

const BODY_LIMIT_BYTES = 16 * 1024

export interface AppDeps {
  readonly catalogue: readonly Car[]
  readonly cache: RecommendationCache
  readonly cacheTtlSeconds: number
  readonly logger: Logger
  readonly metrics: ServiceMetrics
  readonly version: string
  readonly isStopping?: () => boolean
  /** Only where FAULTS=enabled. */
  readonly faults?: ActiveFaults
}

/** The traffic port. Not listening yet. */
export function buildApp(deps: AppDeps): FastifyInstance {
  const app = createServer(deps)
  registerRequestRecord(app, deps)
  registerErrorHandler(app)
  closeConnectionsWhileStopping(app, deps)
  if (deps.faults !== undefined) registerFaultInjection(app, deps.faults)
  registerRoutes(app, deps)
  app.setNotFoundHandler(function answerNotFound(request, reply) {
    return sendProblem(request, reply, {status: 404, detail: 'There is nothing at this path'})
  })
  return app
}

function createServer(deps: AppDeps): FastifyInstance {
  const app = fastify({
    genReqId: readRequestId,
    bodyLimit: BODY_LIMIT_BYTES,
    ajv: strictValidation,
    // A request on a kept-alive connection while stopping is served, not refused: a restart costs buyers no error.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      answerFrameworkError(deps, error, request, reply)
    },
    clientErrorHandler: (error, socket) => {
      answerUnreadable(deps, error, socket)
    },
  })
  app.removeContentTypeParser('text/plain')
  return app
}

/** Else a kept-alive connection that was busy when the stop began would hold it up until the grace is over. */
function closeConnectionsWhileStopping(app: FastifyInstance, {isStopping}: AppDeps): void {
  app.addHook('onSend', function closeConnection(_, reply, payload, done) {
    if (isStopping?.() === true) reply.header('connection', 'close')
    done(null, payload)
  })
}

function registerRoutes(app: FastifyInstance, deps: AppDeps): void {
  const {catalogue, metrics, faults, version, isStopping} = deps
  const cache = faults === undefined ? deps.cache : switchableCache(deps.cache, () => faults.cacheIsOff())
  const refusal = (): string | undefined => {
    if (isStopping?.() === true) return 'stopping'
    return faults?.healthIsFailing() === true ? 'failing as a drill asked' : undefined
  }
  registerHealth(app, {cache, cars: catalogue.length, version, refusal})
  registerCatalogue(app, catalogue)
  registerRecommend(app, {recommend: createRecommender({catalogue, cache, ttlSeconds: deps.cacheTtlSeconds}), metrics})
  registerWhatsapp(app, {catalogue, metrics})
  app.get('/metrics', async function answerMetrics(_, reply) {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  registerMethodNotAllowed(app, allowedMethods(ENDPOINTS.filter(({endpoint}) => endpoint !== UNMATCHED)))
}
