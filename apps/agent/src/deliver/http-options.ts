/** How an agent reaches its server. */

export interface HttpOptions {
  /** Base address of the server, without a path. */
  readonly serverUrl: string;
  readonly apiKey: string;
  /** Sent as User-Agent. */
  readonly product: string;
  readonly proxyUrl?: string | null;
  /** PEM texts of authorities beside those that the system trusts; with them only these count. */
  readonly authorities?: string | null;
  /** SHA-256 of the server's certificate, 64 hex digits; then this one is trusted, whoever signed it, and no other. */
  readonly pinnedSha256?: string | null;
  /** False only where an administrator wrote so. */
  readonly verify?: boolean;
  readonly timeoutMs?: number;
}
