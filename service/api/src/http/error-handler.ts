import type {FastifyError, FastifyInstance, FastifyReply, FastifyRequest} from 'fastify'
import {InjectedFault} from '../faults/injected-fault.js'
import type {InvalidMember, ProblemInput} from './problem.js'
import {ProblemError, sendProblem} from './problem.js'

const UNEXPECTED = 'The request could not be completed. Quote the request id when reporting it.'

/** What a client may read about each error that Fastify itself raises. */
const DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, though the content type says JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the body as application/json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body does not have the length that Content-Length says',
  FST_ERR_BAD_URL: 'The URL is not valid',
}

/** Every failure becomes problem+json; what went wrong inside is logged and never sent. */
export function registerErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(function answerError(error, request, reply) {
    return answerWithProblem(error, request, reply)
  })
}

export function answerWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = describeError(error)
  if (problem.status >= 500) request.failure = error
  return sendProblem(request, reply, problem)
}

function describeError(error: unknown): ProblemInput {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof InjectedFault) return {status: error.status, detail: UNEXPECTED}
  if (!isFastifyError(error)) return {status: 500, detail: UNEXPECTED}
  if (error.validation !== undefined) return describeValidation(error)
  const status = error.statusCode ?? 500
  if (status < 400 || status >= 500) return {status: 500, detail: UNEXPECTED}
  return {status, detail: DETAILS[error.code] ?? 'The request is not valid'}
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error
}

function describeValidation(error: FastifyError): ProblemInput {
  const context = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'request')
  const errors = (error.validation ?? []).map(({instancePath, message, params}): InvalidMember => {
    const extra = params['additionalProperty']
    const path = [context, ...instancePath.split('/').slice(1), ...(typeof extra === 'string' ? [extra] : [])]
    const choices: unknown = params['allowedValues']
    const hint = Array.isArray(choices) ? `: ${choices.join(', ')}` : ''
    return {
      member: path.join('.'),
      message: typeof extra === 'string' ? 'is not known' : `${message ?? 'is not valid'}${hint}`,
    }
  })
  return {status: 400, detail: errors.map(({member, message}) => `${member} ${message}`).join('; '), errors}
}
