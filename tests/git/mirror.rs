//! A door's clone that takes its commits from a mirror, which another user fetches into.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
};

use rustix::process::geteuid;

use super::{
    clones::push,
    history::shared,
    support::{Said, World},
};
use crate::part;

/// The shared repository, Ada's clone, a mirror, and the clone of a door.
pub(super) fn with_mirror() -> World {
    let world = shared();
    world.git(".", &["clone", "-q", "--bare", "shared.git", "mirror.git"]).good();
    world.space(".", &["door", "clone", "--mirror", "mirror.git", "door.git"]).good();
    world.space("door.git", &["key", "import", "../the.key"]).good();
    world
}

pub(super) fn fetch(world: &World) {
    world.git("mirror.git", &["fetch", "-q", "origin", "+main:main"]).good();
}

fn follow(world: &World) -> Said {
    world.git("door.git", &["fetch", "--no-write-fetch-head", "mirror"])
}

#[test]
fn a_door_follows_the_server_through_a_mirror() {
    let world = with_mirror();
    world.space("door.git", &["status"]).good().says(&["shared.git: not compared yet"]);
    push(&world, "Bob");
    fetch(&world);
    let commit = world.git("ada", &["rev-parse", "--short=7", "main"]).good().out;
    let waits = format!("shared.git: commit {} was fetched and is not here yet", commit.trim());
    world.space("door.git", &["status"]).good().says(&[&waits]);
    assert_eq!(world.members("door.git"), ["Ada"]);
    follow(&world).good();
    assert_eq!(world.members("door.git"), ["Ada", "Bob"]);
    for command in ["status", "doctor"] {
        world.space("door.git", &[command]).says(&["shared.git: in step, fetched "]);
    }
    // git leaves small files to the system otherwise, and a power cut leaves them empty.
    world.git("door.git", &["config", "core.fsync"]).good().says(&["all"]);
    // Nothing is new.
    follow(&world).good();
    let add = ["member", "add", "Carl", "--tier", "guest"];
    let server = world.path("shared.git").display().to_string();
    world.space("door.git", &add).refused(&["the clone of a door", &server, "space clone"]);
}

#[test]
fn a_commit_that_stays_in_the_mirror_is_told() {
    let world = with_mirror();
    push(&world, "Bob");
    fetch(&world);
    // As if it had been there for long.
    world.git("mirror.git", &["pack-refs", "--all"]).good();
    let doctor = world.space("door.git", &["doctor"]);
    assert_eq!(doctor.code, Some(2), "{doctor:?}");
    doctor.says(&["does not get into this door's clone", "space-follow"]);
    fs::rename(world.path("mirror.git"), world.path("elsewhere.git")).unwrap();
    let doctor = world.space("door.git", &["doctor"]);
    assert_eq!(doctor.code, Some(2), "{doctor:?}");
    doctor.says(&["it cannot be seen when", "mirror.git last fetched from"]);
}

/// What a unit does in a folder, as a shell does it.
fn serve(world: &World, unit: &str, folder: &str) -> Said {
    let text = fs::read_to_string(Path::new("data-template/systemd").join(unit)).unwrap();
    let text = text.replace("\\\n", " ");
    let line = text.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let line = line.replace("$$", "$");
    let (before, rest) = line.split_once("cd /var/lib/").unwrap();
    let (_, after) = rest.split_once(' ').unwrap();
    Said::of(&mut world.command("sh", folder, &["-c", &format!("{before}cd . {after}")]))
}

#[test]
fn what_git_said_when_it_could_not_fetch_is_told() {
    let world = with_mirror();
    push(&world, "Bob");
    serve(&world, "space-fetch.service", "mirror.git").good();
    serve(&world, "space-follow.service", "door.git").good();
    assert_eq!(world.members("door.git"), ["Ada", "Bob"]);
    fs::rename(world.path("shared.git"), world.path("elsewhere.git")).unwrap();
    let failed = serve(&world, "space-fetch.service", "mirror.git");
    failed.refused(&["does not appear to be a git repository"]);
    let said = ["has not succeeded; git said: fatal: ", "does not appear to be a git repository"];
    world.space("door.git", &["status"]).good().says(&said);
    let doctor = world.space("door.git", &["doctor"]);
    doctor.says(&["news of the records"]);
    let answer = world.space("door.git", &["status", "--json"]).good();
    let answer: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert!(answer["server"]["answer"].as_str().unwrap().starts_with("fatal: "), "{answer}");
}

