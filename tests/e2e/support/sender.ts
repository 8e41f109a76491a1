/** Sends telemetry to a running Spanlight and waits until it is stored. */

/** OTLP/JSON over HTTP, as any program without an SDK may send it. */
export class Sender {
  readonly #endpoint: string

  constructor(otlpHttp: string) {
    this.#endpoint = otlpHttp
  }

  traces(request: unknown): Promise<void> {
    return this.#send('traces', request)
  }

  logs(request: unknown): Promise<void> {
    return this.#send('logs', request)
  }

  metrics(request: unknown): Promise<void> {
    return this.#send('metrics', request)
  }

  /** A body that can't be read; resolves once it was refused. */
  async nonsense(): Promise<void> {
    const response = await this.#post('traces', '{ this is no OTLP')
    if (response.status !== 400) throw new Error(`nonsense was answered ${response.status}`)
  }

  async #send(signal: 'traces' | 'logs' | 'metrics', request: unknown): Promise<void> {
    const response = await this.#post(signal, JSON.stringify(request))
    const answer = await response.text()
    // The success of a part is not what a test means to send.
    if (!response.ok || answer.includes('partialSuccess')) throw new Error(`${signal}: ${response.status} ${answer}`)
  }

  #post(signal: string, body: string): Promise<Response> {
    return fetch(`${this.#endpoint}/v1/${signal}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
  }
}
