import type {FastifyRequest} from 'fastify'

type QuerySchema = Readonly<Record<string, {readonly type: string}>>

/**
 * Reads the numbers and booleans of a query string as its schema types them, before it is validated. The validator
 * itself coerces nothing: in a JSON body "5" is not 5.
 */
export function readQueryValues(schema: QuerySchema) {
  return function readValues(request: FastifyRequest, _: unknown, done: () => void): void {
    const query = request.query as Record<string, unknown>
    for (const [name, {type}] of Object.entries(schema)) {
      const text = query[name]
      if (typeof text === 'string') query[name] = readValue(type, text)
    }
    done()
  }
}

function readValue(type: string, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
