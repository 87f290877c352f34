"""WeCom (企业微信): callbacks, contacts, and group messages that a colleague has to confirm."""
