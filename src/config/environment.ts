/** Variables by name, as the process got them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The one place that reads the process's environment; everything else is given an `Environment`. */
export const processEnvironment = (): Environment => process.env
