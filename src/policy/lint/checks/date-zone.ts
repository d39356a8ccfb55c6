import { parseDate } from '../../condition/date.ts'

/** Digits alone, a year, a month and a day need no zone. */
export function hasZone(text: string): boolean {
  return (
    !/[Tt]/.test(text) || /(?:[Zz]|[+-]\d\d:?\d\d|[+-]\d\d)$/.test(text.slice(text.search(/[Tt]/)))
  )
}

/** The same time to the millisecond with a `Z`, when the text is a date and time without zone. */
export function fullDate(text: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)?$/.exec(text)
  if (parts === null || parseDate(text) === undefined) return undefined
  const [, day = '', minutes = '', seconds = '00', fraction = ''] = parts
  const milliseconds = fraction === '' ? '' : `.${fraction.slice(0, 3)}`
  return `${day}T${minutes}:${seconds}${milliseconds}Z`
}
