import type { Services } from '../request/services.ts'
import { type CreatedAccount, createAccount, type NewAccount } from './create-account.ts'

/**
 * Makes the first account when the service has none. It manages the service.
 *
 * @param now - milliseconds since the epoch
 * @returns its keys, to be shown once; undefined on every later start
 */
export async function ensureFirstAccount(
  wanted: NewAccount,
  now: number,
  services: Services,
): Promise<CreatedAccount | undefined> {
  for (const _account of services.directory.accounts) return undefined
  return createAccount({ ...wanted, management: true }, now, services)
}
