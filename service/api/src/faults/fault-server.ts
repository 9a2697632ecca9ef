import type {FastifyInstance} from 'fastify'
import {fastify} from 'fastify'
import {registerErrorHandler} from '../http/error-handler.js'
import {sendProblem} from '../http/problem.js'
import {readRequestId} from '../http/request-id.js'
import {strictValidation} from '../http/strict-validation.js'
import type {Logger} from '../logging/logger.js'
import {FAULT_PATCH_SCHEMA} from './fault-schema.js'
import type {FaultPatch} from './fault-state.js'
import {NO_FAULTS} from './fault-state.js'
import type {FaultSwitches} from './fault-switches.js'

interface FaultServerDeps {
  readonly faults: FaultSwitches
  readonly logger: Logger
  /** Called once the answer to POST /faults/crash has been sent. */
  readonly crash: () => void
}

/** The switches' own listener: nothing on the traffic port can reach them. */
export function buildFaultServer({faults, logger, crash}: FaultServerDeps): FastifyInstance {
  const app = fastify({genReqId: readRequestId, ajv: strictValidation})
  app.decorateRequest('failure', undefined)
  registerErrorHandler(app)
  app.setNotFoundHandler(function answerNotFound(request, reply) {
    return sendProblem(request, reply, {
      status: 404,
      detail: 'Use GET, PUT, POST or DELETE /faults, or POST /faults/crash',
    })
  })

  app.get('/faults', function showFaults(_, reply) {
    return reply.send(describe(faults))
  })
  app.route<{Body: FaultPatch}>({
    method: ['PUT', 'POST'],
    url: '/faults',
    schema: {body: FAULT_PATCH_SCHEMA},
    handler: function changeFaults(request, reply) {
      faults.apply(request.body)
      logger.warning('faults changed', {faults: faults.state()})
      return reply.send(describe(faults))
    },
  })
  app.delete('/faults', function resetFaults(_, reply) {
    faults.reset()
    logger.warning('faults reset')
    return reply.send(describe(faults))
  })
  app.post('/faults/crash', function crashProcess(_, reply) {
    reply.raw.once('finish', crash)
    return reply.code(202).send({crashing: true})
  })
  return app
}

function describe(faults: FaultSwitches) {
  const state = faults.state()
  return {
    active: JSON.stringify(state) !== JSON.stringify(NO_FAULTS) || faults.heldMiB() > 0,
    faults: state,
    memory_held_mib: faults.heldMiB(),
  }
}
