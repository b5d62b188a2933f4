//! The command line: `space <noun> <verb>` is `cli/<noun>/<verb>.rs`.
