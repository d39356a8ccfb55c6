import { invalidInput } from '../errors.ts'
import type { Simulation } from './simulate.ts'

/** About a second's work: a hundred kilobytes of patterns over a text of five. */
const most = 5e8

/**
 * Looking for thousands of patterns in one text takes the product of their lengths, and one look cannot be
 * interrupted. Nothing that is tried in earnest comes near.
 * @throws ApiError InvalidInput
 */
export function checkEffort({ sources, resourcePolicy, trust, context, resources }: Simulation) {
  const { identity, boundary, scps = [] } = sources
  const policies = [...identity, ...scps.flat(), ...[...trust.values()].map(({ policy }) => policy)]
  if (boundary !== undefined) policies.push(boundary)
  if (resourcePolicy !== undefined) policies.push(resourcePolicy)
  let patterns = 0
  for (const { policy } of policies) patterns += policy.document.text.length
  let longest = 0
  for (const text of resources ?? []) longest = Math.max(longest, text.length)
  for (const value of context.values()) {
    // Each member of a list is compared in turn.
    const length = typeof value === 'string' ? value.length : value.join('').length
    longest = Math.max(longest, length)
  }
  if (patterns * longest <= most) return
  throw invalidInput('The policies are too long to be tried on values of this length.')
}
