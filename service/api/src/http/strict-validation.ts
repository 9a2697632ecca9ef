import type {FastifyServerOptions} from 'fastify'

/** Fastify's validator by default drops unknown members and turns "5" into 5; here both are refused. */
export const strictValidation: NonNullable<FastifyServerOptions['ajv']> = {
  customOptions: {removeAdditional: false, coerceTypes: false, allErrors: true, allowUnionTypes: true},
}
