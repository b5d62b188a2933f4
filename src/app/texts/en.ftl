# Frame
skip-to-content = Skip to the content
language-switch = Language

# Errors
not-found-title = There is no such page
error-title = That did not work
error-ours = Something is broken here, not on your side. Please try again later, or tell somebody of the space.

# What somebody agrees to
house-rules-title = House rules
privacy-title = Privacy notice
document-missing = This space has not written this text yet.
document-version = Version { $version }
