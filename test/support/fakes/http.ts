import {FaciError} from '../../../src/domain/errors.js'
import type {Http, HttpAnswer, HttpRequest} from '../../../src/ports/http.js'

export interface FakeHttp extends Http {
  readonly requests: readonly HttpRequest[]
}

/** Answers with a status, or with an error's code when nobody is there. */
export function fakeHttp(
  answer: (request: HttpRequest) => number | Partial<HttpAnswer> | 'unreachable' | 'timedOut',
): FakeHttp {
  const requests: HttpRequest[] = []
  return {
    requests,
    send: (request) => {
      requests.push(request)
      const given = answer(request)
      if (typeof given === 'string') return Promise.reject(new FaciError(given, `${request.url} is ${given}`))
      const partial = typeof given === 'number' ? {status: given} : given
      return Promise.resolve({status: 200, headers: {}, body: '', durationSeconds: 0.01, ...partial})
    },
  }
}
