/** What the operator says about signing in through a provider: where it is, and whom it may let in as whom. */

/** The provider as we were registered with it. */
export interface ProviderFacts {
  /** `https://login.example.com/realms/main`: its discovery document lies below. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly scopes: readonly string[];
  /** Where people are sent back to: an address of ours, never made of what a request says. */
  readonly callbackUrl: string;
  /** Where they land after the provider has signed them out. */
  readonly homeUrl: string;
}

/** Who may come in. */
export interface ProviderRules {
  /** What the button says. */
  readonly label: string;
  /** Domains of addresses that may come in; empty: any. */
  readonly domains: readonly string[];
  /** Whether a verified address opens the account of that address; never an administrator's. */
  readonly linkByEmail: boolean;
  /** Whether somebody unknown gets an account. */
  readonly createUsers: boolean;
  /** Name of the company that new people become members of, with the role User; null: of none. */
  readonly company: string | null;
  /** Words of the claim `amr` that count as a second factor; empty: none does, and ours is asked for. */
  readonly mfaWords: readonly string[];
  readonly nameClaim: string;
  readonly emailClaim: string;
  readonly emailVerifiedClaim: string;
}

export interface ProviderOptions extends ProviderFacts, ProviderRules {}
