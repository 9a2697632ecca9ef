import {randomUUID} from 'node:crypto'
import type {FastifyInstance} from 'fastify'
import type {Car, Dealership} from '../catalogue/car.js'
import {ProblemError} from '../http/problem.js'
import {USER_ID_PATTERN} from '../http/request-id.js'
import type {ServiceMetrics} from '../metrics/service-metrics.js'

/** Invented numbers. */
const PHONES: Readonly<Record<Dealership, string>> = {
  RobustCar: '5511900000001',
  AutoCenter: '5511900000002',
  CarPlus: '5511900000003',
}

/** The body may be left out. */
const BODY = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {user_id: {type: 'string', pattern: USER_ID_PATTERN}},
} as const

interface WhatsappDeps {
  readonly catalogue: readonly Car[]
  readonly metrics: Pick<ServiceMetrics, 'whatsappClicks'>
}

export function registerWhatsapp(app: FastifyInstance, {catalogue, metrics}: WhatsappDeps): void {
  const cars = new Map(catalogue.map((car) => [car.id, car]))

  app.post<{Params: {id: string}}>(
    '/cars/:id/whatsapp',
    {schema: {body: BODY}},
    function answerWhatsapp(request, reply) {
      const car = cars.get(request.params.id)
      if (car === undefined) throw new ProblemError({status: 404, detail: 'There is no car with this id'})
      metrics.whatsappClicks.inc({dealership: car.dealership})
      return reply.code(201).send({
        lead_id: randomUUID(),
        car_id: car.id,
        dealership: car.dealership,
        whatsapp_url: whatsappUrl(car),
      })
    },
  )
}

function whatsappUrl({brand, model, version, year, id, dealership}: Car): string {
  const text = `Olá! Tenho interesse no ${brand} ${model} ${version} ${String(year)} (${id}) que vi no FacilIAuto.`
  return `https://wa.me/${PHONES[dealership]}?text=${encodeURIComponent(text)}`
}
