"""Signed links: how somebody without an account reaches one subject.

raw = portal.links.tokens.issue(ticket, "track", days=30, holder="张伟 138****5678")
url = portal.links.tokens.absolute_url(f"/t/{raw}/")
link = portal.links.tokens.resolve(raw, "track")        # LinkUnknown 404, LinkGone 410
"""
