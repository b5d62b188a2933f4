//! The files of the source as a tree of modules, and what each file uses of the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use super::names::Names;

/// A module's path below the crate: `["cli", "door", "try"]`.
pub(crate) type Module = Vec<String>;

/// All files of the source.
pub(crate) struct Tree {
    files: BTreeMap<Module, (PathBuf, Names)>,
    /// Modules that are compiled for tests only.
    tests: BTreeSet<Module>,
}

/// What a path leads to: the module whose file defines the item, or a module as such.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Target {
    /// Something that this module's file defines.
    Item(Module),
    /// The module itself, of which nothing is named yet.
    Module(Module),
}

impl Target {
    /// Returns the module.
    pub(crate) const fn module(&self) -> &Module {
        match self {
            Self::Item(module) | Self::Module(module) => module,
        }
    }
}

impl Tree {
    /// Reads files; their paths begin with `src`.
    pub(crate) fn new(sources: Vec<(PathBuf, String)>) -> Self {
        let mut files = BTreeMap::new();
        for (path, text) in sources {
            files.insert(module(&path), (path, Names::of(&text)));
        }
        let mut tests = BTreeSet::new();
        for (module, (_, names)) in &files {
            for (child, _) in names.modules.iter().filter(|(_, test)| *test) {
                tests.insert([module.as_slice(), std::slice::from_ref(child)].concat());
            }
        }
        Self { files, tests }
    }

    /// Returns the modules that are no tests, with their files.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (&Module, &PathBuf)> {
        let test = |module: &Module| (1..=module.len()).any(|n| self.tests.contains(&module[..n]));
        self.files.iter().filter(move |(module, _)| !test(module)).map(|(m, (path, _))| (m, path))
    }

    /// Returns everything of ours that a module's file names.
    pub(crate) fn used(&self, module: &Module) -> BTreeSet<Target> {
        let names = &self.files[module].1;
        let imports = names.imports.iter().map(|it| &it.path);
        imports.chain(&names.paths).filter_map(|path| self.resolve(module, path, 0)).collect()
    }

    /// Follows a path from a module to where the item is defined, through whatever passes it on.
    fn resolve(&self, from: &Module, path: &[String], depth: usize) -> Option<Target> {
        if depth > 12 {
            return None;
        }
        let names = &self.files.get(from)?.1;
        let mut base = from.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (base, rest) = (Vec::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|it| it == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            first => {
                let import = names.imports.iter().find(|it| it.name == first && it.path != path);
                if let Some(import) = import {
                    let whole = [import.path.as_slice(), &path[1..]].concat();
                    return self.resolve(from, &whole, depth + 1);
                }
                if !names.modules.iter().any(|(name, _)| name == first) {
                    return None;
                }
            }
        }
        self.walk(base, rest, depth)
    }

    fn walk(&self, mut base: Module, mut rest: &[String], depth: usize) -> Option<Target> {
        while let Some(name) = rest.first() {
            let child = [base.as_slice(), std::slice::from_ref(name)].concat();
            if !self.files.contains_key(&child) {
                break;
            }
            (base, rest) = (child, &rest[1..]);
        }
        let Some(name) = rest.first() else { return Some(Target::Module(base)) };
        let names = &self.files.get(&base)?.1;
        if names.items.contains(name) {
            return Some(Target::Item(base));
        }
        for import in &names.imports {
            if import.name == *name {
                let whole = [import.path.as_slice(), &rest[1..]].concat();
                return self.resolve(&base, &whole, depth + 1);
            }
            if import.name == "*" {
                let whole = [&import.path[..import.path.len() - 1], rest].concat();
                let found = self.resolve(&base, &whole, depth + 1);
                let defines = |at: &Module| self.files[at].1.items.contains(name);
                if found.as_ref().is_some_and(|it| defines(it.module())) {
                    return found;
                }
            }
        }
        // A macro of this file makes it.
        Some(Target::Item(base))
    }

    /// Returns the groups of files that use one another in a circle, each sorted.
    ///
    /// A file uses the file that defines what it names. To name a module alone is no use, nor is
    /// to declare it or to pass on what it defines: `mod.rs` may list its children. But where
    /// children use what their parent defines, and the parent uses them, that is a circle.
    pub(crate) fn circles(&self) -> Vec<Vec<PathBuf>> {
        let modules: Vec<&Module> = self.modules().map(|(module, _)| module).collect();
        let place: BTreeMap<&Module, usize> =
            modules.iter().enumerate().map(|(n, module)| (*module, n)).collect();
        let edges: Vec<Vec<usize>> = modules
            .iter()
            .map(|module| {
                let items = self.used_here(module).into_iter();
                items.filter(|it| it != *module).filter_map(|it| place.get(&it).copied()).collect()
            })
            .collect();
        let mut found = Vec::new();
        for group in strongly_connected(&edges) {
            if group.len() > 1 {
                let path = |at: &usize| self.files[modules[*at]].0.clone();
                let mut paths: Vec<PathBuf> = group.iter().map(path).collect();
                paths.sort();
                found.push(paths);
            }
        }
        found.sort();
        found
    }

    /// Returns the modules whose files define what a file uses itself, and not only passes on.
    fn used_here(&self, module: &Module) -> BTreeSet<Module> {
        let names = &self.files[module].1;
        let private = names.imports.iter().filter(|it| !it.public).map(|it| &it.path);
        let targets = private.chain(&names.paths).filter_map(|path| self.resolve(module, path, 0));
        let item = |target| match target {
            Target::Item(module) => Some(module),
            Target::Module(_) => None,
        };
        targets.filter_map(item).collect()
    }
}

