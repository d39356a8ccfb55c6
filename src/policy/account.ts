import type { AccessRequest, Principal } from './request.ts'

/** Does the resource belong to the caller's own account? A resource of nobody known does. */
export function isSameAccount({ principal, resource, resourceAccount }: AccessRequest): boolean {
  if (!('account' in principal)) return false
  if (resourceAccount !== undefined) return resourceAccount === principal.account
  const at = accountField(resource)
  if (at === -1 || !isAccountId(resource, at)) return true
  return resource.startsWith(principal.account, at)
}

/** Where the account of an ARN begins, or -1. */
function accountField(resource: string): number {
  if (!resource.startsWith('arn:')) return -1
  let at = 4
  for (let colons = 1; colons < 4; colons++) {
    at = resource.indexOf(':', at) + 1
    if (at === 0) return -1
  }
  return at
}

function isAccountId(text: string, at: number): boolean {
  for (let i = at; i < at + 12; i++) {
    const code = text.charCodeAt(i)
    if (!(code >= 0x30 && code <= 0x39)) return false
  }
  return text.charCodeAt(at + 12) === 0x3a
}

/** Partitions never trust each other, whatever policies say. */
export function isSamePartition({ principal, resource }: AccessRequest): boolean {
  const arn = arnOf(principal)
  if (arn === undefined || !resource.startsWith('arn:')) return true
  if (arn.startsWith('arn:aws:') && resource.startsWith('arn:aws:')) return true
  return resource.startsWith(arn.slice(0, arn.indexOf(':', 4) + 1))
}

/** The ARN AWS prints for a caller; services and anonymous callers have none. */
export function arnOf(principal: Principal): string | undefined {
  switch (principal.type) {
    case 'service':
    case 'anonymous':
      return undefined
    case 'web-identity':
    case 'saml':
      return principal.provider.startsWith('arn:') ? principal.provider : undefined
    default:
      return principal.arn
  }
}
