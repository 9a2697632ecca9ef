import {outwardFetch} from '../../http/outward-fetch.js'

/** The largest answer that is looked for: a page of a channel's messages. */
const MAX_BYTES = 8 * 1024 * 1024

async function bodyOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += (chunk as Uint8Array).length
    if (length > MAX_BYTES) throw new TypeError('the answer is too large')
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}

/** As `fetch`, but an answer is read at once, and no more of it than can be meant. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await outwardFetch(input, init)
  const {status, statusText, headers} = response
  const body = await bodyOf(response)
  return new Response(body.length === 0 ? null : new Uint8Array(body), {status, statusText, headers})
}
