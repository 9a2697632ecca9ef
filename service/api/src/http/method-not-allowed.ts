import type {FastifyInstance, HTTPMethods} from 'fastify'
import {sendProblem} from './problem.js'

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Fastify answers 404 to a method that a known path does not have; the path exists, so this makes it 405. */
export function registerMethodNotAllowed(app: FastifyInstance, routes: ReadonlyMap<string, readonly string[]>): void {
  for (const [url, allowed] of routes) {
    app.route({
      url,
      method: METHODS.filter((method) => !allowed.includes(method)),
      // Whatever the body is, it is not what is wrong.
      onRequest: async function refuseMethod(request, reply) {
        void reply.header('allow', allowed.join(', '))
        return sendProblem(request, reply, {
          status: 405,
          detail: `${request.method} is not supported here; use ${allowed.join(' or ')}`,
        })
      },
      handler: () => undefined,
    })
  }
}

/** GET brings HEAD with it. */
export function allowedMethods(routes: readonly {readonly method: string; readonly endpoint: string}[]) {
  const allowed = new Map<string, string[]>()
  for (const {method, endpoint} of routes) {
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method]
    allowed.set(endpoint, [...(allowed.get(endpoint) ?? []), ...methods])
  }
  return allowed
}
