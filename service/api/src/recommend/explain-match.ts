import type {Car} from '../catalogue/car.js'
import type {Preferences, Use} from './preferences.js'
import type {Aspect, ScoredCar} from './score-car.js'

const MOST_REASONS = 3
/** Below this a quality is nothing to boast of. */
const WORTH_SAYING = 0.55

const NUMBER = new Intl.NumberFormat('pt-BR')
const ONE_DECIMAL = new Intl.NumberFormat('pt-BR', {minimumFractionDigits: 1, maximumFractionDigits: 1})

const USE_NAMES: Readonly<Record<Use, string>> = {
  city: 'a cidade',
  family: 'a família',
  work: 'o trabalho',
  travel: 'viagens',
  'first-car': 'um primeiro carro',
  'ride-hailing': 'aplicativos de transporte',
}

const REASONS: Readonly<Record<Aspect, (car: Car, preferences: Preferences) => string>> = {
  economy: (car) =>
    car.fuel === 'electric'
      ? 'Elétrico: custo por quilômetro muito baixo'
      : `Econômico: ${ONE_DECIMAL.format(car.cityKmPerLitre)} km/l na cidade`,
  space: (car) => `Espaçoso: porta-malas de ${NUMBER.format(car.trunkLitres)} litros e ${String(car.seats)} lugares`,
  performance: (car) => `Bom desempenho: ${String(car.powerHp)} cv`,
  comfort: (car) => `Confortável${car.transmission === 'automatic' ? ', com câmbio automático' : ''}`,
  safety: (car) => `Seguro: ${String(car.safetyStars)} de 5 estrelas nos testes de colisão`,
  resale: (car) => `Boa revenda: mantém ${String(Math.round(car.yearlyRetention * 100))} % do valor ao ano`,
  use: (_, {use}) => `Combina com ${USE_NAMES[use]}`,
  budget: (car, {budgetMax}) =>
    car.price === budgetMax
      ? 'Usa todo o orçamento'
      : `Dentro do orçamento, com folga de R$ ${NUMBER.format(budgetMax - car.price)}`,
  condition: (car) => `Bem conservado: ${String(car.year)}, ${NUMBER.format(car.km)} km`,
}

/** One to three sentences for the buyer, the weightiest first. */
export function explainMatch({car, parts}: ScoredCar, preferences: Preferences): readonly string[] {
  const byContribution = [...parts].sort((a, b) => b.value * b.weight - a.value * a.weight)
  const boasts = byContribution.filter(({value}) => value >= WORTH_SAYING)
  const chosen = boasts.length > 0 ? boasts.slice(0, MOST_REASONS) : byContribution.slice(0, 1)
  return chosen.map(({aspect}) => REASONS[aspect](car, preferences))
}
