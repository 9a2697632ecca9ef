export const DEALERSHIPS = ['RobustCar', 'AutoCenter', 'CarPlus'] as const
export type Dealership = (typeof DEALERSHIPS)[number]

export const BODIES = ['hatch', 'sedan', 'suv', 'pickup', 'minivan'] as const
export type Body = (typeof BODIES)[number]

export const FUELS = ['flex', 'gasoline', 'diesel', 'hybrid', 'electric'] as const
export type Fuel = (typeof FUELS)[number]

export const TRANSMISSIONS = ['manual', 'automatic'] as const
export type Transmission = (typeof TRANSMISSIONS)[number]

/** What every car of one model shares. */
export interface ModelSpec {
  readonly brand: string
  readonly model: string
  readonly body: Body
  readonly fuel: Fuel
  /** First model year on sale. */
  readonly since: number
  /** Price of a new one with the manual gearbox where there is one, in reais. */
  readonly newPrice: number
  readonly transmissions: readonly Transmission[]
  readonly versions: readonly string[]
  /** Kilometres per litre in town; for an electric car its equivalent in energy. */
  readonly cityKmPerLitre: number
  readonly powerHp: number
  readonly trunkLitres: number
  readonly seats: number
  /** Crash-test stars, 0 to 5. */
  readonly safetyStars: number
  /** Equipment and ride, 0 to 1. */
  readonly comfort: number
  /** Share of its price kept after a year, 0 to 1. */
  readonly yearlyRetention: number
}

export interface Car extends Omit<ModelSpec, 'since' | 'newPrice' | 'transmissions' | 'versions'> {
  readonly id: string
  readonly dealership: Dealership
  readonly version: string
  readonly transmission: Transmission
  readonly year: number
  readonly km: number
  /** In whole reais. */
  readonly price: number
  readonly color: string
  readonly imageUrl: string | null
}

/** The shape of a car on the wire. */
export interface CarView {
  readonly id: string
  readonly dealership: Dealership
  readonly brand: string
  readonly model: string
  readonly version: string
  readonly year: number
  readonly km: number
  readonly price: number
  readonly body: Body
  readonly fuel: Fuel
  readonly transmission: Transmission
  readonly color: string
  readonly seats: number
  readonly trunk_litres: number
  readonly power_hp: number
  readonly city_km_per_litre: number
  readonly safety_stars: number
  readonly image_url: string | null
}

export function viewCar(car: Car): CarView {
  return {
    id: car.id,
    dealership: car.dealership,
    brand: car.brand,
    model: car.model,
    version: car.version,
    year: car.year,
    km: car.km,
    price: car.price,
    body: car.body,
    fuel: car.fuel,
    transmission: car.transmission,
    color: car.color,
    seats: car.seats,
    trunk_litres: car.trunkLitres,
    power_hp: car.powerHp,
    city_km_per_litre: car.cityKmPerLitre,
    safety_stars: car.safetyStars,
    image_url: car.imageUrl,
  }
}