/// How the records of a door are graded by their age, with some settings.
fn graded(world: &World, config: &str) -> (Option<i32>, String) {
    let path = world.path("door.toml");
    fs::write(&path, config).unwrap();
    let doctor = ["doctor", "--json", "--config", path.to_str().unwrap()];
    let doctor = world.space("door.git", &doctor);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&doctor.out).unwrap();
    let row = rows.iter().find(|it| it["what"] == "news of the records").unwrap();
    (doctor.code, row["grade"].as_str().unwrap().to_owned())
}

#[test]
fn records_that_are_older_than_a_setting_are_an_error() {
    let world = with_mirror();
    push(&world, "Bob");
    fetch(&world);
    follow(&world).good();
    let fetched = |when: &str| {
        let head = world.path("mirror.git/FETCH_HEAD");
        let at: jiff::Timestamp = when.parse().unwrap();
        let file = fs::OpenOptions::new().append(true).open(head).unwrap();
        file.set_modified(at.into()).unwrap();
    };
    // It is 2026-03-02T18:00:00Z.
    fetched("2026-03-02T17:30:00Z");
    assert_eq!(graded(&world, "").1, "good");
    fetched("2026-03-01T17:59:00Z");
    let (code, grade) = graded(&world, "");
    assert_eq!((code, &*grade), (Some(2), "bad"));
    assert_eq!(graded(&world, "records_hours = 48\n").1, "good");
    assert_eq!(graded(&world, "records_hours = 0\n").1, "good");
    fetched("2026-03-05T18:00:00Z");
    assert_eq!(graded(&world, "").1, "bad", "a fetch of the future says nothing");
}

#[test]
fn a_mirror_that_rewrites_the_history_is_not_followed() {
    let world = with_mirror();
    world.git("ada", &["commit", "-q", "--amend", "-m", "rewritten", "--no-verify"]).good();
    world.git("mirror.git", &["fetch", "-q", "../ada", "+main:main"]).good();
    assert_ne!(follow(&world).code, Some(0));
    let doctor = world.space("door.git", &["doctor"]);
    assert_eq!(doctor.code, Some(2), "{doctor:?}");
    let apart = "gone apart: 1 commit only here, 1 only there";
    doctor.says(&[apart, "git fetch mirror +main:main"]);
    world.git("door.git", &["fetch", "-q", "mirror", "+main:main"]).good();
    fetch(&world);
    follow(&world).refused(&["rejected", "non-fast-forward"]);
    world.git("door.git", &["fetch", "-q", "mirror", "+main:main"]).good();
    world.space("door.git", &["status"]).good().says(&["shared.git: in step"]);
}

