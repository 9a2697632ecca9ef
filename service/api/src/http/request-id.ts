import {randomUUID} from 'node:crypto'
import type {IncomingMessage} from 'node:http'

const SAFE_ID = /^[\w.:-]{1,128}$/

/** The caller's X-Request-Id where it can do no harm in a log or a header, else a new one. */
export function readRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID()
}

const SAFE_USER_ID = /^[\w.@:-]{1,64}$/
export const USER_ID_PATTERN = SAFE_USER_ID.source

/** Read from the body before it is validated: a refused request is logged with its buyer too. */
export function readUserId(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('user_id' in body)) return undefined
  const {user_id: userId} = body
  return typeof userId === 'string' && SAFE_USER_ID.test(userId) ? userId : undefined
}
