/** Images that may be loaded: those from hosts that the site's owner listed. */

/** `hosts` are exact, with a port if it is not the default, or `*.example.com` for all subdomains. */
export function isAllowedPicture(href: string, hosts: readonly string[]): boolean {
  if (!/^https?:/i.test(href)) return false;
  const { host, hostname } = new URL(href);
  return hosts.some((entry) => {
    const allowed = entry.trim().toLowerCase();
    return /^\*\.[^.*]/.test(allowed) ? hostname.endsWith(allowed.slice(1)) : allowed === host;
  });
}