/// Whoever owns a file that is also the door's could change it under its feet.
#[test]
fn nothing_in_the_doors_clone_is_shared_with_the_mirror() {
    let world = with_mirror();
    push(&world, "Bob");
    fetch(&world);
    follow(&world).good();
    let mut files = 0;
    let mut folders = vec![world.path("door.git")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let kind = fs::symlink_metadata(&path).unwrap();
            if kind.is_dir() {
                folders.push(path);
            } else {
                assert!(kind.is_file() && kind.nlink() == 1, "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 10, "{files}");
    assert!(!world.path("door.git/objects/info/alternates").exists());
}

#[test]
fn what_is_not_a_mirror_is_refused() {
    let world = shared();
    let clone = |from| world.space(".", &["door", "clone", "--mirror", from, "door.git"]);
    clone("nowhere.git").refused(&["nowhere.git cannot be used as a mirror", "No such file"]);
    clone("shared.git").refused(&["was not cloned from another repository", "git clone --bare"]);
}

/// A user of this machine, who need not have a name.
struct User<'w> {
    world: &'w World,
    number: u32,
    /// The groups beside their own.
    groups: String,
    program: PathBuf,
}

impl User<'_> {
    fn home(&self) -> String {
        format!("home-{}", self.number)
    }

    fn does(&self, program: &str, args: &[&str]) -> Said {
        let number = self.number.to_string();
        let groups = match self.groups.as_str() {
            "" => vec!["--clear-groups"],
            groups => vec!["--groups", groups],
        };
        let who = [&["--reuid", &number, "--regid", &number][..], &groups, &[program], args];
        let mut command = self.world.command("setpriv", &self.home(), &who.concat());
        let path = std::env::var("PATH").unwrap();
        command.env("PATH", format!("{}:{path}", self.program.display()));
        Said::of(&mut command)
    }
}

/// Lets everybody run the program and reach the homes of two users; needs root.
fn people(world: &World) -> Option<[User<'_>; 2]> {
    if !geteuid().is_root() {
        part::skipped("only root can act as several users");
        return None;
    }
    if !part::there("setpriv", &["--version"]) {
        return None;
    }
    let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    open(&world.path("."), 0o711).unwrap();
    let program = world.path("bin");
    fs::create_dir(&program).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_space"), program.join("space")).unwrap();
    open(&program, 0o755).unwrap();
    // The server lets everybody read here.
    let server = world.path("shared.git");
    let trust = format!("[safe]\n\tdirectory = {}\n", server.display());
    let settings = fs::read_to_string(world.path(".gitconfig")).unwrap();
    fs::write(world.path(".gitconfig"), settings + &trust).unwrap();
    assert!(
        Said::of(&mut world.command("chmod", ".", &["-R", "a+rX", "shared.git"])).code == Some(0)
    );
    let user = |number: u32, groups: &str| {
        let user = User { world, number, groups: groups.to_owned(), program: program.clone() };
        let home = world.path(&user.home());
        fs::create_dir(&home).unwrap();
        open(&home, 0o750).unwrap();
        chown(&home, Some(number), Some(number)).unwrap();
        user
    };
    Some([user(61_001, ""), user(61_002, "61001")])
}

#[test]
fn who_fetches_reaches_neither_the_key_nor_the_records_of_the_door() {
    let world = shared();
    let Some([fetcher, door]) = people(&world) else { return };
    let [server, mirror, clone] = ["shared.git", "home-61001/mirror.git", "home-61002/door.git"]
        .map(|name| world.path(name).to_str().unwrap().to_owned());
    fetcher.does("git", &["clone", "-q", "--bare", &server, &mirror]).good();
    let other = User { groups: String::new(), program: door.program.clone(), ..door };
    let refused = other.does("space", &["door", "clone", "--mirror", &mirror, &clone]);
    refused.refused(&["cannot be used as a mirror", "Permission denied"]);
    door.does("space", &["door", "clone", "--mirror", &mirror, &clone]).good();
    let key = fs::read_to_string(world.path("the.key")).unwrap();
    fs::write(world.path("home-61002/the.key"), key).unwrap();
    chown(world.path("home-61002/the.key"), Some(61_002), Some(61_002)).unwrap();
    door.does("space", &["-C", &clone, "key", "import", "the.key"]).good();

    push(&world, "Bob");
    assert!(
        Said::of(&mut world.command("chmod", ".", &["-R", "a+rX", "shared.git"])).code == Some(0)
    );
    fetcher.does("git", &["-C", &mirror, "fetch", "-q", "origin", "+main:main"]).good();
    door.does("git", &["-C", &clone, "fetch", "-q", "--no-write-fetch-head", "mirror"]).good();
    let status = door.does("space", &["-C", &clone, "status"]).good();
    status.says(&["shared.git: in step, fetched ", "members           2"]);

    let key = format!("{clone}/space/key");
    assert!(Path::new(&key).is_file());
    let denied = |program: &str, args: &[&str]| {
        fetcher.does(program, args).refused(&["Permission denied"]);
    };
    denied("cat", &[&key]);
    denied("ls", &[&clone]);
    denied("touch", &[&format!("{clone}/objects/new")]);
    denied("touch", &[&format!("{clone}/config")]);
    // The door reads the mirror, and nobody but its owner writes to it.
    door.does("touch", &[&format!("{mirror}/config")]).refused(&["Permission denied"]);
}
