/**
 * Dates of conditions: the W3C profile of ISO 8601 with lax digits, or seconds since 1970.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
const isoForm =
  /^([+-]?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[Tt](?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?$/

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const earliestYear = -292275054
const latestYear = 292278993

/**
 * Milliseconds since 1970, finer fractions cut. Text without a zone is UTC. Digits alone are
 * seconds, not a year.
 * @returns undefined for text that is no date
 */
export function parseDate(text: string): number | undefined {
  if (/^\+?\d+$/.test(text)) {
    const seconds = Number(text)
    return seconds < 2 ** 63 ? seconds * 1000 : undefined
  }
  const parts = isoForm.exec(text)
  if (parts === null) return undefined
  const year = Number(parts[1])
  const month = Number(parts[2] ?? 1)
  const day = Number(parts[3] ?? 1)
  const hour = Number(parts[4] ?? 0)
  const minute = Number(parts[5] ?? 0)
  const second = Number(parts[6] ?? 0)
  if (year < earliestYear || year > latestYear || month < 1 || month > 12) return undefined
  if (day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const offset = zoneOffset(parts[8] ?? 'Z')
  if (offset === undefined) return undefined
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const seconds = daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
  return (seconds - offset * 60) * 1000 + milliseconds
}

function zoneOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0)
}

/** Counted by own arithmetic: policies may name years that JavaScript's dates cannot hold. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468
}
