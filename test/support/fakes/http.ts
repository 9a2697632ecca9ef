import {FaciError} from '../../../src/domain/errors.js'
import type {ExecAnswer, HealthProber} from '../../../src/ports/health-prober.js'
import type {HttpAnswer, HttpRequest} from '../../../src/ports/http.js'

export interface FakeHttp extends HealthProber {
  readonly requests: readonly HttpRequest[]
}

/** Answers with a status, or with an error's code when nobody is there; a connection stands, and commands end as `exec` says. */
export function fakeHttp(
  answer: (request: HttpRequest) => number | Partial<HttpAnswer> | 'unreachable' | 'timedOut',
  exec: ExecAnswer | FaciError = {exitCode: 0, output: '', durationSeconds: 0.01},
): FakeHttp {
  const requests: HttpRequest[] = []
  return {
    requests,
    connect: () => Promise.resolve(0.01),
    run: () => (exec instanceof FaciError ? Promise.reject(exec) : Promise.resolve(exec)),
    send: (request) => {
      requests.push(request)
      const given = answer(request)
      if (typeof given === 'string') return Promise.reject(new FaciError(given, `${request.url} is ${given}`))
      const partial = typeof given === 'number' ? {status: given} : given
      return Promise.resolve({status: 200, headers: {}, body: '', durationSeconds: 0.01, ...partial})
    },
  }
}
