import type {FastifyInstance, FastifyReply} from 'fastify'
import {ProblemError} from '../http/problem.js'
import {USER_ID_PATTERN} from '../http/request-id.js'
import type {ServiceMetrics} from '../metrics/service-metrics.js'
import type {RecommendBody} from '../recommend/preferences.js'
import {PRIORITIES, USES, readPreferences} from '../recommend/preferences.js'
import type {CachedRecommendation, Recommender} from '../recommend/recommender.js'

const PRICE = {type: 'integer', minimum: 0, maximum: 100_000_000} as const

const BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['budget', 'use'],
  properties: {
    budget: {
      type: 'object',
      additionalProperties: false,
      required: ['max'],
      properties: {min: PRICE, max: {...PRICE, minimum: 1000}},
    },
    use: {type: 'string', enum: USES},
    priorities: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(PRIORITIES.map((name) => [name, {type: 'integer', minimum: 1, maximum: 5}])),
    },
    limit: {type: 'integer', minimum: 1, maximum: 20},
    user_id: {type: 'string', pattern: USER_ID_PATTERN},
  },
} as const

interface RecommendDeps {
  readonly recommend: Recommender
  readonly metrics: ServiceMetrics
}

export function registerRecommend(app: FastifyInstance, {recommend, metrics}: RecommendDeps): void {
  app.post<{Body: RecommendBody}>('/recommend', {schema: {body: BODY}}, async function answerRecommend(request, reply) {
    const preferences = readPreferences(request.body)
    if (preferences.budgetMin > preferences.budgetMax) throw emptyBudget()
    const answer = await recommend(preferences)
    observe(metrics, answer, reply)
    void reply.header('x-cache', answer.cacheUse)
    return answer.recommendation
  })
}

function emptyBudget(): ProblemError {
  const message = 'must not be above body.budget.max'
  return new ProblemError({
    status: 400,
    detail: `body.budget.min ${message}`,
    errors: [{member: 'body.budget.min', message}],
  })
}

/** A recommendation served from the cache reached a buyer as much as one computed: both are observed alike. */
function observe(metrics: ServiceMetrics, {recommendation, cacheUse}: CachedRecommendation, reply: FastifyReply): void {
  if (cacheUse === 'HIT') metrics.cacheHits.inc()
  else metrics.cacheMisses.inc()
  metrics.recommendationDuration.observe(reply.elapsedTime / 1000)

  const scores = recommendation.cars.map((car) => car.match_score / 100)
  if (scores.length === 0) return
  metrics.recommendations.inc()
  for (const score of scores) metrics.matchScore.observe(score)
  metrics.matchScoreLast.set(scores.reduce((sum, score) => sum + score, 0) / scores.length)
  if (recommendation.diversity_score === null) return
  metrics.diversityScore.observe(recommendation.diversity_score / 100)
  metrics.diversityScoreLast.set(recommendation.diversity_score / 100)
}
