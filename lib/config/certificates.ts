/** When certificates are renewed, which configuration, wiring and alarms must agree on. */

/**
 * Days left at which a renewal begins. `own-ca`: by `dojang wire`, for two months of nightly runs.
 * `letsencrypt`: by certbot, a third of the 90 days.
 * https://eff-certbot.readthedocs.io/en/stable/using.html#renewing-certificates
 */
export const renewalBegins = { 'own-ca': 60, letsencrypt: 30 } as const;