fn module(path: &std::path::Path) -> Module {
    let mut parts: Module = path
        .components()
        .skip(1)
        .map(|it| it.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned())
        .collect();
    if parts.last().is_some_and(|it| it == "mod" || (it == "lib" && parts.len() == 1)) {
        parts.pop();
    }
    parts
}

/// Tarjan's algorithm.
fn strongly_connected(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    struct Walk<'e> {
        edges: &'e [Vec<usize>],
        number: Vec<Option<usize>>,
        low: Vec<usize>,
        open: Vec<usize>,
        next: usize,
        found: Vec<Vec<usize>>,
    }
    impl Walk<'_> {
        fn visit(&mut self, at: usize) {
            (self.number[at], self.low[at]) = (Some(self.next), self.next);
            self.next += 1;
            self.open.push(at);
            for &to in &self.edges[at] {
                match self.number[to] {
                    None => {
                        self.visit(to);
                        self.low[at] = self.low[at].min(self.low[to]);
                    }
                    Some(number) if self.open.contains(&to) => {
                        self.low[at] = self.low[at].min(number);
                    }
                    Some(_) => {}
                }
            }
            if self.number[at] == Some(self.low[at]) {
                let start = self.open.iter().position(|it| *it == at).unwrap();
                self.found.push(self.open.split_off(start));
            }
        }
    }
    let count = edges.len();
    let (number, low) = (vec![None; count], vec![0; count]);
    let mut walk = Walk { edges, number, low, open: Vec::new(), next: 0, found: Vec::new() };
    for at in 0..count {
        if walk.number[at].is_none() {
            walk.visit(at);
        }
    }
    walk.found
}

#[test]
fn a_circle_is_found_through_what_passes_names_on() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let tree = |b: &str| {
        Tree::new(vec![
            file("src/lib.rs", "pub mod a;\npub mod b;"),
            file("src/a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub use two::Two;"),
            file("src/a/one.rs", "use super::Two;\npub struct One(Two);"),
            file("src/a/two.rs", "use crate::b;\npub struct Two; fn f() { b::three() }"),
            file("src/b.rs", b),
        ])
    };
    assert!(tree("pub(crate) fn three() {}").circles().is_empty());
    let files = ["src/a/one.rs", "src/a/two.rs", "src/b.rs"].map(PathBuf::from);
    let found = tree("pub(crate) fn three() { let one: super::a::One; }").circles();
    assert_eq!(found, [files.to_vec()]);
}
