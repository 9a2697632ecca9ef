import {STATUS_CODES} from 'node:http'
import type {FastifyReply, FastifyRequest} from 'fastify'

/** RFC 9457. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly request_id: string
  /** Present where single members of the request are at fault. */
  readonly errors?: readonly InvalidMember[]
}

export interface InvalidMember {
  /** `query.max_price`, `body.budget.max`, … */
  readonly member: string
  readonly message: string
}

export interface ProblemInput {
  readonly status: number
  readonly detail: string
  readonly errors?: readonly InvalidMember[]
}

/** Thrown by a route to be answered as it says. */
export class ProblemError extends Error {
  readonly problem: ProblemInput

  constructor(problem: ProblemInput) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8'

export function buildProblem({status, detail, errors}: ProblemInput, path: string, requestId: string): Problem {
  return {
    type: errors === undefined ? 'about:blank' : 'urn:faciliauto:problem:invalid-request',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: path,
    request_id: requestId,
    ...(errors && {errors}),
  }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, input: ProblemInput): FastifyReply {
  return reply
    .code(input.status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(buildProblem(input, pathOf(request.url), request.id)))
}

/** Without the query string, which may hold what a buyer typed. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}
