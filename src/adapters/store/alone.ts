import {FaciError} from '../../domain/errors.js'
import type {Lease, LeaseRequest, Leases} from '../../ports/lease.js'

/** null while another process has it. */
export async function alone(leases: Leases, name: string, request: LeaseRequest): Promise<Lease | null> {
  try {
    return await leases.take(name, request)
  } catch (error) {
    if (error instanceof FaciError && error.code === 'locked') return null
    throw error
  }
}
