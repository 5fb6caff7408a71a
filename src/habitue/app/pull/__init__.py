"""A brand's own web shop, Shopify or WooCommerce: what is new is fetched or told by a hook, and becomes letters like all others."""
