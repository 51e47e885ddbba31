/** The parameters of a query as .NET reads them: names in any case, and a value that cannot be read counts as none. */
export class Query {
  readonly #parameters: URLSearchParams;

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters;
  }

  /** Several values of one name are joined by commas. */
  text(name: string): string | undefined {
    const values = [...this.#parameters].filter(([one]) => one.toLowerCase() === name.toLowerCase());
    return values.length === 0 ? undefined : values.map(([, value]) => value).join(',');
  }

  flag(name: string, otherwise: boolean): boolean {
    const text = this.text(name)?.trim().toLowerCase();
    return text === 'true' || (text !== 'false' && otherwise);
  }

  number(name: string): number | undefined {
    const text = this.text(name)?.trim();
    return text === undefined || !/^-?\d+(\.\d+)?$/.test(text) ? undefined : Number(text);
  }

  /** A date, or a date and a time, in ISO 8601; in UTC unless it says otherwise. */
  time(name: string): Date | undefined {
    const text = this.text(name)?.trim() ?? '';
    const isZoneless = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text);
    const time = new Date(isZoneless ? `${text}Z` : text);
    return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time.getTime()) ? time : undefined;
  }

  list(name: string): string[] {
    return this.text(name)?.split(',') ?? [];
  }
}
