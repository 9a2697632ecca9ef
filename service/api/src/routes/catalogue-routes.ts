import type {FastifyInstance} from 'fastify'
import type {Car} from '../catalogue/car.js'
import {BODIES, DEALERSHIPS, FUELS, TRANSMISSIONS, viewCar} from '../catalogue/car.js'
import type {CarQuery} from '../catalogue/search-cars.js'
import {SORTS, searchCars} from '../catalogue/search-cars.js'
import {summariseCatalogue} from '../catalogue/summarise-catalogue.js'
import {readQueryValues} from '../http/query-values.js'

const PRICE = {type: 'integer', minimum: 0, maximum: 100_000_000} as const
const YEAR = {type: 'integer', minimum: 1900, maximum: 2100} as const
const NAME = {type: 'string', minLength: 1, maxLength: 60} as const

const CAR_QUERY = {
  dealership: {type: 'string', enum: DEALERSHIPS},
  brand: NAME,
  model: NAME,
  body: {type: 'string', enum: BODIES},
  fuel: {type: 'string', enum: FUELS},
  transmission: {type: 'string', enum: TRANSMISSIONS},
  min_price: PRICE,
  max_price: PRICE,
  min_year: YEAR,
  max_year: YEAR,
  max_km: {type: 'integer', minimum: 0, maximum: 10_000_000},
  has_image: {type: 'boolean'},
  q: NAME,
  sort: {type: 'string', enum: SORTS},
  page: {type: 'integer', minimum: 1, maximum: 100_000},
  per_page: {type: 'integer', minimum: 1, maximum: 100},
} as const

/** Strict: a filter that is misspelt would otherwise look as if it matched everything. */
const strictQuery = (properties: object) => ({type: 'object', additionalProperties: false, properties})

export function registerCatalogue(app: FastifyInstance, catalogue: readonly Car[]): void {
  const summary = summariseCatalogue(catalogue)

  app.get('/stats', {schema: {querystring: strictQuery({})}}, function answerStats(_, reply) {
    return reply.send(summary)
  })

  app.get<{Querystring: CarQuery}>(
    '/cars',
    {schema: {querystring: strictQuery(CAR_QUERY)}, preValidation: readQueryValues(CAR_QUERY)},
    function answerCars(request, reply) {
      const {cars, total, page, perPage, pages} = searchCars(catalogue, request.query)
      return reply.send({cars: cars.map(viewCar), total, page, per_page: perPage, pages})
    },
  )
}
