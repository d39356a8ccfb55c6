/** In AWS's spelling, for it goes to and from the wire as it is. */
export interface Tag {
  readonly Key: string
  readonly Value: string
}
