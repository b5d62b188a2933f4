# `just` lists what there is, `just ci` is what must pass.

_default:
    @just --list

# everything that must pass before a change lands
ci: format lint deny test

# the code is formatted
format:
    cargo fmt --check

# no warning of the compiler or of clippy, in the whole program and in one without its features
lint:
    cargo clippy --locked --workspace --all-targets -- --deny warnings
    cargo clippy --locked -- --deny warnings

# all tests
test:
    cargo test --locked

# the property tests, or those whose name has NAME in it, with other random cases each time
properties NAME="" ROUNDS="10":
    for round in $(seq {{ROUNDS}}); do PROPTEST_RNG_SEED=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ') cargo test --locked {{NAME}} || exit 1; done

# ratios against the floors, side by side in one run
bench *ARGS:
    cargo bench --workspace {{ARGS}}

# licences, sources and known faults of the dependencies (needs cargo-deny 0.18 or newer)
deny:
    cargo deny --locked check bans licenses sources
    @if cargo deny --locked fetch db || ls "${CARGO_HOME:-$HOME/.cargo}"/advisory-dbs/*/.git >/dev/null 2>&1; then cargo deny --locked check --disable-fetch advisories; else echo 'skipped advisories: the database cannot be had here' >&2; fi

# play the whole space in the simulator, a month for each of so many seeds
simulate SEEDS="1000":
    SPACE_SEEDS={{SEEDS}} cargo test --locked --release --test simulate whatever_the_seed

# fuzz one target for a minute (needs cargo-fuzz); there is no `unsafe` that a sanitizer would watch
fuzz TARGET SECONDS="60":
    RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none {{TARGET}} -- -max_total_time={{SECONDS}}

# change the code of a folder of src in one place at a time, and see which tests notice (needs cargo-mutants)
mutants FOLDER *ARGS:
    CARGO_TARGET_DIR="$PWD/target/mutants" cargo mutants --output target --file 'src/{{FOLDER}}' --file 'src/{{FOLDER}}/**' {{ARGS}}

# a Debian package, in target/debian (needs cargo-deb 3.8)
package *ARGS:
    rm -rf target/man
    cargo run --locked --release --features full -- man --to target/man
    debian/print-copyright > target/copyright
    cargo deb --locked {{ARGS}}

# write the files that are generated from the commands
completions:
    REWRITE=1 cargo test --test completions
