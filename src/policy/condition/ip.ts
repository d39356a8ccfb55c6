/**
 * IP addresses and networks, read as laxly as AWS reads them: leading zeros are decimal, `:::`
 * passes for `::`, one leading or trailing colon is forgiven.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */

/** An IPv4 address is one number of 32 bits, an IPv6 address eight of 16. */
export type IpAddress = number | readonly number[]

/** `prefix` counts bits from the left. */
export interface IpNetwork {
  readonly address: IpAddress
  readonly prefix: number
}

/** A request's address. An IPv4-mapped IPv6 address is the IPv4 address; a network is refused. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (!text.includes(':')) return parseIpv4(text)
  const dots = text.includes('.')
  const groups = parseIpv6(dots ? withHexTail(text) : text)
  if (groups === undefined) return undefined
  if (isMapped(groups)) return (groups[6] ?? 0) * 0x10000 + (groups[7] ?? 0)
  return dots ? undefined : groups
}

/**
 * A policy's network; without a prefix it is one address.
 * @returns 'nobody' for an IPv6 network with host bits set: it matches not even itself, and IAM
 * refuses to store it; undefined for text that is no network
 */
export function parseIpNetwork(text: string): IpNetwork | 'nobody' | undefined {
  const slash = text.indexOf('/')
  const address = slash === -1 ? text : text.slice(0, slash)
  if (address.includes(':')) {
    const groups = address.includes('.') ? undefined : parseIpv6(address)
    const prefix = parsePrefix(text, slash, 128)
    if (groups === undefined || prefix === undefined) return undefined
    return hasHostBits(groups, prefix) ? 'nobody' : { address: groups, prefix }
  }
  const number = parseIpv4(address)
  const prefix = parsePrefix(text, slash, 32)
  if (number === undefined || prefix === undefined) return undefined
  return { address: number, prefix }
}

export function networkContains(network: IpNetwork, address: IpAddress): boolean {
  const { prefix } = network
  if (typeof network.address === 'number') {
    if (typeof address !== 'number') return false
    return prefix === 0 || (network.address ^ address) >>> (32 - prefix) === 0
  }
  if (typeof address === 'number') return false
  for (let i = 0; i * 16 < prefix; i++) {
    const spare = Math.max(0, (i + 1) * 16 - prefix)
    if (((network.address[i] ?? 0) ^ (address[i] ?? 0)) >>> spare !== 0) return false
  }
  return true
}

function parseIpv4(text: string): number | undefined {
  const parts = /^0*(\d{1,3})\.0*(\d{1,3})\.0*(\d{1,3})\.0*(\d{1,3})$/.exec(text)
  if (parts === null) return undefined
  let number = 0
  for (let i = 1; i <= 4; i++) {
    const octet = Number(parts[i])
    if (octet > 255) return undefined
    number = number * 256 + octet
  }
  return number
}

function parsePrefix(text: string, slash: number, most: number): number | undefined {
  if (slash === -1) return most
  const digits = /^\+?0*(\d{1,3})$/.exec(text.slice(slash + 1))
  if (digits === null) return undefined
  const prefix = Number(digits[1])
  return prefix <= most ? prefix : undefined
}

function withHexTail(text: string): string {
  const at = text.lastIndexOf(':') + 1
  const tail = parseIpv4(text.slice(at))
  if (tail === undefined) return 'malformed'
  return `${text.slice(0, at)}${(tail >>> 16).toString(16)}:${(tail & 0xffff).toString(16)}`
}

function parseIpv6(text: string): readonly number[] | undefined {
  const run = text.indexOf('::')
  if (run === -1) {
    const groups = groupsOf(text)
    return groups?.length === 8 ? groups : undefined
  }
  const rest = text.slice(run + 2)
  if (rest.includes('::')) return undefined
  const before = groupsOf(text.slice(0, run))
  const after = groupsOf(rest)
  if (before === undefined || after === undefined) return undefined
  const zeros = 8 - before.length - after.length
  if (zeros < 1) return undefined
  return [...before, ...new Array<number>(zeros).fill(0), ...after]
}

/** An empty group at the front counts as zero, one at the end does not count. */
function groupsOf(text: string): number[] | undefined {
  if (text === '' || text === ':') return []
  const parts = (text.endsWith(':') ? text.slice(0, -1) : text).split(':')
  const groups: number[] = []
  for (const part of parts) {
    if (!/^[\da-fA-F]{0,4}$/.test(part)) return undefined
    groups.push(part === '' ? 0 : Number.parseInt(part, 16))
  }
  return groups
}

function isMapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
}

function hasHostBits(groups: readonly number[], prefix: number): boolean {
  return groups.some((group, i) => {
    const network = Math.min(16, Math.max(0, prefix - i * 16))
    return (group & (0xffff >>> network)) !== 0
  })
}
