import { isoSeconds } from '../primitives/clock.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** A time as HTTP writes it, `Tue, 24 Nov 2026 04:41:32 GMT`. @see https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats */
export function httpDate(epochMilliseconds: number): string {
  const iso = isoSeconds(epochMilliseconds)
  const month = Number(iso.slice(5, 7)) - 1
  // The first day of the epoch was a Thursday.
  const day = (((Math.floor(epochMilliseconds / 86_400_000) + 4) % 7) + 7) % 7
  return `${days[day]}, ${iso.slice(8, 10)} ${months.slice(month * 3, month * 3 + 3)} ${iso.slice(0, 4)} ${iso.slice(11, 19)} GMT`
}

/** Writes one text a second and hands it out again until the next. */
export function httpDates(): (epochMilliseconds: number) => string {
  let second = Number.NaN
  let text = ''
  return (now) => {
    const current = Math.floor(now / 1000)
    if (current !== second) {
      second = current
      text = httpDate(now)
    }
    return text
  }
}
